#include "show/plan.h"

#include "base/text.h"
#include "show/duration.h"
#include "show/size.h"

#include <stdio.h>
#include <string.h>

enum { VALUE_BYTES = 64, VALUES_SHOWN = 5, CASES_SHOWN = 12, MARGIN = 10 };

/* Job index distance between neighbouring values of a dimension. */
static int64_t plan_stride_of(const struct subgrid *grid, size_t dimension) {
    int64_t stride = 1;
    for (size_t d = dimension + 1; d < grid->dimension_count; d++) {
        stride *= grid->dimensions[d].length;
    }
    return stride;
}

/* Whether a column's value changes along a dimension. */
static bool plan_varies(const struct sweep *sweep, const struct subgrid *grid, size_t dimension,
                        size_t column) {
    char first[VALUE_BYTES];
    char second[VALUE_BYTES];
    if (grid->dimensions[dimension].length < 2) {
        return false;
    }
    sweep_column_text(sweep, column, grid->first, first, sizeof first);
    sweep_column_text(sweep, column, grid->first + plan_stride_of(grid, dimension), second,
                      sizeof second);
    return strcmp(first, second) != 0;
}

/* Appends "0.3, 0.4, … 1" to the last line. */
static enum status plan_add_values(const struct sweep *sweep, const struct subgrid *grid,
                                   size_t dimension, size_t column, struct document *document,
                                   struct error *error) {
    const int64_t length = grid->dimensions[dimension].length;
    const int64_t stride = plan_stride_of(grid, dimension);
    for (int64_t v = 0; v < length; v++) {
        char text[VALUE_BYTES];
        const bool skips = v == VALUES_SHOWN - 1 && length > VALUES_SHOWN;
        v = skips ? length - 1 : v;
        sweep_column_text(sweep, column, grid->first + v * stride, text, sizeof text);
        TRY(document_continue(document, error, "%s%s%s", skips ? "… " : "", text,
                              v + 1 < length ? ", " : ""));
    }
    return STATUS_OK;
}

/* The columns that are constant within a case but differ between cases. */
static enum status plan_add_constants(const struct sweep *sweep, const struct subgrid *grid,
                                      struct document *document, struct error *error) {
    for (size_t column = 0; column < sweep->column_count; column++) {
        bool constant = true;
        for (size_t d = 0; d < grid->dimension_count; d++) {
            constant = constant && !plan_varies(sweep, grid, d, column);
        }
        char text[VALUE_BYTES];
        sweep_column_text(sweep, column, grid->first, text, sizeof text);
        if (constant && text[0] != '\0') {
            TRY(document_line(document, "", error, "%s: %s", sweep->columns[column].key, text));
        }
    }
    return STATUS_OK;
}

/* A case as an object of the list "cases", and its lines if people see it. */
static enum status plan_add_case(const struct sweep *sweep, size_t number, bool shown,
                                 struct document *document, struct error *error) {
    const struct subgrid *grid = &sweep->cases[number];
    const char *label = "axes";
    struct document *element;
    struct document *axes;
    TRY(document_element(document, "cases", &element, error));
    TRY(DOCUMENT_FIELDS(element, error, {"jobs", document_integer(grid->count)}));
    TRY(document_object(element, "axes", &axes, error));
    if (shown && sweep->case_count > 1) {
        char title[VALUE_BYTES];
        (void)snprintf(title, sizeof title, "case %zu", number + 1);
        TRY(document_line(document, title, error, "%lld jobs", (long long)grid->count));
        TRY(plan_add_constants(sweep, grid, document, error));
        label = "";
    }
    for (size_t d = 0; d + 1 < grid->dimension_count; d++) {
        const int64_t length = grid->dimensions[d].length;
        for (size_t column = 0; column < sweep->column_count; column++) {
            const char *key = sweep->columns[column].key;
            if (!plan_varies(sweep, grid, d, column)) {
                continue;
            }
            TRY(DOCUMENT_FIELDS(axes, error, {key, document_integer(length)}));
            if (shown) {
                TRY(document_line(document, label, error, "%s  %lld: ", key, (long long)length));
                TRY(plan_add_values(sweep, grid, d, column, document, error));
                label = "";
            }
        }
    }
    return shown ? document_line(document, label, error, "replicate  %lld",
                                 (long long)sweep->replicates)
                 : STATUS_OK;
}

