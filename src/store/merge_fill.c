#include "store/merge_fill.h"

#include "store/format.h"
#include "store/merge_index.h"
#include "store/merge_rows.h"
#include "store/slab.h"

#include <string.h>

struct filling {
    const struct merge_fill *request;
    struct merge_window window;
    struct row_slab slab;         /* of an input */
    struct merge_target *targets; /* [room of the slab], where rows go by hash */
    int64_t done, all;            /* rows of inputs */
};

static void merge_fill_advance(struct filling *filling, int64_t rows) {
    const struct merge_fill *request = filling->request;
    filling->done += rows;
    if (request->show != NULL) {
        request->show(request->show_context, filling->done, filling->all);
    }
}

/* The first row of a shard whose job is `job` or a later one. */
static int64_t merge_fill_row_from(const struct shard *shard, int64_t job) {
    int64_t row = shard_row(shard, job);
    int64_t rows = shard_rows(shard);
    return row < rows && shard_job(shard, row) < job ? row + 1 : row < rows ? row : rows;
}

/* Rows of one input whose jobs are in the window. */
static enum status merge_fill_window(struct filling *filling, size_t input, struct error *error) {
    const struct row_slab *window = &filling->window.rows;
    const struct merge_input *from = &filling->request->inputs->list[input];
    const struct shard *shard = &from->reader->shard;
    const int64_t first = merge_fill_row_from(shard, window->first);
    const int64_t end = merge_fill_row_from(shard, window->first + window->count);
    if (end <= first) {
        return STATUS_OK;
    }
    TRY(merge_rows_read(from, first, end - first, &filling->slab, error));
    for (int64_t i = 0; i < end - first; i++) {
        TRY(merge_window_offer(&filling->window, input, &filling->slab, i,
                               shard_job(shard, first + i), error));
    }
    merge_fill_advance(filling, end - first);
    return STATUS_OK;
}

/* Files of one sweep: window after window, each from all inputs. */
static enum status merge_fill_by_number(struct filling *filling, struct error *error) {
    struct merge_window *window = &filling->window;
    for (struct slab slab = slab_first(window->row_count, window->rows.room); slab.count > 0;
         slab_next(&slab)) {
        TRY(merge_window_move(window, slab.first, error));
        for (size_t k = 0; k < filling->request->inputs->count; k++) {
            TRY(merge_fill_window(filling, k, error));
        }
        if (filling->request->sweep != NULL) {
            TRY(merge_window_complete(window, filling->request->sweep, error));
        }
    }
    return STATUS_OK;
}

/* One slab of one input, in the order of the merged file. */
static enum status merge_fill_from_slab(struct filling *filling, size_t input,
                                        struct error *error) {
    const struct row_slab *slab = &filling->slab;
    struct merge_window *window = &filling->window;
    merge_index_targets(filling->request->jobs, slab->hashes, slab->count, filling->targets);
    for (int64_t i = 0; i < slab->count; i++) {
        const struct merge_target *target = &filling->targets[i];
        bool inside = window->rows.count > 0 && target->row >= window->rows.first &&
                      target->row < window->rows.first + window->rows.count;
        if (!inside) {
            TRY(merge_window_move(window, target->row, error));
        }
        TRY(merge_window_offer(window, input, slab, target->index, target->row, error));
    }
    merge_fill_advance(filling, slab->count);
    return STATUS_OK;
}

/* Files of different sweeps: input after input, each to wherever its jobs are. */
static enum status merge_fill_by_hash(struct filling *filling, struct error *error) {
    const struct merge_inputs *inputs = filling->request->inputs;
    for (size_t k = 0; k < inputs->count; k++) {
        const struct merge_input *from = &inputs->list[k];
        for (struct slab slab = slab_first(from->reader->job_count, filling->slab.room);
             slab.count > 0; slab_next(&slab)) {
            TRY(merge_rows_read(from, slab.first, slab.count, &filling->slab, error));
            TRY(merge_fill_from_slab(filling, k, error));
        }
    }
    return STATUS_OK;
}

/* Bytes of the widest variable or axis of any file. */
static size_t merge_fill_widest(const struct merge_fill *request) {
    const struct results_origin *origin = &request->schema->origin;
    size_t widest = records_widest(&request->schema->layout);
    for (size_t k = 0; k < request->inputs->count; k++) {
        size_t bytes = records_widest(&request->inputs->list[k].reader->layout);
        widest = bytes > widest ? bytes : widest;
    }
    for (size_t i = 0; i < origin->axis_count; i++) {
        size_t bytes = results_axis_bytes(&origin->axes[i]);
        widest = bytes > widest ? bytes : widest;
    }
    return widest;
}

static enum status merge_fill_prepare(struct filling *filling, hid_t file, struct error *error) {
    const struct merge_fill *request = filling->request;
    const struct merge_schema *schema = request->schema;
    const struct results_origin *origin = &schema->origin;
    const size_t widest = merge_fill_widest(request);
    for (size_t k = 0; k < request->inputs->count; k++) {
        filling->all += request->inputs->list[k].reader->job_count;
    }
    TRY(merge_window_make(schema, file, request->inputs, widest, request->arena, &filling->window,
                          error));
    TRY(row_slab_make(&filling->slab, &schema->layout, origin->axis_count, origin->axes, SLAB_ALL,
                      widest, shard_rows(&origin->shard), request->arena, error));
    return ARENA_NEW(request->arena, filling->targets, filling->slab.room, error);
}

enum status merge_fill(hid_t file, void *context, struct error *error) {
    struct merge_fill *request = context;
    struct filling filling = {.request = request};
    const struct extent job = {DIMENSION_JOB, (size_t)shard_rows(&request->schema->origin.shard)};
    TRY(parts_prepare(file, job, error));
    for (size_t k = 0; k < request->inputs->count; k++) {
        TRY(merge_input_add_parts(&request->inputs->list[k], file, error));
    }
    TRY(merge_fill_prepare(&filling, file, error));
    TRY(request->jobs == NULL ? merge_fill_by_number(&filling, error)
                              : merge_fill_by_hash(&filling, error));
    TRY(merge_window_end(&filling.window, error));
    memcpy(request->counts, filling.window.counts, sizeof request->counts);
    return STATUS_OK;
}
