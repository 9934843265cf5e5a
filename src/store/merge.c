#include "store/merge.h"

#include "store/make.h"
#include "store/merge_files.h"
#include "store/merge_fill.h"
#include "store/merge_index.h"

#include <stdlib.h>

struct merge {
    struct arena arena;
    const char *output;
    struct merge_inputs inputs;
    bool aligned;
    struct merge_settings settings; /* none if aligned */
    size_t sweep_count;
    struct merge_sweep *sweeps;
    struct merge_schema schema;
    struct hash_table jobs; /* by their hashes, in the order of rows, unless aligned */
};

static enum status merge_read_inputs(struct merge *merge, struct error *error) {
    int64_t part = 1;
    for (size_t k = 0; k < merge->inputs.count; k++) {
        TRY(merge_input_read(&merge->inputs.list[k], part, &merge->arena, error));
        part += (int64_t)merge->inputs.list[k].part_count;
    }
    return STATUS_OK;
}

/* Lists the shards that no input is, unless one holds the whole sweep; "" for none. */
static enum status merge_list_missing(struct merge *merge, const char **list, struct error *error) {
    enum { NAMED_MAX = 8 };
    const int64_t count = merge->inputs.list[0].reader->shard.count;
    int64_t missing = 0;
    unsigned char *given;
    *list = "";
    TRY(ARENA_NEW(&merge->arena, given, count, error));
    for (size_t k = 0; k < merge->inputs.count; k++) {
        const struct shard *shard = &merge->inputs.list[k].reader->shard;
        if (shard->count != count || shard->count == 1) {
            return STATUS_OK;
        }
        given[shard->index] = 1;
    }
    for (int64_t i = 0; i < count && missing <= NAMED_MAX; i++) {
        missing += given[i] == 0;
        if (given[i] == 0 && missing <= NAMED_MAX) {
            TRY(arena_append(&merge->arena, list, ", ", error, "%lld/%lld", (long long)i + 1,
                             (long long)count));
        }
    }
    return missing > NAMED_MAX ? arena_append(&merge->arena, list, ", ", error, "…") : STATUS_OK;
}

static void merge_add_sweep(struct merge *merge, const struct results_part *part,
                            const char *missing) {
    merge->sweeps[merge->sweep_count++] = (struct merge_sweep){.text = part->yaml,
                                                               .path = part->file,
                                                               .overrides = part->overrides,
                                                               .part = part->path,
                                                               .fingerprint = part->fingerprint,
                                                               .missing = missing};
}

/* Of files of one sweep, that sweep is wanted if some of its jobs are in none of them. */
static enum status merge_list_sweeps(struct merge *merge, struct error *error) {
    const char *missing = "";
    if (merge->aligned) {
        TRY(merge_list_missing(merge, &missing, error));
    } else {
        TRY(merge_settings_list(&merge->settings, &merge->inputs, &merge->arena, error));
    }
    TRY(ARENA_NEW(&merge->arena, merge->sweeps, merge->settings.count + 1, error));
    if (missing[0] != '\0') {
        merge_add_sweep(merge, &merge->inputs.list[0].parts[0], missing);
    }
    for (size_t s = 0; s < merge->settings.count; s++) {
        merge_add_sweep(merge, merge->settings.parts[s], "");
    }
    return STATUS_OK;
}

enum status merge_open(const char *output, const char *const *paths, size_t count,
                       struct merge **opened, struct error *error) {
    *opened = NULL;
    TRY(merge_files_check_output(output, paths, count, error));
    SCOPED(merge_release) struct merge *merge = calloc(1, sizeof *merge);
    if (merge == NULL) {
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    }
    merge->output = output;
    TRY(merge_files_open(paths, count, &merge->arena, &merge->inputs, error));
    TRY(merge_check_shards(&merge->inputs, error));
    TRY(merge_read_inputs(merge, error));
    merge->aligned = merge_is_aligned(&merge->inputs);
    if (!merge->aligned) {
        TRY(merge_index_make(&merge->inputs, &merge->arena, &merge->jobs, error));
    }
    TRY(merge_list_sweeps(merge, error));
    *opened = merge;
    merge = NULL;
    return STATUS_OK;
}

