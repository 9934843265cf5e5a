/*
 * What an answer costs rank 0: every other rank asks as fast as it is answered, with the messages
 * of a run. Prints rank 0's time for an answer, and the way there and back. Under mpirun.
 */
#include "base/clock.h"
#include "dispatch/message.h"

#include <stdio.h>
#include <stdlib.h>

enum { QUESTIONS = 100000 };

/* The largest packet. */
static void fill(struct work_packet *packet) {
    struct plan_bundle full = {.count = PLAN_WIDTH_MAX};
    work_packet_clear(packet);
    for (int k = 0; k < WORK_PACKET_BUNDLES_MAX; k++) {
        work_packet_add(packet, &full);
    }
}

/* Answers so many questions; returns the time spent on answers, without the time between them. */
static double answer(int64_t questions) {
    struct work_report report;
    struct work_packet packet;
    MPI_Status status;
    double busy = 0.0;
    fill(&packet);
    for (int64_t answered = 0; answered < questions;) {
        double start = clock_seconds();
        if (message_probe(MPI_COMM_WORLD, MPI_ANY_SOURCE, TAG_ASK, &status)) {
            MPI_Recv(&report, (int)sizeof report, MPI_BYTE, status.MPI_SOURCE, TAG_ASK,
                     MPI_COMM_WORLD, MPI_STATUS_IGNORE);
            MPI_Send(packet.words, (int)packet.used, MPI_INT64_T, status.MPI_SOURCE, TAG_WORK,
                     MPI_COMM_WORLD);
            busy += clock_seconds() - start;
            answered++;
        }
    }
    return busy;
}

static void ask(void) {
    struct work_report report = {.done = 0};
    struct work_packet packet;
    for (int k = 0; k < QUESTIONS; k++) {
        MPI_Send(&report, (int)sizeof report, MPI_BYTE, 0, TAG_ASK, MPI_COMM_WORLD);
        MPI_Recv(packet.words, WORK_PACKET_WORDS_MAX, MPI_INT64_T, 0, TAG_WORK, MPI_COMM_WORLD,
                 MPI_STATUS_IGNORE);
    }
}

int main(int argc, char **argv) {
    static const double microseconds = 1e6;
    int rank = 0;
    int ranks = 1;
    if (MPI_Init(&argc, &argv) != MPI_SUCCESS) {
        return EXIT_FAILURE;
    }
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &ranks);
    if (rank == 0) {
        int64_t questions = (int64_t)QUESTIONS * (ranks - 1);
        double start = clock_seconds();
        double busy = answer(questions);
        double all = clock_seconds() - start;
        printf("messages %.1f us of rank 0 an answer, %.1f us there and back\n",
               microseconds * busy / (double)questions, microseconds * all / QUESTIONS);
    } else {
        ask();
    }
    return MPI_Finalize() == MPI_SUCCESS ? EXIT_SUCCESS : EXIT_FAILURE;
}
