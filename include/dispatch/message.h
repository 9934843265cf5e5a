/**
 * @file
 * The protocol between ranks while a sweep runs. Rank 0 is the master, and trains too; the others
 * are workers.
 *
 * Assumptions: messages between two ranks keep their order (MPI 3.5.2); no rank waits inside MPI
 * while another trains, so waiting ranks sleep between probes. Protocol: a worker asks (ASK)
 * whenever it runs low on bundles, and reports what it has done since its last message. The master
 * answers every ASK with exactly one WORK; a WORK without bundles means that none are left. A
 * worker that has received that one and finished its bundles sends DONE with its last counts and
 * its error. When all workers are done the master sends END with the verdict on all ranks. Why it
 * ends: each work packet removes jobs from a finite plan, each ASK is answered, and a worker asks
 * again only after finishing what it was given; so each worker receives one empty WORK. Failures: a
 * worker that cannot write says so in its next ASK or DONE; the master then sends no more bundles,
 * and the first failure becomes the verdict.
 *
 * Stopping early: a worker that receives a signal sends STOP to rank 0. When that arrives, or rank
 * 0 receives a signal itself, it sends STOP to every worker and sends no more bundles. STOP holds
 * the seconds that are left. Each side sends it at most once, also a worker that has finished its
 * work. No STOP stays in the queue: END says whether rank 0 has sent one, and each worker answers
 * END with BYE, after which it sends no more.
 */
#pragma once

#include "base/error.h"
#include "dispatch/work_packet.h"

#include <mpi.h>
#include <stdbool.h>

/** All tags of the program. */
enum message_tag { TAG_ASK = 1, TAG_WORK, TAG_DONE, TAG_END, TAG_STOP, TAG_BYE };

/** Contents of END. */
struct end_message {
    struct error verdict;
    bool stopped; /**< rank 0 has sent a STOP */
};

/** Waits for a message without spinning: probes, and sleeps longer and longer in between. */
MPI_Status message_wait(MPI_Comm comm, int source, int tag);

/** Whether a message has arrived; fills *status if so. */
bool message_probe(MPI_Comm comm, int source, int tag, MPI_Status *status);

/** Sends STOP with the seconds that are left. */
void message_send_stop(double notice, int rank, MPI_Comm comm);

/** Receives a STOP that has arrived; returns the seconds that are left. */
double message_receive_stop(int rank, MPI_Comm comm);

/** Completes a request without spinning. */
void message_complete(MPI_Request *request);

/** Broadcast from rank 0; waiting ranks sleep. Collective. */
void message_broadcast(void *bytes, int count, MPI_Comm comm);

/**
 * The verdict on all ranks: each passes its own status, with the message in *error; all return the
 * first one (by rank) that is not STATUS_OK, with its message. Waiting ranks sleep. Collective.
 */
enum status message_verdict(enum status status, struct error *error, MPI_Comm comm) CHECKED;
