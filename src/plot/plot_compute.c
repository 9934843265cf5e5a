#include "plot/plot_compute.h"

#include "aggregate/totals.h"
#include "plot/plot_choice.h"
#include "plot/plot_lines.h"
#include "plot/plot_theory.h"
#include "plot/plot_values.h"

#include <math.h>
#include <string.h>

static size_t plot_key_named(const struct table *table, const char *name) {
    size_t k = 0;
    while (k < table->key_count && (name == NULL || strcmp(table->keys[k].name, name) != 0)) {
        k++;
    }
    return k;
}

static enum status plot_find_origin(const struct plot *plot, const struct plot_choice *choice,
                                    struct plot_cells *cells, struct error *error) {
    cells->origin_key = plot_key_named(&plot->table, choice->origin_key);
    if (choice->origin_key == NULL) {
        return STATUS_OK;
    }
    if (!cells->parts[cells->origin_key]) {
        return error_set(error, STATUS_BAD_INPUT,
                         "--origin: '%s' does not make lines; --line names the axes that do",
                         choice->origin_key);
    }
    return plot_values_find(&plot->table, cells->origin_key, choice->origin_value, cells->joins,
                            error);
}

/* x of every cell: a mean, a key's number, or the number of a category. */
static enum status plot_read_x(struct plot *plot, const struct plot_choice *choice, double *x,
                               struct error *error) {
    const struct table *table = &plot->table;
    size_t key = plot_key_named(table, choice->x_is_key ? plot->x : NULL);
    if (key == table->key_count) {
        plot->x_unit = table->scores[plot->panel_count].unit;
        plot->x_help = table->scores[plot->panel_count].help;
        for (size_t g = 0; g < table->group_count; g++) {
            x[g] = table_mean(&table->groups[g].cells[plot->panel_count]);
        }
        return STATUS_OK;
    }
    plot->x_unit = table->keys[key].unit;
    plot->x_help = table->keys[key].help;
    if (table->keys[key].storage != HDF_LETTER) {
        for (size_t g = 0; g < table->group_count; g++) {
            x[g] = table_key_number(table, &table->groups[g], key);
        }
        return STATUS_OK;
    }
    if (plot->logarithmic) {
        return error_set(error, STATUS_BAD_INPUT, "--logx: '%s' has texts, not numbers", plot->x);
    }
    size_t *numbers;
    TRY(ARENA_NEW(&plot->arena, numbers, table->group_count, error));
    TRY(plot_values_list(table, key, &plot->arena, &plot->categories, &plot->category_count,
                         numbers, error));
    for (size_t g = 0; g < table->group_count; g++) {
        x[g] = (double)numbers[g];
    }
    return STATUS_OK;
}

/* Sets x of cells that are not drawn to NaN, and counts them. */
static void plot_drop_cells(struct plot *plot, double *x) {
    for (size_t g = 0; g < plot->table.group_count; g++) {
        const struct table_count *rows = &plot->table.groups[g].rows;
        bool empty = rows->done == 0;
        bool repeated = empty && rows->missing + rows->diverged + rows->quarantined == 0;
        bool placed = isfinite(x[g]) && (!plot->logarithmic || x[g] > 0);
        plot->empty_cells += empty && !repeated;
        plot->unplaced_cells += !empty && !placed;
        plot->cell_count += !empty && placed;
        x[g] = empty || !placed ? (double)NAN : x[g];
    }
}

static void plot_count_jobs(struct plot *plot, struct plot_line *line, bool x_is_key) {
    for (size_t p = 0; p < line->point_count; p++) {
        const struct plot_point *point = &line->points[p];
        for (size_t s = 0; s < plot->panel_count; s++) {
            int64_t count = point->group->cells[s].count;
            if (count > 0) {
                plot->fewest = plot->most == 0 || count < plot->fewest ? count : plot->fewest;
                plot->most = count > plot->most ? count : plot->most;
            }
        }
        line->drawn = line->drawn || plot_is_marked(plot, point);
        bool same = p > 0 && point->x == line->points[p - 1].x;
        plot->overlaps = plot->overlaps || (same && x_is_key && plot->kind == PLOT_LINE);
    }
}

static enum status plot_nothing_done(const struct plot *plot, struct error *error) {
    SCOPED(arena_free) struct arena scratch = {0};
    const char *totals;
    TRY(totals_text(&plot->table, &scratch, &totals, error));
    bool none_done = plot->table.rows.done == 0;
    return error_set(error, STATUS_BAD_INPUT, "nothing to plot: %s%s%s", totals,
                     none_done ? "" : "; no cell has a score and a place along ",
                     none_done ? "" : plot->x);
}

static enum status plot_build(const struct plot_request *request, const struct plot_choice *choice,
                              struct plot *plot, struct error *error) {
    const struct table *table = &plot->table;
    struct plot_cells cells;
    TRY(ARENA_NEW(&plot->arena, cells.parts, table->key_count, error));
    TRY(ARENA_NEW(&plot->arena, cells.x, table->group_count, error));
    TRY(ARENA_NEW(&plot->arena, cells.joins, table->group_count, error));
    TRY(plot_choose_lines(table, request, choice, cells.parts, error));
    TRY(plot_find_origin(plot, choice, &cells, error));
    TRY(plot_read_x(plot, choice, cells.x, error));
    plot_drop_cells(plot, cells.x);
    TRY(plot_lines_make(&cells, plot, error));
    for (size_t l = 0; l < plot->line_count; l++) {
        plot_count_jobs(plot, &plot->lines[l], choice->x_is_key);
    }
    if (plot->most == 0) {
        return plot_nothing_done(plot, error);
    }
    return plot->kind == PLOT_THEORY ? plot_theory_relate(plot, error) : STATUS_OK;
}

enum status plot_compute(const struct results_reader *reader, const struct plot_request *request,
                         struct plot *plot, struct error *error) {
    struct plot_choice choice;
    *plot = (struct plot){.kind = request->kind,
                          .logarithmic = request->logarithmic,
                          .apart = request->apart || request->kind != PLOT_LINE};
    TRY(plot_choose(reader, request, &plot->arena, &choice, error));
    plot->x = choice.x;
    plot->averaged = choice.averaged;
    plot->panel_count = choice.cells.score_count - !choice.x_is_key;
    TRY(table_compute(reader, &choice.cells, &plot->table, error));
    return plot_build(request, &choice, plot, error);
}
