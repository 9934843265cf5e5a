#include "show/plan.h"

#include "base/json.h"
#include "show/duration.h"
#include "show/simulation.h"
#include "show/size.h"

#include <json-c/json.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { VALUE_BYTES = 64, VALUES_SHOWN = 5, CASES_SHOWN = 12, LABEL_COLUMNS = 10 };

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

/* "0.3, 0.4, … 1" */
static void plan_print_values(const struct sweep *sweep, const struct subgrid *grid,
                              size_t dimension, size_t column) {
    int64_t length = grid->dimensions[dimension].length;
    int64_t stride = plan_stride_of(grid, dimension);
    for (int64_t v = 0; v < length; v++) {
        char text[VALUE_BYTES];
        if (v == VALUES_SHOWN - 1 && length > VALUES_SHOWN) {
            printf("… ");
            v = length - 1;
        }
        sweep_column_text(sweep, column, grid->first + v * stride, text, sizeof text);
        printf("%s%s", text, v + 1 < length ? ", " : "\n");
    }
}

/* Begins a line about an axis; `*label` stands before the first one alone. */
static void plan_begin_line(const char **label) {
    printf("%-*s", LABEL_COLUMNS, *label);
    *label = "";
}

/* Columns that are constant within a case but differ between cases. */
static void plan_print_constants(const struct sweep *sweep, const struct subgrid *grid) {
    for (size_t column = 0; column < sweep->column_count; column++) {
        bool constant = true;
        for (size_t d = 0; d < grid->dimension_count; d++) {
            constant = constant && !plan_varies(sweep, grid, d, column);
        }
        char text[VALUE_BYTES];
        sweep_column_text(sweep, column, grid->first, text, sizeof text);
        if (constant && text[0] != '\0') {
            printf("%*s%s: %s\n", LABEL_COLUMNS, "", sweep->columns[column].key, text);
        }
    }
}

static void plan_print_case(const struct sweep *sweep, size_t number) {
    const struct subgrid *grid = &sweep->cases[number];
    const char *label = sweep->case_count > 1 ? "" : "axes";
    if (sweep->case_count > 1) {
        char title[LABEL_COLUMNS + 1];
        (void)snprintf(title, sizeof title, "case %zu", number + 1);
        printf("%-*s%lld jobs\n", LABEL_COLUMNS, title, (long long)grid->count);
        plan_print_constants(sweep, grid);
    }
    for (size_t d = 0; d + 1 < grid->dimension_count; d++) {
        for (size_t column = 0; column < sweep->column_count; column++) {
            if (plan_varies(sweep, grid, d, column)) {
                plan_begin_line(&label);
                printf("%s  %lld: ", sweep->columns[column].key,
                       (long long)grid->dimensions[d].length);
                plan_print_values(sweep, grid, d, column);
            }
        }
    }
    plan_begin_line(&label);
    printf("replicate  %lld\n", (long long)sweep->replicates);
}

/* What is left to do: in how many bundles and for how long. */
static void plan_print_work(const struct plan_report *report) {
    const struct estimate *estimate = &report->estimate;
    char core[DURATION_BYTES];
    char total[DURATION_BYTES];
    char memory[SIZE_BYTES];
    printf("%-*s%lld of up to %d job%s side by side, %zu shape%s%s\n", LABEL_COLUMNS, "bundles",
           (long long)estimate->bundles, estimate->width, estimate->width == 1 ? "" : "s",
           report->plan->group_count, report->plan->group_count == 1 ? "" : "s",
           report->plan->mixed ? " or more" : "");
    if (report->plan->rank_bytes > 0.0) {
        printf("%-*sabout %s a rank for its jobs\n", LABEL_COLUMNS, "memory",
               size_text(report->plan->rank_bytes, memory));
    }
    printf("%-*sabout %s on %d rank%s (%s of one core), %s\n", LABEL_COLUMNS, "time",
           duration_text(estimate->seconds, total), estimate->ranks,
           estimate->ranks == 1 ? "" : "s", duration_text(estimate->core_seconds, core),
           estimate->tried ? "tried on this machine" : "too large to be tried: at a usual speed");
}

