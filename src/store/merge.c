#include "store/merge.h"

#include "store/format.h"
#include "store/make.h"
#include "store/merge_index.h"
#include "store/merge_window.h"

#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

enum { OTHER_FILES = 32 }; /* that a process has open besides, with room to spare */

struct merge {
    struct arena arena;
    const char *output;
    size_t input_count;
    struct merge_input *inputs;
    size_t same_count;
    bool aligned;
    struct merge_settings settings; /* none if aligned */
    size_t sweep_count;
    struct merge_sweep *sweeps;
    struct merge_schema schema;
    struct hash_table jobs; /* by their hashes, in the order of rows, unless aligned */
};

/* What the file is filled with, and by which means. */
struct filling {
    struct merge *merge;
    const struct sweep *sweep; /* tells the jobs of shards that are not there; or NULL */
    struct merge_progress progress;
    struct merge_window window;
    struct merge_rows slab;
    struct merge_target *targets; /* [room of the slab], unless aligned */
    int64_t done, all;            /* rows of inputs */
};

/* Which file a path leads to, through links of either kind. */
struct identity {
    dev_t device;
    ino_t number;
};

static bool merge_identify(const char *path, struct identity *identity) {
    struct stat found;
    bool there = stat(path, &found) == 0;
    *identity = there ? (struct identity){found.st_dev, found.st_ino} : (struct identity){0};
    return there;
}

static bool merge_is_same(const struct identity *a, const struct identity *b) {
    return a->device == b->device && a->number == b->number;
}

static enum status merge_check_output(const char *output, const char *const *paths, size_t count,
                                      struct error *error) {
    struct identity own;
    struct stat link;
    bool there = merge_identify(output, &own);
    for (size_t k = 0; k < count; k++) {
        struct identity other;
        if (there && merge_identify(paths[k], &other) && merge_is_same(&own, &other)) {
            return error_set(
                error, STATUS_BAD_INPUT,
                "cannot merge a file into itself: %s is %s; give the merged file a "
                "name of its own",
                output, strcmp(output, paths[k]) == 0 ? "one of the files to be merged" : paths[k]);
        }
    }
    return there || lstat(output, &link) == 0
               ? error_set(error, STATUS_BAD_INPUT,
                           "%s exists already and is not replaced; give the merged file a new name",
                           output)
               : STATUS_OK;
}

/* Lets the process open as many files as are given, where the system allows that. */
static enum status merge_allow_files(size_t count, struct error *error) {
    struct rlimit limit;
    const rlim_t wanted = (rlim_t)count + OTHER_FILES;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= wanted) {
        return STATUS_OK;
    }
    rlim_t most = limit.rlim_max;
    limit.rlim_cur = wanted < most ? wanted : most;
    if (most < wanted || setrlimit(RLIMIT_NOFILE, &limit) != 0) {
        return error_set(error, STATUS_SYSTEM,
                         "a process may open only %llu files here (ulimit -n), and %zu are to be "
                         "merged: merge some of them first, and then what came out",
                         (unsigned long long)most, count);
    }
    return STATUS_OK;
}

/* All files are opened before any is read: what is open stays where it lies in memory, and would
 * keep what reading gives back from being used again. */
static enum status merge_open_inputs(struct merge *merge, const char *const *paths, size_t count,
                                     struct error *error) {
    struct identity *known;
    TRY(merge_allow_files(count, error));
    TRY(ARENA_NEW(&merge->arena, known, count, error));
    TRY(ARENA_NEW(&merge->arena, merge->inputs, count, error));
    for (size_t k = 0; k < count; k++) {
        struct merge_input *input = &merge->inputs[merge->input_count];
        bool same = false;
        bool there = merge_identify(paths[k], &known[merge->input_count]);
        for (size_t i = 0; there && i < merge->input_count; i++) {
            same = same || merge_is_same(&known[i], &known[merge->input_count]);
        }
        if (same) {
            merge->same_count++;
            continue;
        }
        merge->input_count++;
        TRY(reader_open(paths[k], &input->reader, error));
    }
    return STATUS_OK;
}

