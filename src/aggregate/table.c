#include "aggregate/table.h"

#include "aggregate/repeats.h"
#include "base/hash_table.h"
#include "base/text.h"
#include "store/format.h"
#include "store/slab.h"
#include "store/states.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { FIRST_GROUPS = 64 };

/* What a pass over the rows needs. */
struct pass {
    const struct results_reader *reader;
    struct table *table;
    struct hash_table groups;
    size_t group_capacity;
    const uint8_t *states;
    unsigned char *column; /* [SLAB_ROWS], of the widest key */
    unsigned char *keys;   /* [SLAB_ROWS][key_bytes] */
    size_t *numbers;       /* [SLAB_ROWS], group of each row */
    double *values;        /* [SLAB_ROWS] */
};

static enum status table_read_keys(const struct pass *pass, int64_t first, int64_t count,
                                   struct error *error) {
    for (size_t k = 0; k < pass->table->key_count; k++) {
        const struct table_key *key = &pass->table->keys[k];
        TRY(reader_column(pass->reader, key->name, key->storage, first, count, pass->column,
                          error));
        for (int64_t i = 0; i < count; i++) {
            memcpy(pass->keys + (size_t)i * pass->table->key_bytes + key->offset,
                   pass->column + (size_t)i * key->bytes, key->bytes);
        }
    }
    return STATUS_OK;
}

/* Room for the groups found so far, the new ones with empty cells. */
static enum status table_add_groups(struct pass *pass, struct error *error) {
    struct table *table = pass->table;
    if (pass->groups.count > pass->group_capacity) {
        size_t capacity = pass->group_capacity == 0 ? FIRST_GROUPS : 2 * pass->group_capacity;
        capacity = capacity < pass->groups.count ? pass->groups.count : capacity;
        struct table_group *groups;
        TRY(ARENA_NEW(&table->arena, groups, capacity, error));
        if (table->group_count > 0) {
            memcpy(groups, table->groups, table->group_count * sizeof *groups);
        }
        table->groups = groups;
        pass->group_capacity = capacity;
    }
    for (; table->group_count < pass->groups.count; table->group_count++) {
        struct table_group *group = &table->groups[table->group_count];
        group->key = hash_table_key(&pass->groups, table->group_count);
        TRY(ARENA_NEW(&table->arena, group->cells, table->score_count, error));
    }
    return STATUS_OK;
}

static void table_count_row(struct table_count *rows, uint8_t state) {
    rows->done += state == ROW_DONE;
    rows->missing += state == ROW_MISSING;
    rows->diverged += state == ROW_DIVERGED;
    rows->quarantined += state == ROW_QUARANTINED;
}

static void table_count_value(struct table_cell *cell, double value) {
    if (!isfinite(value)) {
        cell->undefined++;
        return;
    }
    cell->count++;
    double before = value - cell->mean;
    cell->mean += before / (double)cell->count;
    cell->squares += before * (value - cell->mean);
}

static enum status table_take_slab(struct pass *pass, int64_t first, int64_t count,
                                   struct error *error) {
    struct table *table = pass->table;
    TRY(table_read_keys(pass, first, count, error));
    for (int64_t i = 0; i < count; i++) {
        TRY(hash_table_add(&pass->groups, pass->keys + (size_t)i * table->key_bytes,
                           &pass->numbers[i], error));
    }
    TRY(table_add_groups(pass, error));
    for (int64_t i = 0; i < count; i++) {
        table_count_row(&table->groups[pass->numbers[i]].rows, pass->states[first + i]);
        table_count_row(&table->rows, pass->states[first + i]);
    }
    for (size_t s = 0; s < table->score_count; s++) {
        TRY(reader_column(pass->reader, table->scores[s].name, HDF_FLOAT64, first, count,
                          pass->values, error));
        for (int64_t i = 0; i < count; i++) {
            if (pass->states[first + i] == ROW_DONE) {
                table_count_value(&table->groups[pass->numbers[i]].cells[s], pass->values[i]);
            }
        }
    }
    return STATUS_OK;
}

