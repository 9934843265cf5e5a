#include "submit/schedule.h"

#include <math.h>
#include <stdint.h>

enum { NOTICE_MIN = 5, NOTICE_MAX = 90, RESTARTS_MIN = 20, RESTARTS_PER_PIECE = 2 };

const double schedule_start = 15.0;
const double schedule_safety = 1.5;

static const double minute = 60.0;
static const double notice_share = 1.0 / 8.0; /* of a piece, for a piece that is short */
static const double grace_share = 2.0 / 3.0;  /* of the time between SIGTERM and SIGKILL */
static const double after_notice = 1.0 / 3.0; /* of the notice: to end MPI and requeue */
static const double early = 30.0;             /* SLURM checks its clock so rarely */
static const double useful_min = 1.0;         /* below this a piece is useless */

static int schedule_notice_of(const struct schedule_request *request, double piece) {
    double notice = request->notice;
    if (notice == 0.0) {
        notice = fmin(piece * notice_share, NOTICE_MAX);
        notice = fmin(notice, request->grace * grace_share);
        notice = fmax(floor(notice), NOTICE_MIN);
    }
    return (int)notice;
}

static int schedule_warning_of(int notice) {
    return (int)ceil(notice * (1.0 + after_notice));
}

/* Whole minutes in which the sweep ends before the warning. */
static double schedule_whole(const struct schedule_request *request, double work) {
    int notice = request->notice == 0.0 ? NOTICE_MAX : (int)request->notice;
    return ceil((schedule_start + work + schedule_warning_of(notice) + early) / minute) * minute;
}

enum status schedule_make(const struct schedule_request *request, struct schedule *schedule,
                          struct error *error) {
    double work = schedule_safety * request->estimate;
    double limit = request->limit;
    double seconds = request->time > 0.0 ? request->time : schedule_whole(request, work);
    *schedule = (struct schedule){.clipped = request->time > limit};
    schedule->seconds = ceil(fmin(seconds, limit) / minute) * minute;
    schedule->notice = schedule_notice_of(request, schedule->seconds);
    schedule->warning = schedule_warning_of(schedule->notice);
    schedule->useful = schedule->seconds - schedule_start - schedule->warning - early;
    if (schedule->useful < useful_min) {
        return error_set(error, STATUS_BAD_INPUT,
                         "a job of %g s is too short: starting takes about %g s, the warning comes "
                         "%d s before the end and up to %g s early, so nothing is left to train",
                         schedule->seconds, schedule_start, schedule->warning, early);
    }
    schedule->pieces = (int64_t)fmax(1.0, ceil(work / schedule->useful));
    schedule->long_bundles = schedule_safety * request->longest > schedule->useful;
    int64_t restarts = RESTARTS_PER_PIECE * schedule->pieces;
    schedule->restarts_max = restarts > RESTARTS_MIN ? restarts : RESTARTS_MIN;
    return STATUS_OK;
}