const struct merge_sweep *merge_sweeps(const struct merge *merge, size_t *count) {
    *count = merge->sweep_count;
    return merge->sweeps;
}

static enum status merge_summarise(struct merge *merge, const int64_t counts[MERGE_STATES],
                                   struct merge_summary *summary, struct error *error) {
    const struct merge_inputs *inputs = &merge->inputs;
    *summary = (struct merge_summary){.sweeps = merge->schema.origin.sweeps,
                                      .jobs = shard_rows(&merge->schema.origin.shard),
                                      .done = counts[ROW_DONE],
                                      .diverged = counts[ROW_DIVERGED],
                                      .quarantined = counts[ROW_QUARANTINED],
                                      .input_count = inputs->count,
                                      .same_count = inputs->same_count};
    summary->missing = summary->jobs - summary->done - summary->diverged - summary->quarantined;
    TRY(ARENA_NEW(&merge->arena, summary->inputs, inputs->count, error));
    for (size_t k = 0; k < inputs->count; k++) {
        const struct merge_input *input = &inputs->list[k];
        summary->inputs[k] = (struct merge_report){.path = input->reader->path,
                                                   .shard = input->reader->shard,
                                                   .rows = input->reader->job_count,
                                                   .finished = input->finished,
                                                   .torn = input->torn,
                                                   .taken = input->taken,
                                                   .repeated = input->repeated};
    }
    return STATUS_OK;
}

static enum status merge_unite_all(struct merge *merge, const struct sweep *const *sweeps,
                                   struct error *error) {
    int64_t rows =
        merge->aligned ? merge->inputs.list[0].reader->shard.jobs : (int64_t)merge->jobs.count;
    TRY(merge_settings_share(&merge->settings, sweeps, &merge->inputs, &merge->arena, error));
    return merge_unite(&merge->inputs, &merge->settings, rows, &merge->arena, &merge->schema,
                       error);
}

/* An upper bound of what parts add to the file's size. */
static uint64_t merge_parts_bytes(const struct merge *merge) {
    uint64_t bytes = (uint64_t)shard_rows(&merge->schema.origin.shard) * sizeof(int64_t);
    for (size_t k = 0; k < merge->inputs.count; k++) {
        for (size_t p = 0; p < merge->inputs.list[k].part_count; p++) {
            bytes += parts_size_bound(&merge->inputs.list[k].parts[p]);
        }
    }
    return bytes;
}

enum status merge_write(struct merge *merge, const struct sweep *const *sweeps,
                        struct merge_progress progress, struct merge_summary *summary,
                        struct error *error) {
    bool complete = !merge->aligned || merge->sweep_count == 0;
    TRY(merge_unite_all(merge, sweeps, error));
    struct merge_fill fill = {.inputs = &merge->inputs,
                              .schema = &merge->schema,
                              .jobs = merge->aligned ? NULL : &merge->jobs,
                              .sweep = complete ? NULL : sweeps[0],
                              .show = progress.show,
                              .show_context = progress.context,
                              .arena = &merge->arena};
    const struct make_request request = {.origin = &merge->schema.origin,
                                         .layout = &merge->schema.layout,
                                         .fill = merge_fill,
                                         .context = &fill,
                                         .more_bytes = merge_parts_bytes(merge)};
    TRY(make_file(merge->output, &request, error));
    return merge_summarise(merge, fill.counts, summary, error);
}

void merge_release(struct merge **merge) {
    if (*merge != NULL) {
        merge_files_close(&(*merge)->inputs);
        arena_free(&(*merge)->arena);
        free(*merge);
        *merge = NULL;
    }
}
