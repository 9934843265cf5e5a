#include "show/merge.h"

#include "base/clock.h"
#include "base/json.h"
#include "show/progress.h"

#include <stdio.h>
#include <unistd.h>

enum { INPUTS_SHOWN = 12 };

static const double interval = 0.1; /* seconds between two pictures */

static void merge_draw(void *context, int64_t done, int64_t all) {
    const double percent = 100.0;
    struct merge_line *line = context;
    double now = clock_seconds();
    if (line->shown && now - line->before >= interval) {
        (void)fprintf(stderr, "\rmerging %lld rows: %3.0f %%", (long long)all,
                      percent * (double)done / (double)all);
        (void)fflush(stderr);
        line->before = now;
        line->begun = true;
    }
}

struct merge_progress merge_line_begin(struct merge_line *line) {
    *line = (struct merge_line){.shown = stream_reaches_terminal(STDERR_FILENO),
                                .before = clock_seconds()};
    return (struct merge_progress){merge_draw, line};
}

void merge_line_end(const struct merge_line *line) {
    if (line->begun) {
        (void)fputs("\r\033[K", stderr);
    }
}

static void merge_print_input(const struct merge_report *input) {
    printf("  %s", input->path);
    if (input->shard.count > 1) {
        printf(" (shard %lld/%lld)", (long long)input->shard.index + 1,
               (long long)input->shard.count);
    }
    printf(": %lld of %lld rows taken", (long long)input->taken, (long long)input->rows);
    if (input->repeated > 0) {
        printf(", %lld there already", (long long)input->repeated);
    }
    if (input->torn > 0) {
        printf(", %lld damaged and left out", (long long)input->torn);
    }
    (void)putchar('\n');
}

void merge_print(const struct merge_summary *summary, const char *output) {
    printf("%s: %lld job%s", output, (long long)summary->jobs, summary->jobs == 1 ? "" : "s");
    if (summary->sweeps > 1) {
        printf(" of %lld sweeps", (long long)summary->sweeps);
    }
    printf(": %lld done, %lld diverged, %lld quarantined, %lld missing\n", (long long)summary->done,
           (long long)summary->diverged, (long long)summary->quarantined,
           (long long)summary->missing);
    for (size_t k = 0; k < summary->input_count && k < INPUTS_SHOWN; k++) {
        merge_print_input(&summary->inputs[k]);
    }
    if (summary->input_count > INPUTS_SHOWN) {
        printf("  and %zu more files: 'modsweep status %s --json' tells of all\n",
               summary->input_count - INPUTS_SHOWN, output);
    }
    if (summary->same_count > 0) {
        printf("  %zu given more than once, and read once\n", summary->same_count);
    }
}

static enum status merge_add_input(struct json_object *inputs, const struct merge_report *input,
                                   struct error *error) {
    struct json_object *object;
    TRY(json_append_object(inputs, &object, error));
    TRY(json_add_text(object, "file", input->path, error));
    TRY(json_add_integer(object, "shard", input->shard.index + 1, error));
    TRY(json_add_integer(object, "shards", input->shard.count, error));
    TRY(json_add_integer(object, "rows", input->rows, error));
    TRY(json_add_integer(object, "finished", input->finished, error));
    TRY(json_add_integer(object, "taken", input->taken, error));
    TRY(json_add_integer(object, "repeated", input->repeated, error));
    return json_add_integer(object, "torn", input->torn, error);
}

static enum status merge_build(const struct merge_summary *summary, const char *output,
                               struct json_object *root, struct error *error) {
    struct json_object *inputs;
    TRY(json_add_text(root, "file", output, error));
    TRY(json_add_integer(root, "sweeps", summary->sweeps, error));
    TRY(json_add_integer(root, "jobs", summary->jobs, error));
    TRY(json_add_integer(root, "done", summary->done, error));
    TRY(json_add_integer(root, "diverged", summary->diverged, error));
    TRY(json_add_integer(root, "quarantined", summary->quarantined, error));
    TRY(json_add_integer(root, "missing", summary->missing, error));
    TRY(json_add_integer(root, "given_again", (int64_t)summary->same_count, error));
    TRY(json_add_array(root, "inputs", &inputs, error));
    for (size_t k = 0; k < summary->input_count; k++) {
        TRY(merge_add_input(inputs, &summary->inputs[k], error));
    }
    return STATUS_OK;
}

enum status merge_print_json(const struct merge_summary *summary, const char *output,
                             struct error *error) {
    struct json_object *root = json_object_new_object();
    enum status status = root == NULL ? error_set(error, STATUS_NO_MEMORY, "out of memory for JSON")
                                      : merge_build(summary, output, root, error);
    status = status == STATUS_OK ? json_write(root, true, stdout, error) : status;
    (void)json_object_put(root);
    return status;
}
