#include "show/merge.h"

#include "base/clock.h"
#include "base/text.h"
#include "show/progress.h"
#include "store/format.h"
#include "store/parts.h"
#include "store/slab.h"

#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

enum { LINES_SHOWN = 12, LABEL_BYTES = 32 };

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

/* Appends to the last line which shard a file has, if not a whole sweep. */
static enum status merge_add_shard(const struct shard *shard, struct document *document,
                                   struct error *error) {
    return shard->count <= 1
               ? STATUS_OK
               : document_continue(document, error, " (shard %lld/%lld)",
                                   (long long)shard->index + 1, (long long)shard->count);
}

static enum status merge_add_line(const struct merge_report *input, struct document *document,
                                  struct error *error) {
    TRY(document_line(document, "  ", error, "%s", input->path));
    TRY(merge_add_shard(&input->shard, document, error));
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
        TRY(merge_add_input(&summary->inputs[k], k < LINES_SHOWN, document, error));
    }
    if (summary->input_count > LINES_SHOWN) {
        TRY(document_line(document, "  ", error,
                          "and %zu more files: 'modsweep status %s --json' lists all",
                          summary->input_count - LINES_SHOWN, output));
    }
    return summary->same_count == 0
               ? STATUS_OK
               : document_line(document, "  ", error, "%zu given more than once, and read once",
                               summary->same_count);
}

/* --- the parts of a merged file -------------------------------------------------------------- */

static const struct document_column part_columns[] = {
    {.key = "part", .heading = "part"},
    {.key = "file", .heading = "file", .left = true},
    {.key = "name"},
    {.key = "rows", .heading = "rows"},
    {.heading = "sweep", .left = true},
    {.key = "shard"},
    {.key = "shards"},
    {.heading = "shard", .left = true},
    {.key = "fingerprint"},
    {.key = "sweep_file"},
    {.key = "overrides"},
    {.key = "modsweep_version"},
    {.key = "modsweep_commit"},
    {.key = "created", .heading = "made", .left = true},
    {.key = "host", .heading = "on", .left = true},
    {.heading = "modsweep", .left = true},
    {.heading = "commit", .left = true},
    {.key = "runs"},
};

/* Counts rows by part into rows[count + 1]; number 0 is of no part. */
static enum status merge_count_rows(const struct results_reader *reader, int64_t count,
                                    int64_t *rows, struct error *error) {
    SCOPED(arena_free) struct arena arena = {0};
    int64_t *numbers;
    TRY(ARENA_NEW(&arena, numbers, SLAB_ROWS, error));
    for (struct slab slab = slab_first(count > 0 ? reader->job_count : 0, SLAB_ROWS);
         slab.count > 0; slab_next(&slab)) {
        TRY(reader_column(reader, VARIABLE_PART, HDF_INT64, slab.first, slab.count, numbers,
                          error));
        for (int64_t i = 0; i < slab.count; i++) {
            if (numbers[i] < 0 || numbers[i] > count) {
                return error_set(error, STATUS_STORAGE, "%s: row %lld is of part %lld, of %lld",
                                 reader->path, (long long)(slab.first + i), (long long)numbers[i],
                                 (long long)count);
            }
            rows[numbers[i]]++;
        }
    }
    return STATUS_OK;
}

/* A text for people; a dash where it is empty. */
static struct document_value merge_shown(const char *text) {
    return text[0] == '\0' ? document_null() : document_text(text);
}

static enum status merge_add_part_row(const struct results_part *part, int64_t number, int64_t rows,
                                      struct document_table *table, struct error *error) {
    const char *fingerprint;
    const char *shard = "";
    struct document_value *cells;
    TRY(arena_printf(table->arena, &fingerprint, error, "%016" PRIx64, part->fingerprint));
    if (part->shard.count > 1) {
        TRY(arena_printf(table->arena, &shard, error, "%lld/%lld", (long long)part->shard.index + 1,
                         (long long)part->shard.count));
    }
    TRY(document_row(table, &cells, error));
    DOCUMENT_CELLS(cells, document_integer(number), document_text(part->path),
                   document_text(part->name), document_integer(rows), merge_shown(part->name),
                   document_integer(part->shard.index + 1), document_integer(part->shard.count),
                   merge_shown(shard), document_text(fingerprint), document_text(part->file),
                   document_text(part->overrides), document_text(part->program),
                   document_text(part->commit), document_text(part->created),
                   document_text(part->host), merge_shown(part->program), merge_shown(part->commit),
                   document_integer((int64_t)part->run_count));
    return STATUS_OK;
}

static enum status merge_add_part_line(const struct results_part *part, int64_t number,
                                       int64_t rows, struct document *document,
                                       struct error *error) {
    char label[LABEL_BYTES];
    (void)snprintf(label, sizeof label, "part %-4lld ", (long long)number);
    TRY(document_line(document, label, error, "%s", part->path));
    TRY(merge_add_shard(&part->shard, document, error));
    return document_continue(document, error, ", %lld row%s, '%s', made %s on %s", (long long)rows,
                             TEXT_PLURAL(rows), part->name, part->created, part->host);
}

enum status merge_parts(const struct results_reader *reader, bool lines, struct document *document,
                        struct error *error) {
    const struct document_table parts = {.key = "parts",
                                         .label = "Files that this one was merged from",
                                         DOCUMENT_COLUMNS(part_columns),
                                         .hidden = true};
    const int64_t count = parts_count(reader);
    struct document_table *table;
    int64_t *rows;
    TRY(document_table(document, &parts, &table, error));
    TRY(ARENA_NEW(document->arena, rows, count + 1, error));
    TRY(merge_count_rows(reader, count, rows, error));
    for (int64_t k = 1; k <= count; k++) {
        struct results_part part;
        TRY(parts_read(reader, k, document->arena, &part, error));
        TRY(merge_add_part_row(&part, k, rows[k], table, error));
        if (lines && k <= LINES_SHOWN) {
            TRY(merge_add_part_line(&part, k, rows[k], document, error));
        }
    }
    table->rows_shown = count < MERGE_PARTS_SHOWN ? (size_t)count : MERGE_PARTS_SHOWN;
    return lines && count > LINES_SHOWN
               ? document_line(document, "", error, "and %lld more: see --json",
                               (long long)(count - LINES_SHOWN))
               : STATUS_OK;
}
