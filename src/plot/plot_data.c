#include "plot/plot_data.h"

#include "aggregate/totals.h"
#include "plot/plot_theory.h"
#include "show/fields.h"

static void plot_data_print_cells(const struct plot *plot, FILE *stream, size_t count,
                                  const char *why, const char *what) {
    if (count > 0) {
        (void)fprintf(stream, "%zu %s%s not drawn: %s%s\n", count,
                      plot->kind == PLOT_LINE ? "cell" : "point", count == 1 ? "" : "s", why, what);
    }
}

static enum status plot_data_print_relations(const struct plot *plot, FILE *stream,
                                             struct arena *arena, struct error *error) {
    for (size_t s = 0; s < plot->panel_count && plot->relations != NULL; s++) {
        const struct table_score *score = &plot->table.scores[s];
        const char *text = plot_theory_text(&plot->relations[s], score->unit, arena, error);
        if (text == NULL) {
            return error_status(error);
        }
        (void)fprintf(stream, "%s against %s: %s\n", score->name, plot->x, text);
    }
    return STATUS_OK;
}

enum status plot_print_account(const struct plot *plot, FILE *stream, struct error *error) {
    struct arena arena = {0};
    const char *totals = totals_text(&plot->table, &arena, error);
    const char *spread = plot_spread(plot, &arena, error);
    enum status status = totals == NULL || spread == NULL ? error_status(error) : STATUS_OK;
    if (status == STATUS_OK) {
        (void)fprintf(stream, "%s; %s\n", totals, spread);
        totals_print_remarks(&plot->table, stream);
        plot_data_print_cells(plot, stream, plot->kind == PLOT_LINE ? plot->empty_cells : 0,
                              "no job is done", "");
        plot_data_print_cells(plot, stream, plot->unplaced_cells, plot->x,
                              plot->logarithmic ? " is not above 0" : " is undefined");
        if (plot->overlaps) {
            (void)fprintf(stream,
                          "lines have several points at one %s: --line parts them, --by without "
                          "the other axes averages them\n",
                          plot->x);
        }
        status = plot_data_print_relations(plot, stream, &arena, error);
    }
    arena_free(&arena);
    return status;
}

static void plot_data_print_header(const struct plot *plot) {
    (void)fputs("line", stdout);
    for (size_t k = 0; k < plot->table.key_count; k++) {
        printf(",%s", plot->table.keys[k].name);
    }
    (void)fputs(",x", stdout);
    for (size_t s = 0; s < plot->table.score_count; s++) {
        const char *name = plot->table.scores[s].name;
        printf(",%s_mean,%s_sd,%s_n", name, name, name);
    }
    (void)putchar('\n');
}

static enum status plot_data_print_point(const struct plot *plot, const struct plot_line *line,
                                         const struct plot_point *point, struct arena *arena,
                                         struct error *error) {
    fields_print_text(line->label);
    for (size_t k = 0; k < plot->table.key_count; k++) {
        const char *key = table_key_text(&plot->table, point->group, k, arena, error);
        if (key == NULL) {
            return error_status(error);
        }
        (void)putchar(',');
        fields_print_text(key);
    }
    fields_print_number(point->x);
    for (size_t s = 0; s < plot->table.score_count; s++) {
        const struct table_cell *cell = &point->group->cells[s];
        fields_print_number(table_mean(cell));
        fields_print_number(table_deviation(cell));
        printf(",%lld", (long long)cell->count);
    }
    (void)putchar('\n');
    return STATUS_OK;
}

enum status plot_print_csv(const struct plot *plot, struct error *error) {
    struct arena arena = {0};
    enum status status = STATUS_OK;
    plot_data_print_header(plot);
    for (size_t l = 0; l < plot->line_count; l++) {
        const struct plot_line *line = &plot->lines[l];
        for (size_t p = 0; p < line->point_count && status == STATUS_OK; p++) {
            status = plot_data_print_point(plot, line, &line->points[p], &arena, error);
            arena_reset(&arena);
        }
    }
    arena_free(&arena);
    return status;
}
