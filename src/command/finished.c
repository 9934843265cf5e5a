#include "command/finished.h"

#include "store/results.h"

#include <unistd.h>

enum status finished_jobs(const char *path, const struct sweep *sweep, const struct shard *shard,
                          const struct results_layout *layout, struct arena *arena,
                          int64_t *finished, struct error *error) {
    uint8_t *states;
    int64_t torn;
    *finished = 0;
    if (access(path, F_OK) != 0) {
        return STATUS_OK;
    }
    TRY(results_match(path, sweep, shard, layout, error));
    TRY(ARENA_NEW(arena, states, sweep->job_count, error));
    TRY(results_states(path, layout, states, &torn, error));
    for (int64_t job = 0; job < sweep->job_count; job++) {
        *finished += states[job] != ROW_MISSING && states[job] != ROW_ELSEWHERE;
    }
    return STATUS_OK;
}
