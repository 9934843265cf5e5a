/*
 * Whole trainings against the oracle: every option of the solver, on every kernel, sixteen lanes
 * with data, sizes and coefficients of their own.
 */
#include "solver/distance.h"
#include "solver/oracle.h"
#include "solver/solver.h"

#include <float.h>
#include <string.h>

static const double WEIGHTS_TOLERANCE = 1e-3;
static const double LOSS_TOLERANCE = 1e-4;

/* What is trained and how. */
struct scenario {
    const char *name;
    size_t sources, hidden;
    struct moment_settings moments;
    struct train_settings train;
    int64_t power;
    double threshold; /* of FIT, in every second lane */
    bool each;        /* a penalty of its own for each matrix */
};

/* What a scenario must have met in some lane to be worth its name. */
struct met {
    bool clipped, unclipped;
    bool below, above;
    bool worse; /* the loss rose again after its lowest value */
};

#define ADAM                                                                                       \
    { 0.9, 0.999, 1e-8, 0.0 }
#define PLAIN_TRAIN .rate_every = 1, .rate_factor = 1.0

/*
 * With power 2 the gradient is continuous, and rounding stays rounding for long. With power 1 a
 * latent at zero makes it jump, and training ever more often depends on the last bit.
 */
static const struct scenario plain = {
    "plain", 2, 16, ADAM, {.steps = 200, .learning_rate = 1e-2, PLAIN_TRAIN}, 2, 0.0, false};

static void make_lanes(const struct scenario *scenario, struct trial trials[KERNEL_LANES],
                       struct lane lanes[KERNEL_LANES], struct arena *arena) {
    bool decays = scenario->moments.weight_decay > 0.0;
    for (size_t k = 0; k < KERNEL_LANES; k++) {
        struct trial *trial = &trials[k];
        *trial = trial_random(100 + k, 4 + 3 * k, scenario->sources, scenario->hidden, arena);
        trial->job.solver = solver_called(decays ? "adamw" : "adam");
        memcpy(trial->job.solver_settings.bytes, &scenario->moments, sizeof scenario->moments);
        trial->job.train = scenario->train;
        trial->job.train.learning_rate *= 1.0 + 0.1 * (double)k;
        trial->job.loss.negativity_power = scenario->power;
        trial->job.loss.fit_threshold = k % 2 == 0 ? scenario->threshold : 0.0;
        if (scenario->each) {
            trial_penalise_each(trial, 0.2, 0.01 * (double)(1 + k), arena);
        }
        lanes[k] = trial_lane(trial);
    }
}

static void expect_near(const char *what, const struct scenario *scenario,
                        const struct kernel *kernel, size_t lane, double found, double expected,
                        double tolerance) {
    if (!(fabs(found - expected) <= tolerance * fmax(1.0, fabs(expected)))) {
        fail_msg("%s, power %lld, %zu sources, %s, lane %zu: %s is %.9g, expected %.9g",
                 scenario->name, (long long)scenario->power, scenario->sources, kernel->name, lane,
                 what, found, expected);
    }
}

/* Point p of the history is the loss after p hundredths of the steps, rounded down. */
static void expect_history(const struct scenario *scenario, const struct kernel *kernel,
                           size_t lane, const struct trained *result,
                           const struct oracle_course *course) {
    for (int64_t p = 0; p < HISTORY_POINTS; p++) {
        int64_t step = p * scenario->train.steps / 100;
        expect_near("a point of the history", scenario, kernel, lane, (double)result->history[p],
                    course->losses[step], LOSS_TOLERANCE);
    }
}

static void expect_latents(const struct scenario *scenario, const struct kernel *kernel,
                           size_t lane, const struct trained *result, struct oracle *oracle) {
    for (size_t n = 0; n < oracle->data->size.samples; n++) {
        oracle_forward(oracle, n);
        for (size_t h = 0; h < oracle->hidden; h++) {
            expect_near("a latent", scenario, kernel, lane, result->latents[n * oracle->hidden + h],
                        oracle->z[h], WEIGHTS_TOLERANCE);
        }
    }
}