/* What is left to do: in how many bundles and for how long. */
static enum status plan_add_work(const struct plan_report *report, struct document *document,
                                 struct error *error) {
    const struct estimate *estimate = &report->estimate;
    char core[DURATION_BYTES];
    char total[DURATION_BYTES];
    char memory[SIZE_BYTES];
    TRY(document_line(document, "bundles", error,
                      "%lld of up to %d job%s side by side, %zu shape%s%s",
                      (long long)estimate->bundles, estimate->width, TEXT_PLURAL(estimate->width),
                      report->plan->group_count, TEXT_PLURAL(report->plan->group_count),
                      report->plan->mixed ? " or more" : ""));
    if (report->plan->rank_bytes > 0.0) {
        TRY(document_line(document, "memory", error, "about %s a rank for its jobs",
                          size_text(report->plan->rank_bytes, memory)));
    }
    return document_line(document, "time", error, "about %s on %d rank%s (%s of one core), %s",
                         duration_text(estimate->seconds, total), estimate->ranks,
                         TEXT_PLURAL(estimate->ranks), duration_text(estimate->core_seconds, core),
                         estimate->tried ? "tried on this machine"
                                         : "too large to try: at a usual speed");
}

static enum status plan_add_jobs(const struct plan_report *report, struct document *document,
                                 struct error *error) {
    char row[SIZE_BYTES];
    char file[SIZE_BYTES];
    TRY(document_line(document, "jobs", error, "%lld", (long long)report->plan->sweep->job_count));
    if (report->shard.count > 1) {
        TRY(document_line(document, "shard", error, "%lld/%lld: %lld jobs",
                          (long long)report->shard.index + 1, (long long)report->shard.count,
                          (long long)shard_rows(&report->shard)));
    }
    if (report->finished > 0) {
        TRY(document_continue(document, error, ", %lld of them finished",
                              (long long)report->finished));
    }
    TRY(document_line(document, "rows", error, "%s a job, file about %s",
                      size_text((double)report->row_bytes, row),
                      size_text(report->file_bytes, file)));
    return report->finished < shard_rows(&report->shard)
               ? plan_add_work(report, document, error)
               : document_line(document, "time", error, "nothing is missing");
}

static enum status plan_add_fields(const struct plan_report *report, struct document *document,
                                   struct error *error) {
    const struct sweep *sweep = report->plan->sweep;
    return DOCUMENT_FIELDS(document, error, {"replicates", document_integer(sweep->replicates)},
                           {"jobs", document_integer(sweep->job_count)},
                           {"shard", document_integer(report->shard.index + 1)},
                           {"shards", document_integer(report->shard.count)},
                           {"shard_jobs", document_integer(shard_rows(&report->shard))},
                           {"finished", document_integer(report->finished)},
                           {"bundles", document_integer(report->estimate.bundles)},
                           {"width", document_integer(report->estimate.width)},
                           {"shapes", document_integer((int64_t)report->plan->group_count)},
                           {"row_bytes", document_integer((int64_t)report->row_bytes)},
                           {"file_bytes", document_real(report->file_bytes)},
                           {"ranks", document_integer(report->estimate.ranks)},
                           {"rank_bytes", document_real(report->plan->rank_bytes)},
                           {"core_seconds", document_real(report->estimate.core_seconds)},
                           {"seconds", document_real(report->estimate.seconds)});
}

/* Seconds as the text of a column of times, and the number itself for programs. */
static enum status plan_simulated_seconds(double seconds, struct arena *arena,
                                          struct document_value *value, struct error *error) {
    char text[DURATION_BYTES];
    const char *shown;
    TRY(arena_strdup(arena, duration_figures(seconds, text), &shown, error));
    *value = document_shown(document_real(seconds), shown);
    return STATUS_OK;
}

