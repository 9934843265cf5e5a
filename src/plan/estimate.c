#include "plan/estimate.h"

#include "base/clock.h"
#include "plan/cursor.h"
#include "plan/sized_job.h"
#include "plan/trial.h"

#include <math.h>

enum { GROUPS_TRIED_MAX = 8, STEPS_FIRST = 16, STEPS_GROWTH = 4, TRIAL_BYTES_MAX = 256 << 20 };

static const double trial_seconds = 20e-3; /* of training, for each group */
static const double row_seconds = 10e-6;   /* to hand a job out and write its row */
static const double usual_flops = 30e9;    /* per second, assumed where nothing was timed */

/* Seconds that a whole bundle takes: to begin, and for its steps. */
static enum status estimate_try_bundle(const struct plan *plan, const struct plan_bundle *bundle,
                                       struct trial *trial, double *seconds, struct error *error) {
    double start = clock_seconds();
    TRY(trial_prepare(plan->sweep, bundle, trial, error));
    double begin = clock_seconds() - start;
    double steps = (double)trial->jobs[0].train.steps;
    double none;
    double some = 0.0;
    int64_t tried = STEPS_FIRST;
    TRY(trial_time(trial, 0, &none, error));
    TRY(trial_time(trial, tried, &some, error));
    while (some - none < trial_seconds && (double)tried < steps) {
        tried *= STEPS_GROWTH;
        TRY(trial_time(trial, tried, &some, error));
    }
    *seconds = begin + none + fmax(some - none, 0.0) * steps / (double)tried;
    return STATUS_OK;
}

/* Whether a trial of the bundle would need more memory than a plan should. */
static bool estimate_is_large(const struct plan *plan, const struct plan_bundle *bundle) {
    struct sized_job sized;
    struct error refused;
    return sized_job_decode(plan->sweep, bundle->jobs[0], &sized, &refused) != STATUS_OK ||
           sized_job_bytes(&sized, (size_t)bundle->count) > TRIAL_BYTES_MAX;
}

/* Seconds of one bundle of the group, in *seconds; without a trial *tried is false. */
static enum status estimate_time_group(const struct plan *plan, size_t group, int width,
                                       bool *tried, double *seconds, struct error *error) {
    struct plan_cursor cursor = {.group = group};
    struct plan_bundle bundle = cursor_next(plan, &cursor, width, (struct plan_progress){0});
    *tried = group < GROUPS_TRIED_MAX && !estimate_is_large(plan, &bundle);
    if (!*tried) {
        return STATUS_OK;
    }
    SCOPED(trial_free) struct trial trial = {.count = 0};
    return estimate_try_bundle(plan, &bundle, &trial, seconds, error);
}

/* Floating-point operations (or seconds) of all lanes of a bundle: missing ones are padded. */
static double estimate_bundle_cost(const struct plan_group *group) {
    return group->serial ? group->cost : group->cost * PLAN_WIDTH_MAX;
}

enum status estimate_make(const struct plan *plan, int64_t jobs, int ranks,
                          struct estimate *estimate, struct error *error) {
    int width = plan_width(jobs, ranks);
    double part = (double)jobs / (double)plan->sweep->job_count;
    double rate = usual_flops;
    double flops = 0.0;
    double training = 0.0;
    *estimate = (struct estimate){.ranks = ranks, .width = width};
    for (size_t g = 0; g < plan->group_count; g++) {
        const struct plan_group *group = &plan->groups[g];
        int own_width = group->serial ? 1 : width;
        int64_t bundles = (group->jobs + own_width - 1) / own_width;
        struct job job;
        double seconds = group->cost * fmin(own_width, (double)group->jobs);
        sweep_job(plan->sweep, plan->cells[group->first_cell].first, &job);
        estimate->tried = estimate->tried || !job.network->trains;
        if (job.network->trains) {
            bool tried = false;
            TRY(estimate_time_group(plan, g, width, &tried, &seconds, error));
            estimate->tried = estimate->tried || tried;
            rate = tried && seconds > 0.0 ? estimate_bundle_cost(group) / seconds : rate;
            seconds = tried ? seconds : estimate_bundle_cost(group) / rate;
            flops += (double)bundles * estimate_bundle_cost(group);
            training += (double)bundles * seconds;
        }
        estimate->longest = fmax(estimate->longest, seconds);
        estimate->bundles += (int64_t)ceil(part * (double)bundles);
        estimate->core_seconds +=
            part * ((double)bundles * seconds + (double)group->jobs * row_seconds);
    }
    estimate->per_flop = flops > 0.0 ? training / flops : 0.0;
    estimate->seconds = jobs == 0 ? 0.0 : fmax(estimate->longest, estimate->core_seconds / ranks);
    return STATUS_OK;
}

double estimate_bundle(const struct estimate *estimate, const struct plan *plan,
                       const struct plan_bundle *bundle) {
    struct sized_job sized;
    struct error refused;
    enum status status = sized_job_decode(plan->sweep, bundle->jobs[0], &sized, &refused);
    if (!sized.job.network->trains) {
        return bundle->cost * bundle->count;
    }
    /* A wide network runs alone; others are padded to a full bundle. */
    bool padded = bundle->count > 1 || (status == STATUS_OK && !sized_job_is_wide(&sized));
    return bundle->cost * (padded ? PLAN_WIDTH_MAX : 1) * estimate->per_flop;
}
