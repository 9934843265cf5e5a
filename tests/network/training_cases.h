/**
 * @file
 * Cases of tests/reference/training.h5, one group each: data, initial weights, first gradient, and
 * weights and loss after some steps, by independent automatic differentiation in double precision.
 */
#pragma once

#include "network/gradients.h"
#include "solver/distance.h"
#include "solver/trial.h"

#include "reference.h"

#include <hdf5.h>
#include <hdf5_hl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { LAST_STEP = 1000, LOSS_BYTES = 1024 };

/** Relative: of the first gradient, of the first loss, and of the loss after LAST_STEP steps. */
static const double GRADIENT_TOLERANCE = 1e-5, LOSS_TOLERANCE = 1e-5, END_TOLERANCE = 1e-2;

/** The cases of one kind of network. */
struct family {
    const char *prefix;       /**< of the groups' names */
    double weights_tolerance; /**< relative to their norm, after up to 100 steps */
    /** Data, initial weights and loss of a case. */
    struct trial (*read)(const struct reference_case *place, struct arena *arena);
};

/* All tensors of the subgroup `set` in the order of the shape. */
static double *read_tensors(const struct reference_case *place, const char *set,
                            const struct network_shape *shape, struct arena *arena) {
    double *numbers = numbers_of(arena, shape->parameter_count);
    size_t at = 0;
    for (size_t t = 0; t < shape->tensor_count; t++) {
        char name[NAME_BYTES];
        (void)snprintf(name, sizeof name, "%s/%s", set, shape->tensors[t].name);
        struct points tensor = reference_read(place, name, arena);
        assert_int_equal(tensor.rows, shape->tensors[t].rows);
        assert_int_equal(tensor.columns, shape->tensors[t].columns);
        memcpy(numbers + at, tensor.values, tensor.rows * tensor.columns * sizeof *numbers);
        at += tensor.rows * tensor.columns;
    }
    assert_int_equal(at, shape->parameter_count);
    return numbers;
}

/* The attribute `loss`, stored with fixed or variable length. */
static void read_loss_text(const struct reference_case *place, char text[LOSS_BYTES]) {
    hid_t handle = H5Aopen_by_name(place->file, place->group, "loss", H5P_DEFAULT, H5P_DEFAULT);
    hid_t type = H5Aget_type(handle);
    assert_true(handle >= 0 && type >= 0);
    if (H5Tis_variable_str(type) > 0) {
        char *stored = NULL;
        assert_true(H5Aread(handle, type, (void *)&stored) >= 0);
        (void)snprintf(text, LOSS_BYTES, "%s", stored);
        assert_true(H5free_memory(stored) >= 0);
    } else {
        size_t bytes = H5Tget_size(type);
        assert_true(bytes < LOSS_BYTES);
        assert_true(H5Aread(handle, type, text) >= 0);
        text[bytes] = '\0';
    }
    assert_true(H5Tclose(type) >= 0);
    assert_true(H5Aclose(handle) >= 0);
}

/* The gradient of the whole loss at the initial weights. */
static float *first_gradient(const struct kernel *kernel, const struct trial *trial,
                             struct arena *arena) {
    struct lane lane = trial_lane(trial);
    float *sums;
    struct bundle bundle =
        gradients_of(kernel, &trial->shape, &lane, 1, (struct way){0}, &sums, arena);
    return gradient_of_lane(&bundle, 0, arena);
}

static struct trained train_steps(const struct kernel *kernel, struct trial *trial, int64_t steps,
                                  struct arena *arena) {
    struct trained result;
    trial->job.train.steps = steps;
    struct lane lane = trial_lane(trial);
    train_lanes(kernel, trial, &lane, 1, arena, &result);
    assert_false(result.diverged);
    assert_int_equal(result.steps, steps);
    return result;
}

static void expect_within(const struct reference_case *place, const struct kernel *kernel,
                          const char *what, double distance_found, double tolerance) {
    if (!(distance_found <= tolerance)) {
        fail_msg("%s, %s: %s is off by %.3g, more than %.0e", place->group, kernel->name, what,
                 distance_found, tolerance);
    }
}

