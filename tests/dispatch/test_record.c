/* What the row of a job holds. */

#include "dispatch/record.h"

#include "check.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct setting {
    struct sweep *sweep;
    struct arena arena;
    struct plan plan;
    struct record_map map;
    struct dataset_size size;
    struct network_shape shape;
    unsigned char *record;
};

/* The row of job 1 has fewer samples, sources and latents than there is room for. No distribution
 * is asked whether it is `periodic`. */
static void begin_with(struct setting *setting, const char *save, int64_t job_index,
                       bool periodic) {
    char text[1024];
    struct error error = {0};
    struct sized_job sized;
    *setting = (struct setting){.sweep = NULL};
    (void)snprintf(text, sizeof text,
                   "data: {kind: uniform, sources: 3, points: 8}\n"
                   "network: {kind: linear_autoencoder, hidden: 4}\n"
                   "train: {steps: 5}\n"
                   "cases: [{train.learning_rate: 0.1}, "
                   "{data.sources: 2, data.points: 6, network.hidden: 3}]\n"
                   "scores: [linear_cinfom, multiinformation]\n"
                   "save: [%s]\n",
                   save);
    assert_ok(&error, sweep_parse(text, "test.yaml", NULL, 0, &setting->sweep, &error));
    assert_ok(&error, plan_make(setting->sweep, &setting->arena, &setting->plan, &error));
    setting->plan.sizes.periodic = periodic;
    assert_ok(&error, record_map_make(&setting->plan, &setting->arena, &setting->map, &error));
    assert_ok(&error, sized_job_decode(setting->sweep, job_index, &sized, &error));
    setting->size = sized.data;
    setting->shape = sized.network;
    setting->record = calloc(1, setting->map.layout.record_bytes);
    assert_non_null(setting->record);
}

static void begin(struct setting *setting, const char *save, int64_t job_index) {
    begin_with(setting, save, job_index, false);
}

static void end(struct setting *setting) {
    free(setting->record);
    arena_free(&setting->arena);
    sweep_free(setting->sweep);
}

/* Fills the record with values that tell where they come from: 1, 2, 3, … in every array. */
static void fill(struct setting *setting, bool diverged) {
    enum { ENOUGH = 200 };
    double numbers[ENOUGH];
    float small[ENOUGH];
    for (int k = 0; k < ENOUGH; k++) {
        numbers[k] = k + 1;
        small[k] = (float)(k + 1);
    }
    assert_true(setting->shape.parameter_count <= ENOUGH);
    struct trained trained = {.diverged = diverged,
                              .steps = 5,
                              .loss = {10, 11, 12, 13, 14, 15},
                              .gradient = 16,
                              .weights = small,
                              .latents = numbers};
    for (int k = 0; k < HISTORY_POINTS; k++) {
        trained.history[k] = (float)k;
    }
    struct dataset data = {.size = setting->size,
                           .sources = numbers,
                           .weights = numbers,
                           .frequencies = setting->size.periodic ? numbers : NULL};
    const double *matrices[] = {numbers, numbers, numbers, numbers};
    struct job_outcome outcome = {.shape = &setting->shape,
                                  .data = &data,
                                  .trained = &trained,
                                  .scores = diverged ? NULL : numbers,
                                  .matrices = diverged ? NULL : matrices};
    memset(setting->record, 0x55, setting->map.layout.record_bytes);
    record_fill(&setting->map, &outcome, setting->record);
}

/* Element [row][column] of a variable that must be there. */
static double at(const struct setting *setting, const char *name, size_t row, size_t column) {
    const struct variable *variable = layout_find(&setting->map.layout, name);
    if (variable == NULL) {
        fail_msg("no variable %s", name);
        return 0.0;
    }
    size_t columns = variable->extent_count == 2 ? variable->extents[1].length : 1;
    size_t element = row * columns + column;
    assert_true(element < variable->elements);
    const unsigned char *values = setting->record + variable->offset;
    return variable->type == VARIABLE_FLOAT64
               ? ((const double *)(const void *)values)[element]
               : (double)((const float *)(const void *)values)[element];
}

static void test_losses_and_scores(void **state) {
    (void)state;
    struct setting setting;
    begin(&setting, "", 0);
    fill(&setting, false);
    static const char *const names[] = {
        "loss", "loss_fit", "loss_activity", "loss_negativity", "loss_sparsity", "loss_weights"};
    for (size_t k = 0; k < LOSS_TERMS; k++) {
        assert_true(at(&setting, names[k], 0, 0) == 10 + (double)k);
    }
    assert_true(at(&setting, "gradient", 0, 0) == 16);
    assert_true(at(&setting, "linear_cinfom", 0, 0) == 1);
    assert_true(at(&setting, "multiinformation", 0, 0) == 2);
    assert_null(layout_find(&setting.map.layout, "weights.W1"));
    assert_null(layout_find(&setting.map.layout, "activity"));
    assert_null(layout_find(&setting.map.layout, "history"));
    assert_null(layout_find(&setting.map.layout, "frequencies"));
    end(&setting);
}

