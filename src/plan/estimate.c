#include "plan/estimate.h"

#include "base/clock.h"
#include "solver/train.h"

#include <math.h>

enum { GROUPS_TRIED_MOST = 8, STEPS_FIRST = 16, STEPS_GROWTH = 4, TRIAL_BYTES_MOST = 8 << 20 };

static const double trial_seconds = 20e-3; /* of training, for each group */
static const double row_seconds = 10e-6;   /* handing a job out and writing its row */
static const double usual_flops = 30e9;    /* a second, where nothing could be tried */

/* A bundle being tried. */
struct trial {
    struct arena arena;
    struct job jobs[PLAN_WIDTH_MOST];
    struct dataset data[PLAN_WIDTH_MOST];
    struct lane lanes[PLAN_WIDTH_MOST];
    struct trained trained[PLAN_WIDTH_MOST];
    struct network_shape shape;
    size_t count;
};

static void poll_nothing(void *context) {
    (void)context;
}

static enum status draw(const struct plan *plan, const struct plan_bundle *bundle,
                        struct trial *trial, struct error *error) {
    trial->count = (size_t)bundle->count;
    for (size_t k = 0; k < trial->count; k++) {
        struct job *job = &trial->jobs[k];
        double *initial;
        sweep_job(plan->sweep, bundle->jobs[k], job);
        struct random_stream stream = random_stream_of(job->hash, RANDOM_DATA);
        TRY(job->distribution->draw(&job->data, &stream, &trial->arena, &trial->data[k], error));
        TRY(job->network->shape(&job->network_settings, &trial->data[k].size, &trial->shape,
                                error));
        TRY(ARENA_NEW(&trial->arena, initial, trial->shape.parameter_count, error));
        stream = random_stream_of(job->hash, RANDOM_WEIGHTS);
        job->network->initialise(&job->network_settings, &trial->shape, &stream, initial);
        trial->lanes[k] = (struct lane){job, &trial->data[k], initial};
    }
    return STATUS_OK;
}

/* Seconds that `steps` steps of the bundle take. */
static enum status time_steps(struct trial *trial, int64_t steps, double *seconds,
                              struct error *error) {
    const struct kernel *kernel = kernel_best(bundle_is_wide(&trial->shape));
    struct poll poll = {poll_nothing, NULL};
    struct arena arena = {0};
    enum status status = STATUS_OK;
    double start = clock_seconds();
    for (size_t k = 0; k < trial->count; k++) {
        trial->jobs[k].train.steps = steps;
    }
    for (size_t k = 0; status == STATUS_OK && k < trial->count; k += kernel->lanes) {
        size_t left = trial->count - k;
        status = train(kernel, &trial->shape, trial->lanes + k,
                       left < kernel->lanes ? left : kernel->lanes, &poll, &arena,
                       trial->trained + k, error);
    }
    *seconds = clock_seconds() - start;
    arena_free(&arena);
    return status;
}

/* Seconds that a whole bundle takes: what it costs to begin, and so much for each step. */
static enum status try_bundle(const struct plan *plan, const struct plan_bundle *bundle,
                              struct trial *trial, double *seconds, struct error *error) {
    double start = clock_seconds();
    TRY(draw(plan, bundle, trial, error));
    double begin = clock_seconds() - start;
    double steps = (double)trial->jobs[0].train.steps;
    double none;
    double some = 0.0;
    int64_t tried = STEPS_FIRST;
    TRY(time_steps(trial, 0, &none, error));
    TRY(time_steps(trial, tried, &some, error));
    while (some < trial_seconds && (double)tried < steps) {
        tried *= STEPS_GROWTH;
        TRY(time_steps(trial, tried, &some, error));
    }
    *seconds = begin + none + fmax(some - none, 0.0) * steps / (double)tried;
    return STATUS_OK;
}

/* Whether trying a bundle would need more memory than planning should. */
static bool is_large(const struct plan *plan, const struct plan_bundle *bundle) {
    struct job job;
    struct dataset_size data;
    struct network_shape shape;
    struct error error;
    sweep_job(plan->sweep, bundle->jobs[0], &job);
    if (plan_job_shape(plan->sweep, &job, &data, &shape, &error) != STATUS_OK) {
        return true;
    }
    double numbers = (double)data.samples * (double)(shape.inputs + shape.outputs + shape.latents) +
                     (double)shape.parameter_count;
    return numbers * PLAN_WIDTH_MOST * sizeof(double) > TRIAL_BYTES_MOST;
}

/* Seconds of one bundle of the group, in *seconds; without a trial *tried is false. */
static enum status time_group(const struct plan *plan, size_t group, int width, bool *tried,
                              double *seconds, struct error *error) {
    struct plan_cursor cursor = {.group = group};
    struct plan_bundle bundle = plan_next(plan, &cursor, width, (struct plan_progress){0});
    *tried = group < GROUPS_TRIED_MOST && !is_large(plan, &bundle);
    if (!*tried) {
        return STATUS_OK;
    }
    struct trial trial = {.count = 0};
    enum status status = try_bundle(plan, &bundle, &trial, seconds, error);
    arena_free(&trial.arena);
    return status;
}

/* Floating-point operations (or seconds) of a bundle: of all lanes, since missing ones are padded.
 */
static double bundle_cost(const struct plan_group *group) {
    return group->cost * PLAN_WIDTH_MOST;
}

enum status estimate_make(const struct plan *plan, int64_t jobs, int ranks,
                          struct estimate *estimate, struct error *error) {
    int64_t share = (jobs + ranks - 1) / ranks;
    int width = share < 1 ? 1 : share < PLAN_WIDTH_MOST ? (int)share : PLAN_WIDTH_MOST;
    double part = (double)jobs / (double)plan->sweep->job_count;
    double rate = usual_flops;
    double longest = 0.0;
    *estimate = (struct estimate){.ranks = ranks, .width = width};
    for (size_t g = 0; g < plan->group_count; g++) {
        const struct plan_group *group = &plan->groups[g];
        int64_t bundles = (group->jobs + width - 1) / width;
        struct job job;
        double seconds = group->cost * width;
        sweep_job(plan->sweep, plan->cells[group->first_cell].first, &job);
        if (job.network->trains) {
            bool tried = false;
            TRY(time_group(plan, g, width, &tried, &seconds, error));
            rate = tried && seconds > 0.0 ? bundle_cost(group) / seconds : rate;
            seconds = tried ? seconds : bundle_cost(group) / rate;
        }
        longest = fmax(longest, seconds);
        estimate->bundles += bundles;
        estimate->core_seconds +=
            part * ((double)bundles * seconds + (double)group->jobs * row_seconds);
    }
    estimate->seconds = jobs == 0 ? 0.0 : fmax(longest, estimate->core_seconds / ranks);
    return STATUS_OK;
}
