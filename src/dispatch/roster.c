#include "dispatch/roster.h"

#include "base/clock.h"

#include <math.h>
#include <unistd.h>

static const double shortest_interval = 1.0; /* seconds between two tellings */
static const double share_most = 1e-3;       /* of the time that may go into them */

enum status roster_begin(struct roster *roster, const char *path, const struct results *results,
                         int64_t incarnation, const char *const *hosts, int ranks,
                         struct arena *arena, struct error *error) {
    *roster = (struct roster){.results = results, .due = clock_seconds()};
    roster->live = (struct live){.incarnation = incarnation,
                                 .host = hosts[0],
                                 .process = (int64_t)getpid(),
                                 .started = clock_of_day(),
                                 .interval = shortest_interval,
                                 .rank_count = ranks};
    TRY(ARENA_NEW(arena, roster->live.ranks, ranks, error));
    for (int rank = 0; rank < ranks; rank++) {
        roster->live.ranks[rank].host = hosts[rank];
    }
    live_remove(path);
    roster->path = path;
    return STATUS_OK;
}

static bool has_begun(const struct roster *roster) {
    return roster->path != NULL;
}

void roster_hand_out(struct roster *roster, int rank, const struct handout *handout) {
    if (!has_begun(roster)) {
        return;
    }
    struct live_rank *own = &roster->live.ranks[rank];
    own->jobs = 0;
    own->since = clock_of_day();
    for (int64_t k = 0; k < handout_count(handout); k++) {
        struct plan_bundle bundle = handout_bundle(handout, k);
        own->job = k == 0 ? bundle.jobs[0] : own->job;
        own->jobs += bundle.count;
    }
}

void roster_take(struct roster *roster, int rank, const struct report *report) {
    if (!has_begun(roster)) {
        return;
    }
    struct live_rank *own = &roster->live.ranks[rank];
    own->done += report->done;
    own->failed += report->failed;
    own->busy += report->seconds;
    if (report->slowest_jobs > 0) {
        live_note_slow(&roster->live, &(struct live_slow){.seconds = report->slowest_seconds,
                                                          .job = report->slowest_job,
                                                          .jobs = report->slowest_jobs,
                                                          .rank = rank});
    }
}

/* Whether the results file is still this run's; so is then the live file. */
static bool is_current(const struct roster *roster) {
    struct error error;
    return roster->results == NULL || results_current(roster->results, &error) == STATUS_OK;
}

void roster_tell(struct roster *roster, const struct progress *progress) {
    double now = clock_seconds();
    struct error error;
    if (!has_begun(roster) || now < roster->due) {
        return;
    }
    roster->live.written = clock_of_day();
    roster->live.total = progress->total;
    roster->live.before = progress->before;
    roster->live.done = progress->done;
    roster->live.failed = progress->failed;
    roster->live.cost = progress->cost;
    roster->live.all_cost = progress->all_cost;
    if (is_current(roster)) {
        enum status told = live_write(&roster->live, roster->path, &error);
        (void)told; /* whoever asks sees that the last one is old */
    }
    double end = clock_seconds();
    roster->live.interval = fmax(shortest_interval, (end - now) / share_most);
    roster->due = end + roster->live.interval;
}

void roster_end(struct roster *roster) {
    if (has_begun(roster) && is_current(roster)) {
        live_remove(roster->path);
    }
}