/* The smaller job lies in the corner of the room of the larger one; the rest is NaN. */
static void test_smaller_jobs_are_padded(void **state) {
    (void)state;
    struct setting setting;
    begin(&setting, "activity, sources, history", 1);
    fill(&setting, false);
    for (size_t sample = 0; sample < 8; sample++) {
        for (size_t latent = 0; latent < 4; latent++) {
            double value = at(&setting, "activity", sample, latent);
            assert_true(sample < 6 && latent < 3 ? value == (double)(sample * 3 + latent + 1)
                                                 : isnan(value));
        }
        for (size_t source = 0; source < 3; source++) {
            double value = at(&setting, "sources", sample, source);
            assert_true(sample < 6 && source < 2 ? value == (double)(sample * 2 + source + 1)
                                                 : isnan(value));
        }
        double weight = at(&setting, "sample_weights", sample, 0);
        assert_true(sample < 6 ? weight == (double)sample + 1 : isnan(weight));
    }
    for (size_t point = 0; point < HISTORY_POINTS; point++) {
        assert_true(at(&setting, "history", point, 0) == (double)point);
    }
    end(&setting);
}

/* Tensor after tensor, each in the corner of its room. */
static void test_weights(void **state) {
    (void)state;
    for (int64_t job = 0; job < 2; job++) {
        struct setting setting;
        begin(&setting, "weights", job);
        fill(&setting, false);
        double next = 1;
        for (size_t t = 0; t < setting.shape.tensor_count; t++) {
            const struct tensor_shape *own = &setting.shape.tensors[t];
            const struct tensor_shape *room = &setting.plan.sizes.tensors[t];
            char name[64];
            (void)snprintf(name, sizeof name, "weights.%s", own->name);
            for (size_t row = 0; row < room->rows; row++) {
                for (size_t column = 0; column < room->columns; column++) {
                    bool used = row < own->rows && column < own->columns;
                    double value = at(&setting, name, row, column);
                    assert_true(used ? value == next : isnan(value));
                    next += used;
                }
            }
        }
        assert_int_equal((int)next, setting.shape.parameter_count + 1);
        end(&setting);
    }
}

static void test_a_diverged_job_has_nothing_but_its_history(void **state) {
    (void)state;
    struct setting setting;
    begin(&setting, "weights, activity, sources, history", 0);
    fill(&setting, true);
    assert_true(isnan(at(&setting, "linear_cinfom", 0, 0)));
    assert_true(isnan(at(&setting, "weights.W1", 0, 0)));
    assert_true(isnan(at(&setting, "activity", 0, 0)));
    assert_true(at(&setting, "sources", 0, 0) == 1);
    assert_true(at(&setting, "history", 100, 0) == 100);
    end(&setting);
}

/* Frequencies are data: a diverged job has them, a job without has NaN, and files without them are
 * worth reusing. */
static void test_frequencies(void **state) {
    (void)state;
    for (int variant = 0; variant < 4; variant++) {
        struct setting setting;
        bool own = variant % 2 == 1;
        begin_with(&setting, "", 1, true);
        setting.size.periodic = own;
        fill(&setting, variant / 2 == 1);
        const struct variable *variable = layout_find(&setting.map.layout, "frequencies");
        assert_non_null(variable);
        assert_int_equal(variable->type, VARIABLE_FLOAT64);
        assert_string_equal(variable->unit, "rad");
        assert_int_equal(variable->elements, 3);
        assert_true(variable->optional);
        for (size_t source = 0; source < 3; source++) {
            double value = at(&setting, "frequencies", source, 0);
            assert_true(own && source < 2 ? value == (double)source + 1 : isnan(value));
        }
        end(&setting);
    }
}

static void test_frequencies_need_room(void **state) {
    (void)state;
    struct setting setting;
    struct error error = {0};
    begin(&setting, "", 0);
    setting.size.periodic = true;
    assert_int_equal(record_check(&setting.map, 7, &setting.size, &setting.shape, &error),
                     STATUS_BAD_INPUT);
    assert_string_equal(error.message, "job 7 has 3 frequencies where the results file has room "
                                       "for 0");
    setting.size.periodic = false;
    assert_ok(&error, record_check(&setting.map, 7, &setting.size, &setting.shape, &error));
    end(&setting);
}

static void test_a_dummy_has_no_variables(void **state) {
    (void)state;
    struct setting setting = {.sweep = NULL};
    struct error error = {0};
    assert_ok(&error, sweep_parse("network: {kind: dummy}\n", "test.yaml", NULL, 0, &setting.sweep,
                                  &error));
    assert_ok(&error, plan_make(setting.sweep, &setting.arena, &setting.plan, &error));
    assert_ok(&error, record_map_make(&setting.plan, &setting.arena, &setting.map, &error));
    assert_false(setting.map.trains);
    assert_int_equal(setting.map.layout.variable_count, 0);
    end(&setting);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_losses_and_scores),
    cmocka_unit_test(test_smaller_jobs_are_padded),
    cmocka_unit_test(test_weights),
    cmocka_unit_test(test_a_diverged_job_has_nothing_but_its_history),
    cmocka_unit_test(test_frequencies),
    cmocka_unit_test(test_frequencies_need_room),
    cmocka_unit_test(test_a_dummy_has_no_variables),
};

int main(void) {
    return cmocka_run_group_tests(tests, NULL, NULL);
}
