#include "store/states.h"

#include "store/format.h"
#include "store/row.h"
#include "store/row_slab.h"
#include "store/slab.h"

#include <string.h>

static bool states_any_finished(const uint8_t *states, int64_t count) {
    for (int64_t i = 0; i < count; i++) {
        if (states[i] != ROW_MISSING) {
            return true;
        }
    }
    return false;
}

/* Compares checksums of the rows in the slab. */
static void states_verify(const struct row_slab *slab, uint8_t *states, int64_t *torn) {
    for (int64_t i = 0; i < slab->count; i++) {
        uint8_t *state = &states[slab->first + i];
        if (*state != ROW_MISSING && (*state > ROW_QUARANTINED ||
                                      row_checksum(slab->layout, row_slab_record(slab, i), *state,
                                                   slab->steps[i]) != slab->checksums[i])) {
            *state = ROW_MISSING;
            (*torn)++;
        }
    }
}

enum status states_read(const struct results_reader *reader, uint8_t *states, int64_t *torn,
                        struct error *error) {
    SCOPED(arena_free) struct arena arena = {0};
    const int64_t rows = reader->job_count;
    struct row_slab slab;
    *torn = 0;
    TRY(reader_column(reader, VARIABLE_STATE, HDF_UINT8, 0, rows, states, error));
    TRY(row_slab_make(&slab, &reader->layout, 0, NULL, SLAB_STEPS | SLAB_CHECKSUMS,
                      records_widest(&reader->layout), rows, &arena, error));
    for (struct slab some = slab_first(rows, slab.room); some.count > 0; slab_next(&some)) {
        if (states_any_finished(states + some.first, some.count)) {
            TRY(row_slab_read(&slab, reader, some.first, some.count, error));
            states_verify(&slab, states, torn);
        }
    }
    return STATUS_OK;
}

/* Moves the byte of every row to the place of its job; jobs of other shards get `other`. A row's
 * number is at most its job's, so that moving from the end overwrites nothing. */
static void states_spread(const struct shard *shard, uint8_t other, uint8_t *bytes) {
    int64_t end = shard->jobs;
    for (int64_t row = shard_rows(shard) - 1; row >= 0; row--) {
        int64_t job = shard_job(shard, row);
        uint8_t own = bytes[row];
        memset(bytes + job, other, (size_t)(end - job));
        bytes[job] = own;
        end = job;
    }
    memset(bytes, other, (size_t)end);
}

enum status results_states(const char *path, const struct results_layout *layout, uint8_t *states,
                           int64_t *torn, struct error *error) {
    SCOPED(reader_release) struct results_reader *reader = NULL;
    TRY(reader_open(path, &reader, error));
    TRY(records_cover(reader, layout, error));
    TRY(states_read(reader, states, torn, error));
    states_spread(&reader->shard, ROW_ELSEWHERE, states);
    return STATUS_OK;
}

enum status results_attempts(const char *path, uint8_t *attempts, off_t *place,
                             struct error *error) {
    SCOPED(reader_release) struct results_reader *reader = NULL;
    TRY(reader_open(path, &reader, error));
    TRY(reader_column(reader, VARIABLE_ATTEMPTS, HDF_UINT8, 0, reader->job_count, attempts, error));
    TRY_WITHIN(hdf_place(reader->file, VARIABLE_ATTEMPTS, place, error), error, "%s", path);
    states_spread(&reader->shard, 0, attempts);
    return STATUS_OK;
}
