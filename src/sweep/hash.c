#include "sweep/hash.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
/* Inline, so that a hash's state can be on the stack. */
#define XXH_INLINE_ALL
#include <xxhash.h>

/* The first line of each text. A new number would give every job, or every grid, a new hash. */
static const char JOB_VERSION[] = "modsweep job 1\n";
static const char GRID_VERSION[] = "modsweep grid 1\n";

enum { INTEGER_BYTES = 32 };

static int hash_by_prefix(const void *a, const void *b) {
    const struct hash_line *left = a;
    const struct hash_line *right = b;
    return strcmp(left->prefix, right->prefix);
}

enum status hash_prepare(struct sweep *sweep, struct grid_case *grid, struct error *error) {
    TRY(ARENA_NEW(&sweep->arena, grid->lines, grid->key_count + 2, error));
    for (size_t i = 0; i < grid->key_count; i++) {
        struct hash_line *line = &grid->lines[grid->line_count++];
        line->key = &grid->keys[i];
        TRY(arena_printf(&sweep->arena, &line->prefix, error, "%s=", grid->keys[i].key));
    }
    grid->lines[grid->line_count++].prefix = "replicate=";
    struct hash_line *seed = &grid->lines[grid->line_count++];
    seed->prefix = "seed=";
    TRY(arena_printf(&sweep->arena, &seed->constant, error, "%" PRId64, sweep->seed));
    qsort(grid->lines, grid->line_count, sizeof grid->lines[0], hash_by_prefix);
    return STATUS_OK;
}

/* For hashes of 64 and of 128 bits, which share all steps but the last (xxhash.h). */
static void hash_feed(XXH3_state_t *state, const char *text) {
    (void)XXH3_64bits_update(state, text, strlen(text));
}

static void hash_feed_line(XXH3_state_t *state, const char *name, const char *text) {
    hash_feed(state, name);
    hash_feed(state, text);
    hash_feed(state, "\n");
}

static void hash_feed_number(XXH3_state_t *state, const char *name, int64_t number) {
    char text[INTEGER_BYTES];
    (void)snprintf(text, sizeof text, "%" PRId64, number);
    hash_feed_line(state, name, text);
}

struct job_hash hash_job(const struct grid_case *grid, int64_t local, int64_t replicate) {
    XXH3_state_t state;
    char number[INTEGER_BYTES];
    (void)snprintf(number, sizeof number, "%" PRId64, replicate);
    (void)XXH3_128bits_reset(&state);
    hash_feed(&state, JOB_VERSION);
    for (size_t i = 0; i < grid->line_count; i++) {
        const struct hash_line *line = &grid->lines[i];
        const char *text = line->constant == NULL ? number : line->constant;
        if (line->key != NULL) {
            const struct parameter *parameter = NULL;
            text = grid_value(grid, line->key, local, &parameter)->identity;
        }
        if (text != NULL) {
            hash_feed_line(&state, line->prefix, text);
        }
    }
    XXH128_hash_t digest = XXH3_128bits_digest(&state);
    return (struct job_hash){{digest.low64, digest.high64}};
}

/* One key with all its values, as every component in use declares it. */
static void hash_feed_key(XXH3_state_t *state, const struct grid_case *grid,
                          const struct hash_line *line) {
    const struct grid_key *key = line->key;
    for (size_t i = 0; i < grid_typed_count(grid, key); i++) {
        const struct typed_values *typed = &key->typed[i];
        bool at_default = key->dimension == NO_DIMENSION && typed->parameter != NULL &&
                          typed->values[0].identity == NULL;
        if (typed->parameter == NULL || at_default) {
            continue;
        }
        hash_feed(state, line->prefix);
        hash_feed_number(state, "dimension ", key->dimension);
        for (size_t j = 0; j < key->axis.length; j++) {
            const char *identity = typed->values[j].identity;
            hash_feed_line(state, identity == NULL ? "default" : "is ",
                           identity == NULL ? "" : identity);
        }
    }
}

uint64_t hash_grid(const struct sweep *sweep) {
    XXH3_state_t state;
    (void)XXH3_64bits_reset(&state);
    hash_feed(&state, GRID_VERSION);
    hash_feed_number(&state, "seed ", sweep->seed);
    hash_feed_number(&state, "replicates ", sweep->replicates);
    hash_feed_number(&state, "save ", sweep->save);
    for (size_t i = 0; i < sweep->score_count; i++) {
        hash_feed_line(&state, "score ", sweep->scores[i]->component.name);
    }
    for (size_t i = 0; i < sweep->case_count; i++) {
        hash_feed_number(&state, "case ", (int64_t)i);
        const struct grid_case *grid = &sweep->own->cases[i];
        for (size_t j = 0; j < grid->line_count; j++) {
            if (grid->lines[j].key != NULL) {
                hash_feed_key(&state, grid, &grid->lines[j]);
            }
        }
    }
    return XXH3_64bits_digest(&state);
}
