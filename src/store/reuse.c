#include "store/reuse.h"

#include "store/format.h"
#include "store/reader.h"

#include <mpi.h>
#include <string.h>

enum { NO_ROW = -1, LEAST_CAPACITY = 16 };

/* Rows by their job's hash: open addressing, at most half full. A grid may hold a job twice. */
struct hash_table {
    const uint64_t *hashes; /* [row][HASH_WORDS] */
    int64_t *rows;          /* [capacity] */
    size_t capacity;        /* a power of two */
};

static bool same_hash(const uint64_t *a, const uint64_t *b) {
    return memcmp(a, b, HASH_WORDS * sizeof *a) == 0;
}

static enum status table_of_missing(const uint64_t *hashes, const uint8_t *states, int64_t count,
                                    struct arena *arena, struct hash_table *table,
                                    struct error *error) {
    *table = (struct hash_table){.hashes = hashes, .capacity = LEAST_CAPACITY};
    while (table->capacity < 2 * (size_t)count) {
        table->capacity *= 2;
    }
    TRY(ARENA_NEW(arena, table->rows, table->capacity, error));
    for (size_t i = 0; i < table->capacity; i++) {
        table->rows[i] = NO_ROW;
    }
    for (int64_t row = 0; row < count; row++) {
        if (states[row] != ROW_MISSING) {
            continue;
        }
        size_t at = (size_t)hashes[row * HASH_WORDS] & (table->capacity - 1);
        while (table->rows[at] != NO_ROW) {
            at = (at + 1) & (table->capacity - 1);
        }
        table->rows[at] = row;
    }
    return STATUS_OK;
}

/* The next row with that hash from *probe on (first: the hash's first word), or NO_ROW. */
static int64_t table_next(const struct hash_table *table, const uint64_t *hash, size_t *probe) {
    for (;;) {
        int64_t row = table->rows[*probe & (table->capacity - 1)];
        (*probe)++;
        if (row == NO_ROW || same_hash(table->hashes + row * HASH_WORDS, hash)) {
            return row;
        }
    }
}

/* What one slab of the older file needs, and the rows found in it. */
struct transfer {
    const struct results_reader *older;
    const struct results_layout *layout;
    const struct hash_table *table;
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

static enum status flush(const struct transfer *transfer, size_t count, uint8_t *states,
                         int64_t *copied, struct error *error) {
    TRY(results_write(transfer->results, transfer->rows, count, error));
    for (size_t i = 0; i < count; i++) {
        states[transfer->rows[i].job] = (uint8_t)transfer->rows[i].state;
    }
    *copied += (int64_t)count;
    return STATUS_OK;
}

static bool worth_copying(uint8_t state) {
    return state == ROW_DONE || state == ROW_DIVERGED;
}

static bool any_worth_copying(const uint8_t *states, int64_t count) {
    for (int64_t i = 0; i < count; i++) {
        if (worth_copying(states[i])) {
            return true;
        }
    }
    return false;
}

static enum status copy_slab(const struct transfer *transfer, int64_t first, int64_t count,
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
        if (!worth_copying(transfer->states[first + i])) {
            continue;
        }
        size_t probe = (size_t)hash[0];
        for (int64_t row; (row = table_next(transfer->table, hash, &probe)) != NO_ROW;) {
            if (states[row] != ROW_MISSING) {
                continue;
            }
            transfer->rows[found++] =
                (struct row){row, (enum row_state)transfer->states[first + i], transfer->steps[i],
                             transfer->seconds[i],
                             transfer->records + (size_t)i * transfer->layout->record_bytes};
            if (found == transfer->row_capacity) {
                TRY(flush(transfer, found, states, copied, error));
                found = 0;
            }
        }
    }
    return flush(transfer, found, states, copied, error);
}

static enum status copy_rows(struct transfer *transfer, struct arena *arena, uint8_t *states,
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
        if (any_worth_copying(transfer->states + first, count)) {
            TRY(copy_slab(transfer, first, count, states, copied, error));
        }
    }
    return STATUS_OK;
}

static enum status read_hashes(const struct results_reader *reader, struct arena *arena,
                               const uint64_t **hashes, struct error *error) {
    uint64_t *words;
    TRY(ARENA_NEW(arena, words, reader->job_count * HASH_WORDS, error));
    *hashes = words;
    return reader_column(reader, VARIABLE_HASH, HDF_UINT64, 0, reader->job_count, words, error);
}

/* The hashes of the file that is to be filled; it is closed again before it is written. */
static enum status read_own_hashes(const char *path, struct arena *arena, const uint64_t **hashes,
                                   struct error *error) {
    struct results_reader *reader;
    TRY(reader_open(path, &reader, error));
    enum status status = read_hashes(reader, arena, hashes, error);
    reader_close(reader);
    return status;
}

static enum status reuse(const char *path, const struct results_reader *older,
                         const struct sweep *sweep, const struct results_layout *layout,
                         int64_t incarnation, struct arena *arena, uint8_t *states, int64_t *copied,
                         struct error *error) {
    struct hash_table table;
    struct transfer transfer = {.older = older, .layout = layout, .table = &table};
    const uint64_t *own_hashes;
    uint8_t *older_states;
    int64_t torn;
    TRY(reader_covers(older, layout, error));
    TRY(read_own_hashes(path, arena, &own_hashes, error));
    TRY(table_of_missing(own_hashes, states, sweep->job_count, arena, &table, error));
    TRY(read_hashes(older, arena, &transfer.hashes, error));
    TRY(ARENA_NEW(arena, older_states, older->job_count, error));
    TRY(reader_states(older, older_states, &torn, error));
    transfer.states = older_states;
    TRY(results_open(path, layout, incarnation, MPI_COMM_SELF, &transfer.results, error));
    enum status status = copy_rows(&transfer, arena, states, copied, error);
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

enum status results_reuse(const char *path, const char *older, const struct sweep *sweep,
                          const struct results_layout *layout, int64_t incarnation, uint8_t *states,
                          int64_t *copied, struct error *error) {
    struct results_reader *reader;
    struct arena arena = {0};
    *copied = 0;
    TRY(reader_open(older, &reader, error));
    enum status status =
        reuse(path, reader, sweep, layout, incarnation, &arena, states, copied, error);
    reader_close(reader);
    arena_free(&arena);
    return status == STATUS_OK ? status : error_prefix(error, "cannot reuse %s", older);
}
