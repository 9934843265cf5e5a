/**
 * @file
 * What ranks say to one another while a sweep runs. Rank 0 is the master, and trains too.
 *
 * Assumptions: messages between two ranks keep their order (MPI 3.5.2); no rank waits inside MPI
 * for another one's training, so waiting ranks sleep between probes. Protocol: a worker asks (ASK)
 * whenever its store of bundles runs low, with what it has done since the last time. Every ASK is
 * answered by exactly one WORK; a WORK without bundles means that nothing is left. A worker that
 * has seen that and finished its store says DONE with its last counts and its verdict. When all
 * workers are done the master sends END with everybody's verdict. Why it ends: each hand-out
 * removes jobs from a finite plan, each ASK is answered, and a worker asks again only after
 * finishing what it was given; so each worker sees an empty WORK once. Failures: a worker whose
 * writing fails says so in its next ASK or DONE; the master then hands out nothing more, and the
 * first failure becomes the verdict.
 *
 * Being asked to end: a worker that a signal reaches sends STOP; rank 0, when that comes or a
 * signal reaches it, sends STOP to every worker and hands out nothing more. STOP says how many
 * seconds are left. Either side sends it at most once, a worker that is done with its work too.
 * None is left unreceived: END tells whether rank 0 sent one, and each worker answers END with BYE,
 * behind which none of its own can come.
 */
#pragma once

#include "base/error.h"
#include "dispatch/work_packet.h"

#include <mpi.h>
#include <stdbool.h>

/** All tags of the program. */
enum message_tag { TAG_ASK = 1, TAG_WORK, TAG_DONE, TAG_END, TAG_STOP, TAG_BYE };

/** What END says. */
struct ending {
    struct error verdict;
    bool stopped; /**< rank 0 has sent a STOP */
};

/** Waits for a message without spinning: probes, sleeping longer and longer between. */
MPI_Status message_wait(MPI_Comm comm, int source, int tag);

/** Whether a message has come; fills *status if so. */
bool message_here(MPI_Comm comm, int source, int tag, MPI_Status *status);

/** Completes a request without spinning. */
void message_complete(MPI_Request *request);

/** Broadcast from rank 0 in which waiting ranks sleep. Collective. */
void message_broadcast(void *bytes, int count, MPI_Comm comm);

/**
 * The verdict of all ranks: each gives its own error; all get the first one (by rank) that is not
 * STATUS_OK. Waiting ranks sleep. Collective. Returns its status.
 */
enum status message_verdict(struct error *error, MPI_Comm comm);