static enum status table_take_rows(struct pass *pass, struct arena *arena, struct error *error) {
    const struct results_reader *reader = pass->reader;
    struct table *table = pass->table;
    size_t widest = sizeof(double);
    for (size_t k = 0; k < table->key_count; k++) {
        struct table_key *key = &table->keys[k];
        key->offset = table->key_bytes;
        table->key_bytes += key->bytes;
        widest = key->bytes > widest ? key->bytes : widest;
    }
    uint8_t *states;
    TRY(ARENA_NEW(arena, states, reader->job_count, error));
    TRY(states_read(reader, states, &table->torn, error));
    TRY(repeats_mark(reader, states, &table->repeated, error));
    pass->states = states;
    TRY(ARENA_NEW(arena, pass->column, SLAB_ROWS * widest, error));
    TRY(ARENA_NEW(arena, pass->keys, SLAB_ROWS * table->key_bytes, error));
    TRY(ARENA_NEW(arena, pass->numbers, SLAB_ROWS, error));
    TRY(ARENA_NEW(arena, pass->values, SLAB_ROWS, error));
    TRY(hash_table_make(&pass->groups, table->key_bytes, 0, &table->arena, error));
    for (struct slab slab = slab_first(reader->job_count, SLAB_ROWS); slab.count > 0;
         slab_next(&slab)) {
        TRY(table_take_slab(pass, slab.first, slab.count, error));
    }
    return STATUS_OK;
}

enum status table_compute(const struct results_reader *reader, const struct table_request *request,
                          struct table *table, struct error *error) {
    *table = (struct table){.path = reader->path,
                            .name = reader->name,
                            .sweeps = reader->sweeps,
                            .job_count = reader->job_count};
    TRY(choice_keys(reader, request, &table->arena, &table->keys, &table->key_count, error));
    TRY(choice_scores(reader, request, &table->arena, &table->scores, &table->score_count, error));
    struct pass pass = {.reader = reader, .table = table};
    SCOPED(arena_free) struct arena scratch = {0};
    return table_take_rows(&pass, &scratch, error);
}

void table_free(struct table *table) {
    arena_free(&table->arena);
}

double table_mean(const struct table_cell *cell) {
    return cell->count == 0 ? (double)NAN : cell->mean;
}

double table_deviation(const struct table_cell *cell) {
    return cell->count < 2 ? (double)NAN : sqrt(cell->squares / (double)(cell->count - 1));
}

const unsigned char *table_key_value(const struct table *table, const struct table_group *group,
                                     size_t key) {
    return group->key + table->keys[key].offset;
}

double table_key_number(const struct table *table, const struct table_group *group, size_t key) {
    const unsigned char *value = table_key_value(table, group, key);
    int64_t integer;
    double real;
    switch (table->keys[key].storage) {
    case HDF_LETTER:
        return (double)NAN;
    case HDF_INT64:
        memcpy(&integer, value, sizeof integer);
        return integer == ABSENT_INTEGER ? (double)NAN : (double)integer;
    default:
        memcpy(&real, value, sizeof real);
        return real;
    }
}

enum status table_key_text(const struct table *table, const struct table_group *group, size_t key,
                           struct arena *arena, const char **text, struct error *error) {
    const unsigned char *value = table_key_value(table, group, key);
    const double number = table_key_number(table, group, key);
    int64_t integer;
    char real[32];
    switch (table->keys[key].storage) {
    case HDF_LETTER:
        return arena_printf(arena, text, error, "%.*s", (int)table->keys[key].bytes,
                            (const char *)value);
    case HDF_INT64:
        memcpy(&integer, value, sizeof integer);
        return integer == ABSENT_INTEGER
                   ? arena_strdup(arena, "", text, error)
                   : arena_printf(arena, text, error, "%lld", (long long)integer);
    default:
        return arena_strdup(arena, isnan(number) ? "" : text_of_real(number, real), text, error);
    }
}
