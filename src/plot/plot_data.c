#include "plot/plot_data.h"

#include "base/text.h"
#include "plot/plot_theory.h"
#include "show/cells.h"

/* A row of the data. */
struct place {
    const struct plot *plot;
    const struct plot_line *line;
    const struct plot_point *point;
};

static enum status data_row(const void *context, size_t row, struct document_value *cells,
                            struct arena *arena, struct error *error) {
    const struct place *place = &((const struct place *)context)[row];
    const struct table *table = &place->plot->table;
    const struct table_group *group = place->point->group;
    *cells++ = document_text(place->line->label);
    for (size_t k = 0; k < table->key_count; k++) {
        TRY(cells_key(table, group, k, arena, cells++, error));
    }
    *cells++ = document_real(place->point->x);
    for (size_t s = 0; s < table->score_count; s++) {
        *cells++ = cells_mean(group, s, (struct number_format){0});
    }
    return STATUS_OK;
}

static enum status data_places(const struct plot *plot, struct arena *arena,
                               struct document_table *rows, struct error *error) {
    struct place *place;
    for (size_t l = 0; l < plot->line_count; l++) {
        rows->rows += plot->lines[l].point_count;
    }
    TRY(ARENA_NEW(arena, place, rows->rows, error));
    rows->context = place;
    for (size_t l = 0; l < plot->line_count; l++) {
        const struct plot_line *line = &plot->lines[l];
        for (size_t p = 0; p < line->point_count; p++) {
            *place++ = (struct place){plot, line, &line->points[p]};
        }
    }
    return STATUS_OK;
}

static enum status data_add_rows(const struct plot *plot, struct document *document,
                                 struct error *error) {
    enum { BESIDE_TABLE = 2 }; /* line and x */
    const struct table *table = &plot->table;
    struct document_column *columns;
    struct document_table rows = {.key = "points",
                                  .column_count =
                                      BESIDE_TABLE + table->key_count + table->score_count,
                                  .row = data_row};
    TRY(ARENA_NEW(document->arena, columns, rows.column_count, error));
    rows.columns = columns;
    *columns++ = (struct document_column){.key = "line"};
    for (size_t k = 0; k < table->key_count; k++) {
        *columns++ = (struct document_column){.key = table->keys[k].name};
    }
    *columns++ = (struct document_column){.key = "x"};
    for (size_t s = 0; s < table->score_count; s++) {
        *columns++ = (struct document_column){.key = table->scores[s].name, .mean = true};
    }
    TRY(data_places(plot, document->arena, &rows, error));
    return document_table(document, &rows, NULL, error);
}

static enum status data_add_missing(const struct plot *plot, size_t count, const char *why,
                                    const char *what, struct document *document,
                                    struct error *error) {
    return count == 0 ? STATUS_OK
                      : document_line(document, NULL, error, "%zu %s%s not drawn: %s%s", count,
                                      plot->kind == PLOT_LINE ? "cell" : "point",
                                      TEXT_PLURAL(count), why, what);
}

static enum status data_add_relations(const struct plot *plot, struct document *document,
                                      struct error *error) {
    for (size_t s = 0; s < plot->panel_count && plot->relations != NULL; s++) {
        const struct table_score *score = &plot->table.scores[s];
        const char *text;
        TRY(plot_theory_text(&plot->relations[s], score->unit, document->arena, &text, error));
        TRY(document_line(document, NULL, error, "%s against %s: %s", score->name, plot->x, text));
    }
    return STATUS_OK;
}

enum status plot_document(const struct plot *plot, struct document *document, struct error *error) {
    const char *account;
    TRY(plot_account(plot, document->arena, &account, error));
    TRY(data_add_rows(plot, document, error));
    TRY(document_line(document, NULL, error, "%s", account));
    TRY(cells_remarks(&plot->table, document, error));
    TRY(data_add_missing(plot, plot->kind == PLOT_LINE ? plot->empty_cells : 0, "no job is done",
                         "", document, error));
    TRY(data_add_missing(plot, plot->unplaced_cells, plot->x,
                         plot->logarithmic ? " is not above 0" : " is undefined", document, error));
    if (plot->overlaps) {
        TRY(document_line(document, NULL, error,
                          "lines have several points at one %s: --line separates them, --by "
                          "without the other axes averages them",
                          plot->x));
    }
    return data_add_relations(plot, document, error);
}
