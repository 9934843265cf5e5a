#include "aggregate/repeats.h"

#include "base/hash_table.h"
#include "store/format.h"
#include "store/row.h"

enum status repeats_mark(const struct results_reader *reader, uint8_t *states, int64_t *count,
                         struct error *error) {
    SCOPED(arena_free) struct arena arena = {0};
    const uint64_t *hashes;
    struct hash_table jobs;
    bool *done; /* [job]: an earlier row is */
    const size_t rows = (size_t)reader->job_count;
    *count = 0;
    TRY(reader_hashes(reader, &arena, &hashes, error));
    TRY(hash_table_make(&jobs, HASH_WORDS * sizeof *hashes, rows, &arena, error));
    TRY(ARENA_NEW(&arena, done, rows, error));
    for (size_t row = 0; row < rows; row++) {
        size_t job;
        TRY(hash_table_add(&jobs, hashes + row * HASH_WORDS, &job, error));
        if (done[job]) {
            states[row] = ROW_REPEATED;
            (*count)++;
        }
        done[job] = done[job] || states[row] == ROW_DONE;
    }
    return STATUS_OK;
}
