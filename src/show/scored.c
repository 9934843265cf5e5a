#include "show/scored.h"

static enum status scored_add_scores(const struct scored *scored, struct document *document,
                                     struct error *error) {
    static const struct document_column columns[] = {
        {.heading = "score", .width = 18, .left = true},
        {.heading = "value", .format = "%.6f", .width = 10},
        {.heading = "unit", .width = 3, .left = true},
        {.heading = "meaning", .left = true}};
    const struct document_table table = {
        .label = "scores", DOCUMENT_COLUMNS(columns), .gap = 1, .bare = true};
    struct document_table *added;
    TRY(document_table(document, &table, &added, error));
    for (size_t i = 0; i < scored->count; i++) {
        const struct score *score = scored->chosen[i];
        const struct document_value value = document_real(scored->values[i]);
        struct document_value *cells;
        TRY(DOCUMENT_FIELDS(document, error, {score->component.name, value}));
        TRY(document_row(added, &cells, error));
        DOCUMENT_CELLS(cells, document_text(score->component.name), value,
                       document_text(score->unit == NULL ? "" : score->unit),
                       document_text(score->component.help));
    }
    return STATUS_OK;
}

static enum status scored_add_left_out(const struct scored *scored, struct document *document,
                                       struct error *error) {
    if (scored->left_out_count == 0) {
        return STATUS_OK;
    }
    TRY(document_line(document, NULL, error, "\nleft out, as the sources do not suit: %s",
                      scored->left_out[0]->component.name));
    for (size_t i = 1; i < scored->left_out_count; i++) {
        TRY(document_continue(document, error, ", %s", scored->left_out[i]->component.name));
    }
    return STATUS_OK;
}

/* A column for each latent, after one of names. */
static enum status scored_columns(size_t latents, struct arena *arena,
                                  const struct document_column **columns, struct error *error) {
    enum { NAME_COLUMNS = 10, NUMBER_COLUMNS = 8 };
    struct document_column *column;
    TRY(ARENA_NEW(arena, column, latents + 1, error));
    *columns = column;
    column->heading = "latent";
    column->width = NAME_COLUMNS;
    for (size_t j = 1; j <= latents; j++) {
        column[j] = (struct document_column){.format = "%.4f", .width = NUMBER_COLUMNS};
        TRY(arena_printf(arena, &column[j].heading, error, "%zu", j));
    }
    return STATUS_OK;
}

static enum status scored_add_rows(const struct scored *scored, const double *matrix,
                                   struct document_table *table, struct error *error) {
    const size_t latents = scored->input.latents;
    struct document_value *cells;
    for (size_t i = 0; i < scored->input.sources; i++) {
        const char *name;
        TRY(arena_printf(table->arena, &name, error, "source %3zu", i + 1));
        TRY(document_row(table, &cells, error));
        *cells++ = document_text(name);
        for (size_t j = 0; j < latents; j++) {
            cells[j] = document_real(matrix[i * latents + j]);
        }
    }
    TRY(document_row(table, &cells, error));
    *cells++ = document_text("active");
    for (size_t j = 0; j < latents; j++) {
        cells[j] = document_flag(scored->active[j]);
    }
    return STATUS_OK;
}

static enum status scored_add_matrix(const struct scored *scored, size_t number,
                                     const struct document_column *columns,
                                     struct document *document, struct error *error) {
    const struct score_input *input = &scored->input;
    const struct score_matrix *kind = scored->kinds[number];
    const double *matrix = scored->matrices[number];
    const struct document_table table = {
        .label = kind->name, .column_count = input->latents + 1, .columns = columns, .gap = 1};
    struct document_table *added;
    TRY(DOCUMENT_FIELDS(document, error,
                        {kind->name, document_matrix(matrix, input->sources, input->latents)}));
    TRY(document_line(document, NULL, error, "\n%s: %s", kind->name, kind->help));
    TRY(document_table(document, &table, &added, error));
    return scored_add_rows(scored, matrix, added, error);
}

/* 1 for a latent that is active, else 0. */
static enum status scored_add_active(const struct scored *scored, struct document *document,
                                     struct error *error) {
    double *active;
    TRY(ARENA_NEW(document->arena, active, scored->input.latents, error));
    for (size_t j = 0; j < scored->input.latents; j++) {
        active[j] = scored->active[j];
    }
    return DOCUMENT_FIELDS(document, error,
                           {"active", document_numbers(active, scored->input.latents)});
}

enum status scored_document(const struct scored *scored, struct document *document,
                            struct error *error) {
    const struct document_column *columns;
    document->compact = true;
    TRY(document_line(document, NULL, error, "%zu samples, %zu sources, %zu latents\n",
                      scored->input.samples, scored->input.sources, scored->input.latents));
    TRY(scored_add_scores(scored, document, error));
    TRY(scored_add_left_out(scored, document, error));
    TRY(scored_columns(scored->input.latents, document->arena, &columns, error));
    for (size_t m = 0; m < scored->matrix_count; m++) {
        TRY(scored_add_matrix(scored, m, columns, document, error));
    }
    return scored_add_active(scored, document, error);
}