static enum status plan_simulated_share(double share, struct arena *arena,
                                        struct document_value *value, struct error *error) {
    const char *shown;
    TRY(arena_printf(arena, &shown, error, "%.1f %%", 100.0 * share));
    *value = document_shown(document_real(share), shown);
    return STATUS_OK;
}

static enum status plan_add_simulation(const struct simulation *own, struct document_table *table,
                                       struct error *error) {
    struct document_value *cells;
    const char *bundles;
    TRY(document_row(table, &cells, error));
    TRY(arena_printf(table->arena, &bundles, error, "%lld to %lld", (long long)own->bundles_fewest,
                     (long long)own->bundles_most));
    *cells++ = document_integer(own->ranks);
    TRY(plan_simulated_seconds(own->makespan, table->arena, cells++, error));
    TRY(plan_simulated_seconds(own->bound, table->arena, cells++, error));
    *cells++ = document_real(own->busy);
    TRY(plan_simulated_share(simulation_utilisation(own), table->arena, cells++, error));
    TRY(plan_simulated_seconds(own->idle_most, table->arena, cells++, error));
    *cells++ = document_text(bundles);
    TRY(plan_simulated_seconds(own->wait_most, table->arena, cells++, error));
    *cells++ = document_integer(own->bundles);
    *cells++ = document_integer(own->bundles_fewest);
    *cells++ = document_integer(own->bundles_most);
    *cells++ = document_integer(own->answers);
    *cells++ = document_real(own->makespan > 0.0 ? (double)own->answers / own->makespan : 0.0);
    return plan_simulated_share(simulation_load(own), table->arena, cells, error);
}

static enum status plan_add_simulations(const struct plan_report *report, struct document *document,
                                        struct error *error) {
    static const struct document_column columns[] = {
        {.key = "ranks", .heading = "ranks", .width = 8},
        {.key = "seconds", .heading = "time", .width = 10},
        {.key = "seconds_at_least", .heading = "at least", .width = 10},
        {.key = "busy_seconds"},
        {.key = "utilisation", .heading = "busy", .width = 7},
        {.key = "idle_seconds_most", .heading = "idlest rank"},
        {.heading = "bundles a rank"},
        {.key = "wait_seconds_most", .heading = "longest wait"},
        {.key = "bundles"},
        {.key = "bundles_fewest"},
        {.key = "bundles_most"},
        {.key = "answers"},
        {.heading = "answers/s", .format = "%.0f"},
        {.key = "load", .heading = "rank 0", .width = 6},
    };
    const struct document_table table = {
        .key = "simulations", .label = "simulated runs", DOCUMENT_COLUMNS(columns), .gap = 2};
    struct document_table *added;
    if (report->simulation_count == 0) {
        return STATUS_OK;
    }
    TRY(document_line(document, NULL, error, "%s", ""));
    TRY(document_table(document, &table, &added, error));
    for (size_t k = 0; k < report->simulation_count; k++) {
        TRY(plan_add_simulation(&report->simulations[k], added, error));
    }
    return document_line(
        document, NULL, error, "%s",
        "\nSimulated: 'busy' is the time that ranks spend in bundles, 'at least' a bound that no\n"
        "order of the same bundles can beat, 'rank 0' the share of its time spent on answers to "
        "others.");
}

enum status plan_document(const struct plan_report *report, struct document *document,
                          struct error *error) {
    const struct sweep *sweep = report->plan->sweep;
    document->margin = MARGIN;
    TRY(DOCUMENT_FIELDS(document, error, {"name", document_text(sweep->name)}));
    TRY(document_line(document, "sweep", error, "%s (%s)", sweep->name, sweep->path));
    for (size_t c = 0; c < sweep->case_count; c++) {
        TRY(plan_add_case(sweep, c, c < CASES_SHOWN, document, error));
    }
    if (sweep->case_count > CASES_SHOWN) {
        TRY(document_line(document, "", error, "… %zu more cases",
                          sweep->case_count - CASES_SHOWN));
    }
    TRY(plan_add_jobs(report, document, error));
    TRY(plan_add_fields(report, document, error));
    return plan_add_simulations(report, document, error);
}
