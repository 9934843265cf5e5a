#include "store/reuse.h"

#include "base/hash_table.h"
#include "store/format.h"
#include "store/reader.h"
#include "store/results.h"

#include <mpi.h>
#include <string.h>

enum { NO_ROW = -1 };

/* The missing rows of the file to be filled. */
struct gaps {
    struct shard shard;       /* whose jobs the rows are */
    struct hash_table hashes; /* of missing rows */
    int64_t *first;           /* [hashes.count] row of that hash */
    int64_t *next;            /* [row] of the same hash, or NO_ROW: cases of a sweep may overlap */
};

static enum status reuse_find_gaps(const struct results_reader *reader, const uint8_t *states,
                                   struct arena *arena, struct gaps *gaps, struct error *error) {
    const uint64_t *hashes;
    const size_t rows = (size_t)reader->job_count;
    gaps->shard = reader->shard;
    TRY(reader_hashes(reader, arena, &hashes, error));
    TRY(hash_table_make(&gaps->hashes, HASH_WORDS * sizeof *hashes, rows, arena, error));
    TRY(ARENA_NEW(arena, gaps->first, rows, error));
    TRY(ARENA_NEW(arena, gaps->next, rows, error));
    for (int64_t row = reader->job_count - 1; row >= 0; row--) {
        if (states[shard_job(&gaps->shard, row)] == ROW_MISSING) {
            const size_t known = gaps->hashes.count;
            size_t number;
            TRY(hash_table_add(&gaps->hashes, hashes + row * HASH_WORDS, &number, error));
            gaps->next[row] = number < known ? gaps->first[number] : NO_ROW;
            gaps->first[number] = row;
        }
    }
    return STATUS_OK;
}

/* The file is closed again before it is written. */
static enum status reuse_read_gaps(const char *path, const uint8_t *states, struct arena *arena,
                                   struct gaps *gaps, struct error *error) {
    struct results_reader *reader;
    TRY(reader_open(path, &reader, error));
    enum status status = reuse_find_gaps(reader, states, arena, gaps, error);
    reader_close(reader);
    return status;
}

/* What one slab of the older file needs, and the rows found in it. */
struct transfer {
    const struct results_reader *older;
    const struct results_layout *layout;
    const struct gaps *gaps;
    const uint64_t *hashes; /* of the older file */
    const uint8_t *states;  /* of the older file */
    struct results *results;
    int64_t slab_rows;
    void *scratch;
    unsigned char *records;
    int64_t *steps;
    double *seconds;
    struct row *rows;
    size_t row_capacity;
};

static enum status reuse_flush(const struct transfer *transfer, size_t count, uint8_t *states,
                               int64_t *copied, struct error *error) {
    TRY(results_write(transfer->results, transfer->rows, count, error));
    for (size_t i = 0; i < count; i++) {
        states[transfer->rows[i].job] = (uint8_t)transfer->rows[i].state;
    }
    *copied += (int64_t)count;
    return STATUS_OK;
}

static bool reuse_worth_copying(uint8_t state) {
    return state == ROW_DONE || state == ROW_DIVERGED;
}

static bool reuse_any_worth_copying(const uint8_t *states, int64_t count) {
    for (int64_t i = 0; i < count; i++) {
        if (reuse_worth_copying(states[i])) {
            return true;
        }
    }
    return false;
}

