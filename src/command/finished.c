#include "command/finished.h"
#include "store/create.h"
#include "store/match.h"
#include "store/row.h"
#include "store/states.h"

#include <unistd.h>

enum status finished_nothing(const struct shard *shard, struct arena *arena, const uint8_t **states,
                             struct error *error) {
    uint8_t *found;
    *states = NULL; /* a whole sweep has nothing finished, whatever its size */
    if (shard->count == 1) {
        return STATUS_OK;
    }
    TRY(ARENA_NEW(arena, found, shard->jobs, error));
    for (int64_t job = 0; job < shard->jobs; job++) {
        found[job] = shard_has(shard, job) ? ROW_MISSING : ROW_ELSEWHERE;
    }
    *states = found;
    return STATUS_OK;
}

enum status finished_jobs(const char *path, const struct sweep *sweep, const struct shard *shard,
                          const struct results_layout *layout, struct arena *arena,
                          const uint8_t **states, int64_t *finished, struct error *error) {
    uint8_t *found;
    int64_t torn;
    *finished = 0;
    if (access(path, F_OK) != 0) {
        TRY(results_creatable(path, error));
        return finished_nothing(shard, arena, states, error);
    }
    TRY(results_match(path, sweep, shard, layout, error));
    TRY(ARENA_NEW(arena, found, sweep->job_count, error));
    TRY(results_states(path, layout, found, &torn, error));
    for (int64_t job = 0; job < sweep->job_count; job++) {
        *finished += found[job] != ROW_MISSING && found[job] != ROW_ELSEWHERE;
    }
    *states = found;
    return STATUS_OK;
}
