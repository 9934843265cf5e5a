/**
 * @file
 * Sweeps and plans for tests, from text.
 */
#pragma once

#include "plan/plan.h"
#include "plan/shape_key.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct planned {
    struct sweep *sweep;
    struct arena arena;
    struct plan plan;
};

#define assert_ok(call, error)                                                                     \
    do {                                                                                           \
        if ((call) != STATUS_OK) {                                                                 \
            fail_msg("%s: %s", #call, (error).message);                                            \
        }                                                                                          \
    } while (0)

static inline struct planned plan_text(const char *text) {
    struct planned planned = {.sweep = NULL};
    struct error error = {.status = STATUS_OK};
    assert_ok(sweep_parse(text, "test.yaml", NULL, 0, &planned.sweep, &error), error);
    assert_ok(plan_make(planned.sweep, &planned.arena, &planned.plan, &error), error);
    return planned;
}

static inline void planned_free(struct planned *planned) {
    arena_free(&planned->arena);
    sweep_free(planned->sweep);
}

/* A job's sizes. */
static inline struct network_shape shape_of(const struct sweep *sweep, int64_t index,
                                            struct job *job, struct dataset_size *data) {
    struct network_shape shape;
    struct error error = {.status = STATUS_OK};
    sweep_job(sweep, index, job);
    assert_ok(plan_job_shape(sweep, job, data, &shape, &error), error);
    return shape;
}

static inline uint64_t key_of(const struct sweep *sweep, int64_t index) {
    struct job job;
    struct dataset_size data;
    struct network_shape shape = shape_of(sweep, index, &job, &data);
    return shape_key(&job, &shape, &data);
}
