#include "show/merge.h"

#include "base/clock.h"
#include "base/text.h"
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

static enum status merge_add_line(const struct merge_report *input, struct document *document,
                                  struct error *error) {
    TRY(document_line(document, "  ", error, "%s", input->path));
    if (input->shard.count > 1) {
        TRY(document_continue(document, error, " (shard %lld/%lld)",
                              (long long)input->shard.index + 1, (long long)input->shard.count));
    }
    TRY(document_continue(document, error, ": %lld of %lld rows taken", (long long)input->taken,
                          (long long)input->rows));
    if (input->repeated > 0) {
        TRY(document_continue(document, error, ", %lld there already", (long long)input->repeated));
    }
    return input->torn == 0 ? STATUS_OK
                            : document_continue(document, error, ", %lld damaged and left out",
                                                (long long)input->torn);
}

static enum status merge_add_input(const struct merge_report *input, bool shown,
                                   struct document *document, struct error *error) {
    struct document *element;
    TRY(document_element(document, "inputs", &element, error));
    TRY(DOCUMENT_FIELDS(
        element, error, {"file", document_text(input->path)},
        {"shard", document_integer(input->shard.index + 1)},
        {"shards", document_integer(input->shard.count)}, {"rows", document_integer(input->rows)},
        {"finished", document_integer(input->finished)}, {"taken", document_integer(input->taken)},
        {"repeated", document_integer(input->repeated)}, {"torn", document_integer(input->torn)}));
    return shown ? merge_add_line(input, document, error) : STATUS_OK;
}

static enum status merge_add_jobs(const struct merge_summary *summary, const char *output,
                                  struct document *document, struct error *error) {
    TRY(DOCUMENT_FIELDS(document, error, {"file", document_text(output)},
                        {"sweeps", document_integer(summary->sweeps)},
                        {"jobs", document_integer(summary->jobs)},
                        {"done", document_integer(summary->done)},
                        {"diverged", document_integer(summary->diverged)},
                        {"quarantined", document_integer(summary->quarantined)},
                        {"missing", document_integer(summary->missing)},
                        {"given_again", document_integer((int64_t)summary->same_count)},
                        {"inputs", document_list()}));
    TRY(document_line(document, NULL, error, "%s: %lld job%s", output, (long long)summary->jobs,
                      TEXT_PLURAL(summary->jobs)));
    if (summary->sweeps > 1) {
        TRY(document_continue(document, error, " of %lld sweeps", (long long)summary->sweeps));
    }
    return document_continue(document, error,
                             ": %lld done, %lld diverged, %lld quarantined, %lld missing",
                             (long long)summary->done, (long long)summary->diverged,
                             (long long)summary->quarantined, (long long)summary->missing);
}

enum status merge_document(const struct merge_summary *summary, const char *output,
                           struct document *document, struct error *error) {
    TRY(merge_add_jobs(summary, output, document, error));
    for (size_t k = 0; k < summary->input_count; k++) {
        TRY(merge_add_input(&summary->inputs[k], k < INPUTS_SHOWN, document, error));
    }
    if (summary->input_count > INPUTS_SHOWN) {
        TRY(document_line(document, "  ", error,
                          "and %zu more files: 'modsweep status %s --json' lists all",
                          summary->input_count - INPUTS_SHOWN, output));
    }
    return summary->same_count == 0
               ? STATUS_OK
               : document_line(document, "  ", error, "%zu given more than once, and read once",
                               summary->same_count);
}
