/**
 * @file
 * Sweeps and plans for tests, from text.
 */
#pragma once

#include "check.h"
#include "plan/cursor.h"
#include "plan/shape_key.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct planned {
    struct sweep *sweep;
    struct arena arena;
    struct plan plan;
};

static inline struct planned plan_text(const char *text) {
    struct planned planned = {.sweep = NULL};
    struct error error = {0};
    assert_ok(&error, sweep_parse(text, "test.yaml", NULL, 0, &planned.sweep, &error));
    assert_ok(&error, plan_make(planned.sweep, &planned.arena, &planned.plan, &error));
    return planned;
}

static inline void planned_free(struct planned *planned) {
    arena_free(&planned->arena);
    sweep_free(planned->sweep);
}

/* A job's sizes. */
static inline struct sized_job sized_of(const struct sweep *sweep, int64_t index) {
    struct sized_job sized;
    struct error error = {0};
    assert_ok(&error, sized_job_decode(sweep, index, &sized, &error));
    return sized;
}

static inline uint64_t key_of(const struct sweep *sweep, int64_t index) {
    struct sized_job sized = sized_of(sweep, index);
    return shape_key_of(&sized);
}