static void expect_result(const struct scenario *scenario, const struct kernel *kernel, size_t lane,
                          const struct trained *result, struct oracle *oracle,
                          const struct oracle_course *course) {
    assert_false(result->diverged);
    assert_int_equal(result->steps, scenario->train.steps);
    expect_near("the weights' distance", scenario, kernel, lane,
                distance(result->weights, oracle->weights, oracle->count), 0.0, WEIGHTS_TOLERANCE);
    const struct loss_values *kept = &course->kept;
    expect_near("loss", scenario, kernel, lane, result->loss.total, kept->total, LOSS_TOLERANCE);
    expect_near("FIT", scenario, kernel, lane, result->loss.fit, kept->fit, LOSS_TOLERANCE);
    expect_near("ACT", scenario, kernel, lane, result->loss.activity, kept->activity,
                LOSS_TOLERANCE);
    expect_near("NEG", scenario, kernel, lane, result->loss.negativity, kept->negativity,
                LOSS_TOLERANCE);
    expect_near("WGT", scenario, kernel, lane, result->loss.weights, kept->weights, LOSS_TOLERANCE);
    expect_history(scenario, kernel, lane, result, course);
    expect_latents(scenario, kernel, lane, result, oracle);
}

static void note(const struct oracle_course *course, int64_t steps, struct met *met) {
    met->clipped = met->clipped || course->clipped > 0;
    met->unclipped = met->unclipped || course->clipped < steps;
    met->below = met->below || (course->below > 0 && course->below <= steps);
    met->above = met->above || course->below == 0;
    met->worse = met->worse || course->losses[steps] > 1.01 * course->losses[course->best_step];
}

static struct met check_power(const struct scenario *scenario) {
    struct met met = {0};
    SCOPED(arena_free) struct arena arena = {0};
    struct trial trials[KERNEL_LANES];
    struct lane lanes[KERNEL_LANES];
    struct oracle oracles[KERNEL_LANES];
    struct oracle_course courses[KERNEL_LANES];
    make_lanes(scenario, trials, lanes, &arena);
    for (size_t k = 0; k < KERNEL_LANES; k++) {
        oracles[k] = oracle_make(&lanes[k], &trials[k].shape, &arena);
        courses[k] = oracle_train(&oracles[k], &arena);
        note(&courses[k], scenario->train.steps, &met);
    }
    for (size_t v = 0; v < KERNEL_NAMES; v++) {
        const struct kernel *kernel = kernel_named(kernel_names[v]);
        for (size_t k = 0; kernel != NULL && k < KERNEL_LANES; k += kernel->lanes) {
            struct trained results[KERNEL_LANES];
            train_lanes(kernel, trials, lanes + k, kernel->lanes, &arena, results);
            for (size_t j = 0; j < kernel->lanes; j++) {
                expect_result(scenario, kernel, k + j, &results[j], &oracles[k + j],
                              &courses[k + j]);
            }
        }
    }
    return met;
}

/* The scenario as it is, and with negativity of power 1 for as long as that is predictable. */
static struct met check(const struct scenario *scenario) {
    struct scenario first = *scenario;
    first.power = 1;
    first.train.steps = scenario->train.steps < 100 ? scenario->train.steps : 100;
    first.train.learning_rate *= 0.1;
    check_power(&first);
    return check_power(scenario);
}

static void test_adam(void **state) {
    (void)state;
    static const size_t sources[] = {1, 2, 3, 4, 5};
    for (size_t k = 0; k < sizeof sources / sizeof sources[0]; k++) {
        struct scenario scenario = plain;
        scenario.name = "adam";
        scenario.sources = sources[k];
        check(&scenario);
        scenario.name = "adam, other moments";
        scenario.moments = (struct moment_settings){0.7, 0.95, 0.1, 0.0};
        check(&scenario);
    }
}

static void test_adamw(void **state) {
    (void)state;
    struct scenario scenario = plain;
    scenario.name = "adamw";
    scenario.moments.weight_decay = 0.5;
    check(&scenario);
}

