/* What a report is written from. */
#include "report/report_parts.h"

#include "aggregate/choice.h"
#include "aggregate/repeats.h"
#include "base/shell_quote.h"
#include "plot/plot_values.h"
#include "store/format.h"
#include "store/slab.h"
#include "store/states.h"

#include <math.h>
#include <string.h>

/* The sweep's scores, the loss, and the seconds last. */
static enum status gather_compute_table(struct report *report, struct error *error) {
    const struct results_reader *reader = report->reader;
    const char **names;
    size_t count = 0;
    const char **usual;
    TRY(choice_usual_scores(reader, &report->arena, &usual, &count, error));
    TRY(ARENA_NEW(&report->arena, names, count + 1, error));
    memcpy(names, usual, count * sizeof *names);
    report->score_count = count;
    names[count++] = VARIABLE_SECONDS;
    const struct table_request request = {.score_count = count, .scores = names};
    return table_compute(reader, &request, &report->table, error);
}

/* Seconds of finished jobs, and how many replicates there are. */
static enum status gather_read_rows(struct report *report, struct error *error) {
    const struct results_reader *reader = report->reader;
    int64_t *replicates;
    TRY(ARENA_NEW(&report->arena, report->seconds, reader->job_count, error));
    TRY(ARENA_NEW(&report->arena, replicates, SLAB_ROWS, error));
    for (struct slab slab = slab_first(reader->job_count, SLAB_ROWS); slab.count > 0;
         slab_next(&slab)) {
        TRY(reader_column(reader, VARIABLE_SECONDS, HDF_FLOAT64, slab.first, slab.count,
                          report->seconds + slab.first, error));
        TRY(reader_column(reader, VARIABLE_REPLICATE, HDF_INT64, slab.first, slab.count, replicates,
                          error));
        for (int64_t i = 0; i < slab.count; i++) {
            if (report->states[slab.first + i] == ROW_MISSING) {
                report->seconds[slab.first + i] = (double)NAN;
            }
            report->replicates =
                replicates[i] >= report->replicates ? replicates[i] + 1 : report->replicates;
        }
    }
    return STATUS_OK;
}

/* Puts the finite ones first; returns how many. */
static size_t gather_keep_finite(double *values, size_t count) {
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (isfinite(values[i])) {
            values[kept++] = values[i];
        }
    }
    return kept;
}

/* values[job_count] is scratch. */
static enum status gather_summarise(struct report *report, const uint8_t *unique, double *values,
                                    struct error *error) {
    const struct results_reader *reader = report->reader;
    size_t jobs = (size_t)reader->job_count;
    for (size_t s = 0; s < report->score_count; s++) {
        TRY(reader_column(reader, report->table.scores[s].name, HDF_FLOAT64, 0, reader->job_count,
                          values, error));
        for (size_t i = 0; i < jobs; i++) {
            values[i] = unique[i] == ROW_DONE ? values[i] : (double)NAN;
        }
        report->summaries[s] = summary_of(values, gather_keep_finite(values, jobs));
    }
    memcpy(values, report->seconds, jobs * sizeof *values);
    report->durations = summary_of(values, gather_keep_finite(values, jobs));
    return STATUS_OK;
}

static enum status gather_summarise_jobs(struct report *report, struct arena *scratch,
                                         struct error *error) {
    const struct results_reader *reader = report->reader;
    uint8_t *unique; /* states in which repeated jobs count once */
    double *values;
    int64_t ignored;
    TRY(ARENA_NEW(scratch, unique, reader->job_count, error));
    TRY(ARENA_NEW(scratch, values, reader->job_count, error));
    TRY(ARENA_NEW(&report->arena, report->states, reader->job_count, error));
    TRY(ARENA_NEW(&report->arena, report->summaries, report->score_count, error));
    TRY(states_read(reader, report->states, &ignored, error));
    memcpy(unique, report->states, (size_t)reader->job_count);
    TRY(repeats_mark(reader, unique, &ignored, error));
    TRY(gather_read_rows(report, error));
    return gather_summarise(report, unique, values, error);
}

static enum status gather_find_axes(struct report *report, struct error *error) {
    const struct table *table = &report->table;
    TRY(ARENA_NEW(&report->arena, report->axes, table->key_count, error));
    for (size_t k = 0; k < table->key_count; k++) {
        struct report_values *axis = &report->axes[k];
        *axis = (struct report_values){.key = k, .least = (double)NAN, .most = (double)NAN};
        TRY(ARENA_NEW(&report->arena, axis->numbers, table->group_count, error));
        TRY(plot_values_list(table, k, &report->arena, &axis->texts, &axis->count, axis->numbers,
                             error));
        axis->more = axis->count > REPORT_VALUES_COUNTED;
        axis->count = axis->more ? REPORT_VALUES_COUNTED : axis->count;
        for (size_t g = 0; g < table->group_count; g++) {
            const double number = table_key_number(table, &table->groups[g], k);
            axis->least = fmin(axis->least, number); /* NaN is no number to either */
            axis->most = fmax(axis->most, number);
        }
    }
    return STATUS_OK;
}

enum status report_attribute(const struct report *report, const char *name, struct arena *arena,
                             const char **text, struct error *error) {
    htri_t there = H5Aexists(report->reader->file, name);
    *text = "";
    return there > 0 ? hdf_read_text(report->reader->file, name, arena, text, error) : STATUS_OK;
}

enum status report_add_command(const struct report *report, const char *words, const char *command,
                               const char *more, struct document *document, struct error *error) {
    const char *file;
    TRY(shell_quote(document->arena, report->reader->path, &file, error));
    return document_styled(document, DOCUMENT_COMMAND, words, error, "%s %s%s", command, file,
                           more);
}

static enum status gather_split_sets(struct report *report, struct error *error) {
    const char *text = report->overrides;
    TRY(ARENA_NEW(&report->arena, report->sets, strlen(text) / 2 + 1, error));
    while (*text != '\0') {
        size_t length = strcspn(text, "\n");
        if (length > 0) {
            TRY(arena_printf(&report->arena, &report->sets[report->set_count++], error, "%.*s",
                             (int)length, text));
        }
        text += length + (text[length] == '\n');
    }
    return STATUS_OK;
}

static enum status gather_read_texts(struct report *report, struct error *error) {
    struct arena *arena = &report->arena;
    TRY(report_attribute(report, ATTRIBUTE_YAML, arena, &report->yaml, error));
    TRY(report_attribute(report, "overrides", arena, &report->overrides, error));
    TRY(report_attribute(report, "sweep_file", arena, &report->sweep_file, error));
    return gather_split_sets(report, error);
}

enum status report_gather(struct report *report, struct error *error) {
    SCOPED(arena_free) struct arena scratch = {0};
    TRY(gather_read_texts(report, error));
    TRY(status_read(report->reader, &report->status, error));
    TRY(gather_compute_table(report, error));
    TRY(gather_summarise_jobs(report, &scratch, error));
    return gather_find_axes(report, error);
}

void report_free(struct report *report) {
    table_free(&report->table);
    arena_free(&report->arena);
}
