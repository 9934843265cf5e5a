#include "dispatch/message.h"

#include "base/clock.h"
#include "dispatch/backoff.h"

static void message_sleep(double *seconds) {
    clock_sleep(*seconds);
    *seconds = backoff_next(*seconds);
}

bool message_probe(MPI_Comm comm, int source, int tag, MPI_Status *status) {
    int arrived = 0;
    MPI_Iprobe(source, tag, comm, &arrived, status);
    return arrived != 0;
}

MPI_Status message_wait(MPI_Comm comm, int source, int tag) {
    MPI_Status status;
    double seconds = backoff_first;
    while (!message_probe(comm, source, tag, &status)) {
        message_sleep(&seconds);
    }
    return status;
}

void message_send_stop(double notice, int rank, MPI_Comm comm) {
    MPI_Send(&notice, 1, MPI_DOUBLE, rank, TAG_STOP, comm);
}

double message_receive_stop(int rank, MPI_Comm comm) {
    double notice = 0.0;
    MPI_Recv(&notice, 1, MPI_DOUBLE, rank, TAG_STOP, comm, MPI_STATUS_IGNORE);
    return notice;
}

void message_complete(MPI_Request *request) {
    int complete = 0;
    double seconds = backoff_first;
    MPI_Test(request, &complete, MPI_STATUS_IGNORE);
    while (!complete) {
        message_sleep(&seconds);
        MPI_Test(request, &complete, MPI_STATUS_IGNORE);
    }
}

void message_broadcast(void *bytes, int count, MPI_Comm comm) {
    MPI_Request request;
    MPI_Ibcast(bytes, count, MPI_BYTE, 0, comm, &request);
    message_complete(&request);
}

enum status message_verdict(enum status status, struct error *error, MPI_Comm comm) {
    int rank = 0;
    int size = 1;
    MPI_Comm_rank(comm, &rank);
    MPI_Comm_size(comm, &size);
    error->status = status;
    int own = status == STATUS_OK ? size : rank;
    int first = size;
    MPI_Request request;
    MPI_Iallreduce(&own, &first, 1, MPI_INT, MPI_MIN, comm, &request);
    message_complete(&request);
    if (first < size) {
        MPI_Ibcast(error, (int)sizeof *error, MPI_BYTE, first, comm, &request);
        message_complete(&request);
    }
    return error->status;
}