static void test_clipping(void **state) {
    (void)state;
    static const int kinds[] = {CLIP_NORM, CLIP_VALUE};
    static const double limits[] = {0.5, 0.2};
    for (size_t k = 0; k < 2; k++) {
        struct scenario scenario = plain;
        scenario.name = kinds[k] == CLIP_NORM ? "clipped norm" : "clipped values";
        scenario.train.clip = kinds[k];
        scenario.train.clip_at = limits[k];
        scenario.each = true; /* the penalties' gradient is clipped with the rest */
        struct met met = check(&scenario);
        assert_true(met.clipped && met.unclipped);
    }
}

static void test_stepped_rate(void **state) {
    (void)state;
    struct scenario scenario = plain;
    scenario.name = "stepped rate";
    scenario.train.rate = RATE_STEPPED;
    scenario.train.rate_every = 70;
    scenario.train.rate_factor = 0.3;
    scenario.moments.weight_decay = 0.1; /* which follows the rate */
    check(&scenario);
}

static void test_fit_threshold(void **state) {
    (void)state;
    struct scenario scenario = plain;
    scenario.name = "fit threshold";
    scenario.threshold = 0.25;
    scenario.train.steps = 60;
    struct met met = check(&scenario);
    assert_true(met.below && met.above);
}

static void test_penalties(void **state) {
    (void)state;
    struct scenario scenario = plain;
    scenario.name = "a penalty for each matrix";
    scenario.each = true;
    check(&scenario);
}

static void test_keeping_the_best(void **state) {
    (void)state;
    struct scenario scenario = plain;
    scenario.name = "best";
    scenario.train.keep = KEEP_BEST;
    scenario.train.learning_rate = 0.1; /* so large that the loss rises again */
    scenario.train.steps = 30;
    struct met met = check_power(&scenario);
    assert_true(met.worse);
}

static void test_few_and_odd_numbers_of_steps(void **state) {
    (void)state;
    static const int64_t steps[] = {0, 1, 7, 100, 101};
    for (size_t k = 0; k < sizeof steps / sizeof steps[0]; k++) {
        struct scenario scenario = plain;
        scenario.name = "steps";
        scenario.train.steps = steps[k];
        check(&scenario);
        scenario.train.keep = KEEP_BEST;
        check(&scenario);
    }
}

/* A decay of more than 1 makes weights grow about a hundredfold each step, so that rounding cannot
 * change the step at which the loss leaves the range of single precision. */
static void test_divergence_comes_at_the_oracles_step(void **state) {
    (void)state;
    struct scenario scenario = plain;
    SCOPED(arena_free) struct arena arena = {0};
    struct trial trials[KERNEL_LANES];
    struct lane lanes[KERNEL_LANES];
    scenario.moments.weight_decay = 1e5;
    scenario.train.learning_rate = 1e-3;
    make_lanes(&scenario, trials, lanes, &arena);
    for (size_t v = 0; v < KERNEL_NAMES; v++) {
        const struct kernel *kernel = kernel_named(kernel_names[v]);
        for (size_t k = 0; kernel != NULL && k < KERNEL_LANES; k++) {
            struct oracle oracle = oracle_make(&lanes[k], &trials[k].shape, &arena);
            struct oracle_course course = oracle_train(&oracle, &arena);
            struct trained result;
            int64_t step = 0;
            while (fabs(course.losses[step]) <= (double)FLT_MAX) {
                step++;
            }
            train_lanes(kernel, trials, lanes + k, 1, &arena, &result);
            assert_true(result.diverged);
            assert_int_equal(result.steps, step);
            assert_true(isnan(result.loss.total) && isnan(result.loss.fit));
            for (int64_t p = 0; p < HISTORY_POINTS; p++) {
                assert_int_equal(isnan(result.history[p]), p * scenario.train.steps / 100 >= step);
            }
        }
    }
}

int main(void) {
    kernel_prepare();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_adam),
        cmocka_unit_test(test_adamw),
        cmocka_unit_test(test_clipping),
        cmocka_unit_test(test_stepped_rate),
        cmocka_unit_test(test_fit_threshold),
        cmocka_unit_test(test_penalties),
        cmocka_unit_test(test_keeping_the_best),
        cmocka_unit_test(test_few_and_odd_numbers_of_steps),
        cmocka_unit_test(test_divergence_comes_at_the_oracles_step),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
