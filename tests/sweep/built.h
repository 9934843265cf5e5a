/**
 * @file
 * One case of a sweep as sweep/build.h leaves it: neither measured nor checked. To be included by
 * one source file of a program.
 */
#pragma once

#include "sweep/build.h"
#include "sweep/root.h"
#include "sweep/root_keys.h"

#include "sweep/tables.h"

struct built {
    struct sweep sweep;
    struct sweep_private own;
    struct subgrid subgrid;
    struct grid_case grid;
    struct node root;
    struct key_values keys;
};

/* Reads the text up to where the case is to be built. */
static inline enum status built_read(struct built *built, const char *text, struct error *error) {
    struct arena *arena = &built->sweep.arena;
    *built = (struct built){0};
    built->sweep.own = &built->own;
    built->sweep.path = "s.yaml";
    built->sweep.case_count = 1;
    built->sweep.cases = &built->subgrid;
    built->own.cases = &built->grid;
    built->own.reader = (struct value_reader){.arena = arena, .folder = ""};
    TRY(node_read(text, "s.yaml", true, arena, &built->root, error));
    TRY(key_values_read(&built->root, true, arena, &built->own.base, error));
    TRY(root_read(&built->own.reader, &built->own.base, &built->sweep, &built->own.samples, error));
    TRY(key_values_merge(&built->own.base, &(struct key_values){0}, arena, &built->keys, error));
    for (size_t i = 0; root_key_name(i) != NULL; i++) {
        key_values_remove(&built->keys, root_key_name(i));
    }
    built->grid.subgrid = &built->subgrid;
    built->grid.at = &built->root;
    return grid_prepare(&built->sweep, error);
}

static inline enum status built_try(struct built *built, const char *text, struct error *error) {
    TRY(built_read(built, text, error));
    return build_case(&built->sweep, &built->grid, &built->keys, error);
}

/* As built_try, of a text that can be built, and measured. */
static inline void built_begin(struct built *built, const char *text) {
    struct error error = {0};
    if (built_try(built, text, &error) != STATUS_OK ||
        grid_measure(&built->grid, &built->sweep.job_count, &error) != STATUS_OK) {
        fail_msg("%s\n%s", error.message, text);
    }
}

static inline void built_end(struct built *built) {
    arena_free(&built->sweep.arena);
}