static enum status reuse_copy_slab(const struct transfer *transfer, int64_t first, int64_t count,
                                   uint8_t *states, int64_t *copied, struct error *error) {
    const struct results_reader *older = transfer->older;
    TRY(reader_column(older, VARIABLE_STEPS, HDF_INT64, first, count, transfer->steps, error));
    TRY(reader_column(older, VARIABLE_SECONDS, HDF_FLOAT64, first, count, transfer->seconds,
                      error));
    TRY(reader_records(older, transfer->layout, first, count, transfer->scratch, transfer->records,
                       error));
    size_t found = 0;
    for (int64_t i = 0; i < count; i++) {
        const uint64_t *hash = transfer->hashes + (first + i) * HASH_WORDS;
        if (!reuse_worth_copying(transfer->states[first + i])) {
            continue;
        }
        size_t number;
        int64_t row = hash_table_find(&transfer->gaps->hashes, hash, &number)
                          ? transfer->gaps->first[number]
                          : NO_ROW;
        for (; row != NO_ROW; row = transfer->gaps->next[row]) {
            int64_t job = shard_job(&transfer->gaps->shard, row);
            if (states[job] != ROW_MISSING) {
                continue;
            }
            transfer->rows[found++] =
                (struct row){job, (enum row_state)transfer->states[first + i], transfer->steps[i],
                             transfer->seconds[i],
                             transfer->records + (size_t)i * transfer->layout->record_bytes};
            if (found == transfer->row_capacity) {
                TRY(reuse_flush(transfer, found, states, copied, error));
                found = 0;
            }
        }
    }
    return reuse_flush(transfer, found, states, copied, error);
}

static enum status reuse_copy_rows(struct transfer *transfer, struct arena *arena, uint8_t *states,
                                   int64_t *copied, struct error *error) {
    const struct results_reader *older = transfer->older;
    transfer->slab_rows = reader_slab_rows(older, transfer->layout);
    size_t rows = (size_t)transfer->slab_rows;
    transfer->row_capacity = rows;
    transfer->scratch = arena_allocate(arena, rows, reader_widest(older), error);
    transfer->records = arena_allocate(arena, rows, transfer->layout->record_bytes, error);
    if (transfer->scratch == NULL || transfer->records == NULL) {
        return error_status(error);
    }
    TRY(ARENA_NEW(arena, transfer->steps, rows, error));
    TRY(ARENA_NEW(arena, transfer->seconds, rows, error));
    TRY(ARENA_NEW(arena, transfer->rows, rows, error));
    for (int64_t first = 0; first < older->job_count; first += transfer->slab_rows) {
        int64_t left = older->job_count - first;
        int64_t count = left < transfer->slab_rows ? left : transfer->slab_rows;
        if (reuse_any_worth_copying(transfer->states + first, count)) {
            TRY(reuse_copy_slab(transfer, first, count, states, copied, error));
        }
    }
    return STATUS_OK;
}

static enum status reuse(const char *path, const struct results_reader *older,
                         const struct results_layout *layout, int64_t run_epoch,
                         struct arena *arena, uint8_t *states, int64_t *copied,
                         struct error *error) {
    struct gaps gaps;
    struct transfer transfer = {.older = older, .layout = layout, .gaps = &gaps};
    uint8_t *older_states;
    int64_t torn;
    TRY(reader_covers(older, layout, error));
    TRY(reuse_read_gaps(path, states, arena, &gaps, error));
    TRY(reader_hashes(older, arena, &transfer.hashes, error));
    TRY(ARENA_NEW(arena, older_states, older->job_count, error));
    TRY(reader_states(older, older_states, &torn, error));
    transfer.states = older_states;
    TRY(results_open(path, layout, run_epoch, MPI_COMM_SELF, &transfer.results, error));
    enum status status = reuse_copy_rows(&transfer, arena, states, copied, error);
    struct error second;
    enum status closed = results_close(transfer.results, status == STATUS_OK ? error : &second);
    return status == STATUS_OK ? closed : status;
}

enum status results_reusable(const char *older, const struct results_layout *layout,
                             struct error *error) {
    struct results_reader *reader;
    TRY(reader_open(older, &reader, error));
    enum status status = reader_covers(reader, layout, error);
    reader_close(reader);
    return status == STATUS_OK ? status : error_prefix(error, "cannot reuse %s", older);
}

enum status results_reuse(const char *path, const char *older, const struct results_layout *layout,
                          int64_t run_epoch, uint8_t *states, int64_t *copied,
                          struct error *error) {
    struct results_reader *reader;
    struct arena arena = {0};
    *copied = 0;
    TRY(reader_open(older, &reader, error));
    enum status status = reuse(path, reader, layout, run_epoch, &arena, states, copied, error);
    reader_close(reader);
    arena_free(&arena);
    return status == STATUS_OK ? status : error_prefix(error, "cannot reuse %s", older);
}