enum status plan_print(const struct plan_report *report, struct error *error) {
    const struct sweep *sweep = report->plan->sweep;
    const int64_t jobs = shard_rows(&report->shard);
    char row[SIZE_BYTES];
    char file[SIZE_BYTES];
    (void)error;
    printf("%-*s%s (%s)\n", LABEL_COLUMNS, "sweep", sweep->name, sweep->path);
    for (size_t c = 0; c < sweep->case_count && c < CASES_SHOWN; c++) {
        plan_print_case(sweep, c);
    }
    if (sweep->case_count > CASES_SHOWN) {
        printf("%*s… %zu more cases\n", LABEL_COLUMNS, "", sweep->case_count - CASES_SHOWN);
    }
    printf("%-*s%lld", LABEL_COLUMNS, "jobs", (long long)sweep->job_count);
    if (report->shard.count > 1) {
        printf("\n%-*s%lld/%lld: %lld jobs", LABEL_COLUMNS, "shard",
               (long long)report->shard.index + 1, (long long)report->shard.count, (long long)jobs);
    }
    if (report->finished > 0) {
        printf(", %lld of them finished", (long long)report->finished);
    }
    printf("\n%-*s%s a job, file about %s\n", LABEL_COLUMNS, "rows",
           size_text((double)report->row_bytes, row), size_text(report->file_bytes, file));
    if (report->finished < jobs) {
        plan_print_work(report);
        simulations_print(report->simulations, report->simulation_count);
    } else {
        printf("%-*snothing is missing\n", LABEL_COLUMNS, "time");
    }
    return STATUS_OK;
}

static enum status plan_add_axes(const struct sweep *sweep, struct json_object *object,
                                 struct error *error) {
    struct json_object *cases;
    TRY(json_add_array(object, "cases", &cases, error));
    for (size_t c = 0; c < sweep->case_count; c++) {
        const struct subgrid *grid = &sweep->cases[c];
        struct json_object *own;
        struct json_object *axes;
        TRY(json_append_object(cases, &own, error));
        TRY(json_add_integer(own, "jobs", grid->count, error));
        TRY(json_add_object(own, "axes", &axes, error));
        for (size_t d = 0; d + 1 < grid->dimension_count; d++) {
            for (size_t column = 0; column < sweep->column_count; column++) {
                if (plan_varies(sweep, grid, d, column)) {
                    TRY(json_add_integer(axes, sweep->columns[column].key,
                                         grid->dimensions[d].length, error));
                }
            }
        }
    }
    return STATUS_OK;
}

static enum status plan_fill_json(const struct plan_report *report, struct json_object *object,
                                  struct error *error) {
    const struct sweep *sweep = report->plan->sweep;
    TRY(json_add_text(object, "name", sweep->name, error));
    TRY(plan_add_axes(sweep, object, error));
    TRY(json_add_integer(object, "replicates", sweep->replicates, error));
    TRY(json_add_integer(object, "jobs", sweep->job_count, error));
    TRY(json_add_integer(object, "shard", report->shard.index + 1, error));
    TRY(json_add_integer(object, "shards", report->shard.count, error));
    TRY(json_add_integer(object, "shard_jobs", shard_rows(&report->shard), error));
    TRY(json_add_integer(object, "finished", report->finished, error));
    TRY(json_add_integer(object, "bundles", report->estimate.bundles, error));
    TRY(json_add_integer(object, "width", report->estimate.width, error));
    TRY(json_add_integer(object, "shapes", (int64_t)report->plan->group_count, error));
    TRY(json_add_integer(object, "row_bytes", (int64_t)report->row_bytes, error));
    TRY(json_add_real(object, "file_bytes", report->file_bytes, error));
    TRY(json_add_integer(object, "ranks", report->estimate.ranks, error));
    TRY(json_add_real(object, "rank_bytes", report->plan->rank_bytes, error));
    TRY(json_add_real(object, "core_seconds", report->estimate.core_seconds, error));
    TRY(json_add_real(object, "seconds", report->estimate.seconds, error));
    return simulations_add_json(report->simulations, report->simulation_count, object, error);
}

enum status plan_print_json(const struct plan_report *report, struct error *error) {
    struct json_object *object = json_object_new_object();
    if (object == NULL) {
        return error_set(error, STATUS_NO_MEMORY, "out of memory for JSON");
    }
    enum status status = plan_fill_json(report, object, error);
    if (status == STATUS_OK) {
        status = json_write(object, true, stdout, error);
    }
    (void)json_object_put(object);
    return status;
}
