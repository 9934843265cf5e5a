#include "dispatch/rank_status.h"

#include "base/clock.h"

#include <math.h>
#include <unistd.h>

static const double shortest_interval = 1.0; /* seconds between two publications */
static const double time_share_max = 1e-3;   /* of the run that may go into them */

enum status rank_status_begin(struct rank_status *rank_status, const char *path,
                              const struct results *results, int64_t run_epoch,
                              const char *const *hosts, int ranks, struct arena *arena,
                              struct error *error) {
    *rank_status = (struct rank_status){.results = results, .due = clock_seconds()};
    rank_status->live = (struct live){.run_epoch = run_epoch,
                                      .host = hosts[0],
                                      .process = (int64_t)getpid(),
                                      .started = clock_of_day(),
                                      .interval = shortest_interval,
                                      .rank_count = ranks};
    TRY(ARENA_NEW(arena, rank_status->live.ranks, ranks, error));
    for (int rank = 0; rank < ranks; rank++) {
        rank_status->live.ranks[rank].host = hosts[rank];
    }
    live_remove(path);
    rank_status->path = path;
    return STATUS_OK;
}

static bool rank_status_has_begun(const struct rank_status *rank_status) {
    return rank_status->path != NULL;
}

void rank_status_record_packet(struct rank_status *rank_status, int rank,
                               const struct work_packet *packet) {
    if (!rank_status_has_begun(rank_status)) {
        return;
    }
    struct live_rank *own = &rank_status->live.ranks[rank];
    own->jobs = 0;
    own->since = clock_of_day();
    for (int64_t k = 0; k < work_packet_count(packet); k++) {
        struct plan_bundle bundle = work_packet_bundle(packet, k);
        own->job = k == 0 ? bundle.jobs[0] : own->job;
        own->jobs += bundle.count;
    }
}

void rank_status_record_report(struct rank_status *rank_status, int rank,
                               const struct work_report *report) {
    if (!rank_status_has_begun(rank_status)) {
        return;
    }
    struct live_rank *own = &rank_status->live.ranks[rank];
    own->done += report->done;
    own->failed += report->failed;
    own->busy += report->seconds;
    if (report->slowest_jobs > 0) {
        live_note_slow(&rank_status->live, &(struct live_slow){.seconds = report->slowest_seconds,
                                                               .job = report->slowest_job,
                                                               .jobs = report->slowest_jobs,
                                                               .rank = rank});
    }
}

/* Whether this run still owns the results file, and so the live file. */
static bool rank_status_is_current(const struct rank_status *rank_status) {
    struct error error;
    return rank_status->results == NULL ||
           results_current(rank_status->results, &error) == STATUS_OK;
}

void rank_status_publish(struct rank_status *rank_status, const struct run_progress *progress) {
    double now = clock_seconds();
    struct error error;
    if (!rank_status_has_begun(rank_status) || now < rank_status->due) {
        return;
    }
    rank_status->live.written = clock_of_day();
    rank_status->live.total = progress->total;
    rank_status->live.before = progress->before;
    rank_status->live.done = progress->done;
    rank_status->live.failed = progress->failed;
    rank_status->live.cost = progress->cost;
    rank_status->live.all_cost = progress->all_cost;
    if (rank_status_is_current(rank_status)) {
        enum status written = live_write(&rank_status->live, rank_status->path, &error);
        (void)written; /* readers see that the last one is old */
    }
    double end = clock_seconds();
    rank_status->live.interval = fmax(shortest_interval, (end - now) / time_share_max);
    rank_status->due = end + rank_status->live.interval;
}

void rank_status_end(struct rank_status *rank_status) {
    if (rank_status_has_begun(rank_status) && rank_status_is_current(rank_status)) {
        live_remove(rank_status->path);
    }
}
