#include "store/states.h"

#include "store/format.h"
#include "store/reader.h"

#include <string.h>

/* One slab of rows on its way through the checksums. */
struct slab {
    int64_t rows; /* room */
    void *scratch;
    unsigned char *records;
    int64_t *steps;
    uint64_t *checksums;
};

static enum status states_slab_new(const struct results_reader *reader, struct arena *arena,
                                   struct slab *slab, struct error *error) {
    slab->rows = reader_slab_rows(reader, &reader->layout);
    size_t rows = (size_t)slab->rows;
    slab->scratch = arena_allocate(arena, rows, reader_widest(reader), error);
    slab->records = arena_allocate(arena, rows, reader->layout.record_bytes, error);
    if (slab->scratch == NULL || slab->records == NULL) {
        return error_status(error);
    }
    TRY(ARENA_NEW(arena, slab->steps, rows, error));
    return ARENA_NEW(arena, slab->checksums, rows, error);
}

static bool states_any_finished(const uint8_t *states, int64_t count) {
    for (int64_t i = 0; i < count; i++) {
        if (states[i] != ROW_MISSING) {
            return true;
        }
    }
    return false;
}

static enum status states_verify_slab(const struct results_reader *reader, const struct slab *slab,
                                      int64_t first, int64_t count, uint8_t *states, int64_t *torn,
                                      struct error *error) {
    TRY(reader_column(reader, VARIABLE_STEPS, HDF_INT64, first, count, slab->steps, error));
    TRY(reader_column(reader, VARIABLE_CHECKSUM, HDF_UINT64, first, count, slab->checksums, error));
    TRY(reader_records(reader, &reader->layout, first, count, slab->scratch, slab->records, error));
    for (int64_t i = 0; i < count; i++) {
        const unsigned char *record = slab->records + (size_t)i * reader->layout.record_bytes;
        if (states[first + i] != ROW_MISSING &&
            (states[first + i] > ROW_QUARANTINED ||
             row_checksum(&reader->layout, record, states[first + i], slab->steps[i]) !=
                 slab->checksums[i])) {
            states[first + i] = ROW_MISSING;
            (*torn)++;
        }
    }
    return STATUS_OK;
}

static enum status states_verify_rows(const struct results_reader *reader, struct arena *arena,
                                      uint8_t *states, int64_t *torn, struct error *error) {
    struct slab slab = {0};
    TRY(states_slab_new(reader, arena, &slab, error));
    for (int64_t first = 0; first < reader->job_count; first += slab.rows) {
        int64_t left = reader->job_count - first;
        int64_t count = left < slab.rows ? left : slab.rows;
        if (states_any_finished(states + first, count)) {
            TRY(states_verify_slab(reader, &slab, first, count, states, torn, error));
        }
    }
    return STATUS_OK;
}

enum status reader_states(const struct results_reader *reader, uint8_t *states, int64_t *torn,
                          struct error *error) {
    *torn = 0;
    TRY(reader_column(reader, VARIABLE_STATE, HDF_UINT8, 0, reader->job_count, states, error));
    struct arena arena = {0};
    enum status status = states_verify_rows(reader, &arena, states, torn, error);
    arena_free(&arena);
    return status;
}

enum status reader_runs(const struct results_reader *reader, struct run_note *notes, size_t *count,
                        struct error *error) {
    int64_t started[RUN_SLOTS], ended[RUN_SLOTS], ranks[RUN_SLOTS], before[RUN_SLOTS];
    int64_t run_epochs[RUN_SLOTS] = {0};
    char hosts[RUN_SLOTS][RUN_HOSTS_BYTES];
    TRY(reader_column(reader, VARIABLE_RUN_STARTED, HDF_INT64, 0, RUN_SLOTS, started, error));
    TRY(reader_column(reader, VARIABLE_RUN_ENDED, HDF_INT64, 0, RUN_SLOTS, ended, error));
    TRY(reader_column(reader, VARIABLE_RUN_RANKS, HDF_INT64, 0, RUN_SLOTS, ranks, error));
    TRY(reader_column(reader, VARIABLE_RUN_BEFORE, HDF_INT64, 0, RUN_SLOTS, before, error));
    TRY(reader_column(reader, VARIABLE_RUN_HOSTS, HDF_LETTER, 0, RUN_SLOTS, hosts, error));
    if (reader->version >= FORMAT_WITH_INCARNATIONS) {
        TRY(reader_column(reader, VARIABLE_ROW_RUN_EPOCH, HDF_INT64, 0, RUN_SLOTS, run_epochs,
                          error));
    }
    *count = 0;
    while (*count < RUN_SLOTS && started[*count] != 0) {
        struct run_note *note = &notes[*count];
        *note = (struct run_note){.started = (double)started[*count] / RUN_TIME_UNITS,
                                  .ended = (double)ended[*count] / RUN_TIME_UNITS,
                                  .ranks = ranks[*count],
                                  .finished_before = before[*count],
                                  .run_epoch = run_epochs[*count]};
        memcpy(note->hosts, hosts[*count], sizeof note->hosts);
        note->hosts[sizeof note->hosts - 1] = '\0';
        (*count)++;
    }
    return STATUS_OK;
}

/* Moves a byte a row to the place of its job; the jobs of other shards get `other`. Rows never lie
 * behind their jobs, so that going from the end loses none. */
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
    struct results_reader *reader;
    TRY(reader_open(path, &reader, error));
    enum status status = reader_covers(reader, layout, error);
    status = status == STATUS_OK ? reader_states(reader, states, torn, error) : status;
    if (status == STATUS_OK) {
        states_spread(&reader->shard, ROW_ELSEWHERE, states);
    }
    reader_close(reader);
    return status;
}

enum status results_next_run(const char *path, int64_t *slot, struct error *error) {
    struct results_reader *reader;
    struct run_note notes[RUN_SLOTS];
    size_t count;
    TRY(reader_open(path, &reader, error));
    enum status status = reader_runs(reader, notes, &count, error);
    reader_close(reader);
    if (status == STATUS_OK) {
        *slot = count < RUN_SLOTS ? (int64_t)count : RUN_SLOTS - 1;
    }
    return status;
}

static enum status states_read_attempts(const struct results_reader *reader, uint8_t *attempts,
                                        off_t *place, struct error *error) {
    hid_t dataset;
    TRY(hdf_open_dataset(reader->file, VARIABLE_ATTEMPTS, &dataset, error));
    enum status status = hdf_read_rows(dataset, HDF_UINT8, 0, reader->job_count, attempts, error);
    haddr_t offset = H5Dget_offset(dataset);
    if (status == STATUS_OK && offset == HADDR_UNDEF) {
        status = hdf_fail(error, STATUS_STORAGE, "variable %s has no place", VARIABLE_ATTEMPTS);
    }
    *place = (off_t)offset;
    hdf_close(dataset);
    return status == STATUS_OK ? status : error_prefix(error, "%s", reader->path);
}

enum status results_attempts(const char *path, uint8_t *attempts, off_t *place,
                             struct error *error) {
    struct results_reader *reader;
    TRY(reader_open(path, &reader, error));
    enum status status = states_read_attempts(reader, attempts, place, error);
    if (status == STATUS_OK) {
        states_spread(&reader->shard, 0, attempts);
    }
    reader_close(reader);
    return status;
}
