#include "store/origin.h"

enum status origin_of_sweep(const struct sweep *sweep, const struct shard *shard,
                            struct arena *arena, struct results_origin *origin,
                            struct error *error) {
    struct results_axis *axes;
    const char **names;
    TRY(ARENA_NEW(arena, axes, sweep->column_count, error));
    TRY(ARENA_NEW(arena, names, sweep->score_count, error));
    for (size_t i = 0; i < sweep->column_count; i++) {
        axes[i] = results_axis_of(&sweep->columns[i]);
    }
    for (size_t i = 0; i < sweep->score_count; i++) {
        names[i] = sweep->scores[i]->component.name;
    }
    *origin = (struct results_origin){.name = sweep->name,
                                      .text = sweep->text,
                                      .path = sweep->path,
                                      .overrides = sweep->overrides,
                                      .sweeps = 1,
                                      .seed = sweep->seed,
                                      .fingerprint = sweep->fingerprint,
                                      .shard = *shard,
                                      .axis_count = sweep->column_count,
                                      .axes = axes,
                                      .score_count = sweep->score_count,
                                      .scores = names};
    return STATUS_OK;
}