static bool has_group(const struct reference_case *place, const char *name) {
    char path[2 * NAME_BYTES];
    (void)snprintf(path, sizeof path, "%s/%s", place->group, name);
    return H5Lexists(place->file, path, H5P_DEFAULT) > 0;
}

static double weights_distance(const struct reference_case *place, const struct kernel *kernel,
                               struct trial *trial, int64_t steps, struct arena *arena) {
    char set[NAME_BYTES];
    (void)snprintf(set, sizeof set, "step_%lld", (long long)steps);
    double *expected = read_tensors(place, set, &trial->shape, arena);
    struct trained result = train_steps(kernel, trial, steps, arena);
    return distance(result.weights, expected, trial->shape.parameter_count);
}

static void check_weights(const struct family *family, const struct reference_case *place,
                          const struct kernel *kernel, struct trial *trial, struct arena *arena) {
    /* After more steps rounding has grown. */
    static const int64_t compared_steps[] = {1, 10, 100};
    const size_t count = sizeof compared_steps / sizeof compared_steps[0];
    size_t compared = 0;
    for (size_t k = 0; k < count; k++) {
        char set[NAME_BYTES];
        (void)snprintf(set, sizeof set, "step_%lld", (long long)compared_steps[k]);
        if (has_group(place, set)) {
            expect_within(place, kernel, set,
                          weights_distance(place, kernel, trial, compared_steps[k], arena),
                          family->weights_tolerance);
            compared++;
        }
    }
    assert_true(compared > 0);
}

static void check_variant(const struct family *family, const struct reference_case *place,
                          const struct kernel *kernel, struct trial *trial, struct arena *arena) {
    double *gradient = read_tensors(place, "grad_0", &trial->shape, arena);
    expect_within(
        place, kernel, "the first gradient",
        distance(first_gradient(kernel, trial, arena), gradient, trial->shape.parameter_count),
        GRADIENT_TOLERANCE);
    double loss = reference_number(place, "loss_0");
    struct trained start = train_steps(kernel, trial, 0, arena);
    expect_within(place, kernel, "the first loss", fabs(start.loss.total / loss - 1.0),
                  LOSS_TOLERANCE);
    expect_within(place, kernel, "the loss while training",
                  fabs((double)start.history[0] / loss - 1.0), LOSS_TOLERANCE);
    /* Variants of lanes give the same bits, which test_kernel.c compares: one goes the long way. */
    bool goes_on = kernel == kernel_best(false) || kernel == kernel_best(true);
    if (!goes_on) {
        return;
    }
    check_weights(family, place, kernel, trial, arena);
    if (has_group(place, "step_1000")) {
        struct trained end = train_steps(kernel, trial, LAST_STEP, arena);
        expect_within(place, kernel, "the last loss",
                      fabs(end.loss.total / reference_number(place, "loss_end") - 1.0),
                      END_TOLERANCE);
    }
}

static void check_case(const struct family *family, const struct reference_case *place) {
    SCOPED(arena_free) struct arena arena = {0};
    struct trial trial = family->read(place, &arena);
    for (size_t k = 0; k < KERNEL_NAMES; k++) {
        const struct kernel *kernel = kernel_named(kernel_names[k]);
        if (kernel != NULL) {
            check_variant(family, place, kernel, &trial, &arena);
        }
    }
}

/** Checks every case of a family in the file of the folder REFERENCE, and returns how many there
 * are; skips a file that is not there. */
static size_t check_family(const struct family *family) {
    SCOPED(arena_free) struct arena arena = {0};
    struct reference reference = reference_open("training.h5");
    const struct reference_cases *cases = reference_find(&reference, family->prefix, &arena);
    kernel_prepare();
    for (size_t k = 0; k < cases->count; k++) {
        const struct reference_case place = reference_case(&reference, cases->names[k]);
        check_case(family, &place);
    }
    reference_close(&reference);
    return cases->count;
}
