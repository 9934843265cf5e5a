#include "store/reuse.h"

#include "base/hash_table.h"
#include "store/format.h"
#include "store/results.h"
#include "store/row_slab.h"
#include "store/slab.h"
#include "store/states.h"

#include <mpi.h>

enum { NO_ROW = -1 };

/* The missing rows of the file to be filled. */
struct gaps {
    struct shard shard;       /* whose jobs the rows are */
    struct hash_table hashes; /* of missing rows */
    int64_t *first;           /* [hashes.count] row of that hash */
    int64_t *next;            /* [row] of the same hash, or NO_ROW: cases of a sweep may overlap */
};

/* The file is closed again before it is written. */
static enum status reuse_find_gaps(const char *path, const uint8_t *states, struct arena *arena,
                                   struct gaps *gaps, struct error *error) {
    SCOPED(reader_release) struct results_reader *reader = NULL;
    const uint64_t *hashes;
    TRY(reader_open(path, &reader, error));
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

/* Copying into one file from another. */
struct transfer {
    const struct gaps *gaps;
    struct results *results;
    const uint8_t *older_states; /* of the older file's rows */
    uint8_t *states;             /* of the sweep's jobs */
    struct row_slab slab;        /* of the older file */
    struct row *rows;            /* [slab.room], to be written */
    size_t pending;
    int64_t copied;
};

static enum status reuse_flush(struct transfer *transfer, struct error *error) {
    TRY(results_write(transfer->results, transfer->rows, transfer->pending, error));
    for (size_t i = 0; i < transfer->pending; i++) {
        transfer->states[transfer->rows[i].job] = (uint8_t)transfer->rows[i].state;
    }
    transfer->copied += (int64_t)transfer->pending;
    transfer->pending = 0;
    return STATUS_OK;
}

static bool reuse_is_wanted(uint8_t state) {
    return state == ROW_DONE || state == ROW_DIVERGED;
}

/* Writes row `index` of the slab to every missing row of its hash. */
static enum status reuse_copy_row(struct transfer *transfer, int64_t index, struct error *error) {
    const struct row_slab *slab = &transfer->slab;
    const struct gaps *gaps = transfer->gaps;
    size_t number;
    if (!hash_table_find(&gaps->hashes, slab->hashes + index * HASH_WORDS, &number)) {
        return STATUS_OK;
    }
    for (int64_t row = gaps->first[number]; row != NO_ROW; row = gaps->next[row]) {
        const int64_t job = shard_job(&gaps->shard, row);
        if (transfer->states[job] != ROW_MISSING) {
            continue;
        }
        transfer->rows[transfer->pending++] =
            (struct row){job, (enum row_state)transfer->older_states[slab->first + index],
                         slab->steps[index], slab->seconds[index], row_slab_record(slab, index)};
        if (transfer->pending == (size_t)slab->room) {
            TRY(reuse_flush(transfer, error));
        }
    }
    return STATUS_OK;
}

static enum status reuse_copy_rows(struct transfer *transfer, const struct results_reader *older,
                                   struct error *error) {
    struct row_slab *slab = &transfer->slab;
    for (struct slab some = slab_first(older->job_count, slab->room); some.count > 0;
         slab_next(&some)) {
        bool read = false;
        for (int64_t i = 0; i < some.count; i++) {
            if (!reuse_is_wanted(transfer->older_states[some.first + i])) {
                continue;
            }
            if (!read) {
                TRY(row_slab_read(slab, older, some.first, some.count, error));
                read = true;
            }
            TRY(reuse_copy_row(transfer, i, error));
        }
        TRY(reuse_flush(transfer, error));
    }
    return STATUS_OK;
}

static enum status reuse(const char *path, const struct results_reader *older,
                         const struct results_layout *layout, int64_t run_epoch, uint8_t *states,
                         int64_t *copied, struct error *error) {
    SCOPED(arena_free) struct arena arena = {0};
    struct gaps gaps;
    struct transfer transfer = {.gaps = &gaps, .states = states};
    uint8_t *older_states;
    int64_t torn;
    TRY(records_cover(older, layout, error));
    TRY(reuse_find_gaps(path, states, &arena, &gaps, error));
    TRY(ARENA_NEW(&arena, older_states, older->job_count, error));
    TRY(states_read(older, older_states, &torn, error));
    transfer.older_states = older_states;
    TRY(row_slab_make(&transfer.slab, layout, 0, NULL, SLAB_HASHES | SLAB_STEPS | SLAB_SECONDS,
                      records_widest(&older->layout), older->job_count, &arena, error));
    TRY(ARENA_NEW(&arena, transfer.rows, transfer.slab.room, error));
    TRY(results_open(path, layout, run_epoch, MPI_COMM_SELF, &transfer.results, error));
    enum status status = reuse_copy_rows(&transfer, older, error);
    struct error second;
    enum status closed = results_close(transfer.results, status == STATUS_OK ? error : &second);
    *copied = transfer.copied;
    return status == STATUS_OK ? closed : status;
}

enum status results_reusable(const char *older, const struct results_layout *layout,
                             struct error *error) {
    SCOPED(reader_release) struct results_reader *reader = NULL;
    TRY(reader_open(older, &reader, error));
    TRY_WITHIN(records_cover(reader, layout, error), error, "cannot reuse %s", older);
    return STATUS_OK;
}

enum status results_reuse(const char *path, const char *older, const struct results_layout *layout,
                          int64_t run_epoch, uint8_t *states, int64_t *copied,
                          struct error *error) {
    SCOPED(reader_release) struct results_reader *reader = NULL;
    *copied = 0;
    TRY(reader_open(older, &reader, error));
    TRY_WITHIN(reuse(path, reader, layout, run_epoch, states, copied, error), error,
               "cannot reuse %s", older);
    return STATUS_OK;
}