static enum status merge_read_inputs(struct merge *merge, struct error *error) {
    int64_t part = 1;
    for (size_t k = 0; k < merge->input_count; k++) {
        TRY(merge_input_read(&merge->inputs[k], part, &merge->arena, error));
        part += (int64_t)merge->inputs[k].part_count;
    }
    return STATUS_OK;
}

/* Lists the shards that no input is, unless one holds the whole sweep; "" for none. */
static enum status merge_list_missing(struct merge *merge, const char **list, struct error *error) {
    const int64_t count = merge->inputs[0].reader->shard.count;
    const int64_t named_most = 8;
    int64_t missing = 0;
    unsigned char *given;
    *list = "";
    TRY(ARENA_NEW(&merge->arena, given, count, error));
    for (size_t k = 0; k < merge->input_count; k++) {
        const struct shard *shard = &merge->inputs[k].reader->shard;
        if (shard->count != count || shard->count == 1) {
            return STATUS_OK;
        }
        given[shard->index] = 1;
    }
    for (int64_t i = 0; i < count; i++) {
        missing += given[i] == 0;
        if (given[i] == 0 && missing <= named_most) {
            *list = arena_format(&merge->arena, error, "%s%s%lld/%lld", *list,
                                 missing == 1 ? "" : ", ", (long long)i + 1, (long long)count);
        } else if (missing == named_most + 1 && given[i] == 0) {
            *list = arena_format(&merge->arena, error, "%s, …", *list);
        }
        if (*list == NULL) {
            return error_status(error);
        }
    }
    return STATUS_OK;
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

/* Of files of one sweep, that one is wanted if some of its jobs are in none of them. */
static enum status merge_list_sweeps(struct merge *merge, struct error *error) {
    const char *missing = "";
    if (merge->aligned) {
        TRY(merge_list_missing(merge, &missing, error));
    } else {
        TRY(merge_settings_list(&merge->settings, merge->inputs, merge->input_count, &merge->arena,
                                error));
    }
    TRY(ARENA_NEW(&merge->arena, merge->sweeps, merge->settings.count + 1, error));
    if (missing[0] != '\0') {
        merge_add_sweep(merge, &merge->inputs[0].parts[0], missing);
    }
    for (size_t s = 0; s < merge->settings.count; s++) {
        merge_add_sweep(merge, merge->settings.parts[s], "");
    }
    return STATUS_OK;
}

static enum status merge_prepare(struct merge *merge, const char *const *paths, size_t count,
                                 struct error *error) {
    TRY(merge_check_output(merge->output, paths, count, error));
    TRY(merge_open_inputs(merge, paths, count, error));
    TRY(merge_check_shards(merge->inputs, merge->input_count, error));
    TRY(merge_read_inputs(merge, error));
    merge->aligned = merge_is_aligned(merge->inputs, merge->input_count);
    if (!merge->aligned) {
        TRY(merge_index_make(merge->inputs, merge->input_count, &merge->arena, &merge->jobs,
                             error));
    }
    return merge_list_sweeps(merge, error);
}

enum status merge_open(const char *output, const char *const *paths, size_t count,
                       struct merge **opened, struct error *error) {
    *opened = NULL;
    struct merge *merge = calloc(1, sizeof *merge);
    if (merge == NULL) {
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    }
    merge->output = output;
    enum status status = merge_prepare(merge, paths, count, error);
    if (status != STATUS_OK) {
        merge_close(merge);
        return status;
    }
    *opened = merge;
    return STATUS_OK;
}

const struct merge_sweep *merge_sweeps(const struct merge *merge, size_t *count) {
    *count = merge->sweep_count;
    return merge->sweeps;
}

static void merge_advance(struct filling *filling, int64_t rows) {
    filling->done += rows;
    if (filling->progress.show != NULL) {
        filling->progress.show(filling->progress.context, filling->done, filling->all);
    }
}

/* The first row of a shard whose job is `job` or a later one. */
static int64_t merge_row_from(const struct shard *shard, int64_t job) {
    int64_t row = shard_row(shard, job);
    int64_t rows = shard_rows(shard);
    return row < rows && shard_job(shard, row) < job ? row + 1 : row < rows ? row : rows;
}

/* Rows of one input whose jobs are in the window. */
static enum status merge_fill_window_from(struct filling *filling, size_t input,
                                          struct error *error) {
    const struct merge_rows *window = &filling->window.rows;
    const struct merge_input *from = &filling->merge->inputs[input];
    const struct shard *shard = &from->reader->shard;
    const int64_t first = merge_row_from(shard, window->first);
    const int64_t end = merge_row_from(shard, window->first + window->count);
    if (end <= first) {
        return STATUS_OK;
    }
    TRY(merge_rows_take(&filling->slab, from, first, end - first, error));
    for (int64_t i = 0; i < end - first; i++) {
        TRY(merge_window_offer(&filling->window, input, &filling->slab, i,
                               shard_job(shard, first + i), error));
    }
    merge_advance(filling, end - first);
    return STATUS_OK;
}

/* Files of one sweep: window after window, each from all inputs. */
static enum status merge_fill_aligned(struct filling *filling, struct error *error) {
    struct merge_window *window = &filling->window;
    for (int64_t first = 0; first < window->row_count; first += window->rows.room) {
        TRY(merge_window_move(window, first, error));
        for (size_t k = 0; k < filling->merge->input_count; k++) {
            TRY(merge_fill_window_from(filling, k, error));
        }
        if (filling->sweep != NULL) {
            TRY(merge_window_complete(window, filling->sweep, error));
        }
    }
    return STATUS_OK;
}

/* One slab of one input, in the order of the merged file. */
static enum status merge_fill_from_slab(struct filling *filling, size_t input,
                                        struct error *error) {
    const struct merge_rows *slab = &filling->slab;
    struct merge_window *window = &filling->window;
    merge_index_targets(&filling->merge->jobs, slab->hashes, slab->count, filling->targets);
    for (int64_t i = 0; i < slab->count; i++) {
        const struct merge_target *target = &filling->targets[i];
        bool inside = window->rows.count > 0 && target->row >= window->rows.first &&
                      target->row < window->rows.first + window->rows.count;
        if (!inside) {
            TRY(merge_window_move(window, target->row, error));
        }
        TRY(merge_window_offer(window, input, slab, target->index, target->row, error));
    }
    merge_advance(filling, slab->count);
    return STATUS_OK;
}

/* Files of different sweeps: input after input, each to wherever its jobs are. */
static enum status merge_fill_by_hash(struct filling *filling, struct error *error) {
    for (size_t k = 0; k < filling->merge->input_count; k++) {
        const struct merge_input *from = &filling->merge->inputs[k];
        const int64_t rows = from->reader->job_count;
        for (int64_t first = 0; first < rows; first += filling->slab.room) {
            int64_t left = rows - first;
            TRY(merge_rows_take(&filling->slab, from, first,
                                left < filling->slab.room ? left : filling->slab.room, error));
            TRY(merge_fill_from_slab(filling, k, error));
        }
    }
    return STATUS_OK;
}

static size_t merge_larger(size_t a, size_t b) {
    return a > b ? a : b;
}

/* Bytes of the widest variable or text of any file. */
static size_t merge_widest(const struct merge *merge) {
    size_t bytes = sizeof(uint64_t);
    for (size_t k = 0; k < merge->input_count; k++) {
        bytes = merge_larger(bytes, reader_widest(merge->inputs[k].reader));
    }
    for (size_t i = 0; i < merge->schema.origin.axis_count; i++) {
        bytes = merge_larger(bytes, axis_bytes(&merge->schema.origin.axes[i]));
    }
    for (size_t i = 0; i < merge->schema.layout.variable_count; i++) {
        bytes = merge_larger(bytes, variable_bytes(&merge->schema.layout.variables[i]));
    }
    return bytes;
}

static enum status merge_prepare_filling(struct filling *filling, hid_t file, struct error *error) {
    struct merge *merge = filling->merge;
    const struct merge_schema *schema = &merge->schema;
    const int64_t room = merge_rows_room(schema);
    for (size_t k = 0; k < merge->input_count; k++) {
        filling->all += merge->inputs[k].reader->job_count;
    }
    TRY(merge_window_make(schema, file, merge->inputs, merge->input_count, room,
                          merge_widest(merge), &merge->arena, &filling->window, error));
    TRY(merge_rows_make(schema, room, merge_widest(merge), &merge->arena, &filling->slab, error));
    return ARENA_NEW(&merge->arena, filling->targets, merge->aligned ? 1 : room, error);
}

static enum status merge_fill(hid_t file, void *context, struct error *error) {
    struct filling *filling = context;
    const struct merge *merge = filling->merge;
    const struct extent job = {DIMENSION_JOB, (size_t)shard_rows(&merge->schema.origin.shard)};
    TRY(parts_prepare(file, job, error));
    for (size_t k = 0; k < merge->input_count; k++) {
        TRY(merge_input_add_parts(&merge->inputs[k], file, error));
    }
    TRY(merge_prepare_filling(filling, file, error));
    TRY(merge->aligned ? merge_fill_aligned(filling, error) : merge_fill_by_hash(filling, error));
    return merge_window_end(&filling->window, error);
}

static enum status merge_summarise(struct merge *merge, const struct merge_window *window,
                                   struct merge_summary *summary, struct error *error) {
    *summary = (struct merge_summary){.sweeps = merge->schema.origin.sweeps,
                                      .jobs = window->row_count,
                                      .done = window->counts[ROW_DONE],
                                      .diverged = window->counts[ROW_DIVERGED],
                                      .quarantined = window->counts[ROW_QUARANTINED],
                                      .input_count = merge->input_count,
                                      .same_count = merge->same_count};
    summary->missing = summary->jobs - summary->done - summary->diverged - summary->quarantined;
    TRY(ARENA_NEW(&merge->arena, summary->inputs, merge->input_count, error));
    for (size_t k = 0; k < merge->input_count; k++) {
        const struct merge_input *input = &merge->inputs[k];
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
        merge->aligned ? merge->inputs[0].reader->shard.jobs : (int64_t)merge->jobs.count;
    TRY(merge_settings_share(&merge->settings, sweeps, merge->inputs, merge->input_count,
                             &merge->arena, error));
    return merge_unite(merge->inputs, merge->input_count, &merge->settings, rows, &merge->arena,
                       &merge->schema, error);
}

enum status merge_write(struct merge *merge, const struct sweep *const *sweeps,
                        struct merge_progress progress, struct merge_summary *summary,
                        struct error *error) {
    bool complete = !merge->aligned || merge->sweep_count == 0;
    struct filling filling = {
        .merge = merge, .sweep = complete ? NULL : sweeps[0], .progress = progress};
    TRY(merge_unite_all(merge, sweeps, error));
    struct make_request request = {.origin = &merge->schema.origin,
                                   .layout = &merge->schema.layout,
                                   .fill = merge_fill,
                                   .context = &filling};
    request.more_bytes = (uint64_t)shard_rows(&merge->schema.origin.shard) * sizeof(int64_t);
    for (size_t k = 0; k < merge->input_count; k++) {
        for (size_t p = 0; p < merge->inputs[k].part_count; p++) {
            request.more_bytes += parts_size_bound(&merge->inputs[k].parts[p]);
        }
    }
    TRY(make_file(merge->output, &request, error));
    return merge_summarise(merge, &filling.window, summary, error);
}

void merge_close(struct merge *merge) {
    if (merge == NULL) {
        return;
    }
    for (size_t k = 0; k < merge->input_count; k++) {
        merge_input_close(&merge->inputs[k]);
    }
    arena_free(&merge->arena);
    free(merge);
}

void merge_release(struct merge **merge) {
    merge_close(*merge);
}
