#include "show/table.h"

#include "aggregate/totals.h"
#include "show/cells.h"

enum { GAP = 2 };

/* Between the keys and the scores for programs, after the scores for people. */
static const struct document_column count_columns[] = {
    {.key = "done"}, {.key = "missing"}, {.key = "diverged"}, {.key = "quarantined"}};
static const struct document_column last_columns[] = {{.heading = "n"},
                                                      {.heading = "", .left = true}};
enum { COUNTS = 4, LAST = 2, OBJECTS = 2 };

/* What the rows are made from. */
struct means {
    const struct table *table;
    struct number_format *formats; /* [score_count] */
};

/* Why a mean has fewer jobs than its group: "1 missing, linear_cinfom undefined in 2". */
static enum status table_absent(const struct table *table, const struct table_group *group,
                                struct arena *arena, const char **text, struct error *error) {
    TRY(totals_absent(&group->rows, arena, text, error));
    for (size_t s = 0; s < table->score_count; s++) {
        int64_t undefined = group->cells[s].undefined;
        if (undefined > 0) {
            TRY(arena_append(arena, text, ", ", error, "%s undefined in %lld",
                             table->scores[s].name, (long long)undefined));
        }
    }
    return STATUS_OK;
}

static enum status table_row(const void *context, size_t row, struct document_value *cells,
                             struct arena *arena, struct error *error) {
    const struct means *means = context;
    const struct table *table = means->table;
    const struct table_group *group = &table->groups[row];
    const char *absent;
    cells++; /* the object of the keys */
    for (size_t k = 0; k < table->key_count; k++) {
        TRY(cells_key(table, group, k, arena, cells++, error));
    }
    DOCUMENT_CELLS(cells, document_integer(group->rows.done), document_integer(group->rows.missing),
                   document_integer(group->rows.diverged),
                   document_integer(group->rows.quarantined));
    cells += COUNTS + 1; /* the object of the scores */
    for (size_t s = 0; s < table->score_count; s++) {
        *cells++ = cells_mean(group, s, means->formats[s]);
    }
    TRY(table_absent(table, group, arena, &absent, error));
    DOCUMENT_CELLS(cells, document_integer(group->rows.done), document_text(absent));
    return STATUS_OK;
}

/* The columns of a table, as table_row fills them. */
static enum status table_columns(const struct table *table, struct arena *arena,
                                 struct document_table *into, struct error *error) {
    struct document_column *columns;
    into->column_count = OBJECTS + table->key_count + COUNTS + table->score_count + LAST;
    TRY(ARENA_NEW(arena, columns, into->column_count, error));
    into->columns = columns;
    *columns++ = (struct document_column){.object = "key"};
    for (size_t k = 0; k < table->key_count; k++) {
        *columns = cells_column(&table->keys[k]);
        (columns++)->object = "key";
    }
    memcpy(columns, count_columns, sizeof count_columns);
    columns += COUNTS;
    *columns++ = (struct document_column){.object = "scores"};
    for (size_t s = 0; s < table->score_count; s++) {
        const struct table_score *score = &table->scores[s];
        *columns++ = (struct document_column){.key = score->name,
                                              .heading = score->name,
                                              .unit = score->unit,
                                              .object = "scores",
                                              .mean = true};
    }
    memcpy(columns, last_columns, sizeof last_columns);
    return STATUS_OK;
}

enum status table_rows(const struct table *table, struct document *document, struct error *error) {
    struct means *means;
    struct document_table groups = {.key = "groups",
                                    .label = "means",
                                    .rows = table->group_count,
                                    .rows_shown = table->group_count,
                                    .row = table_row,
                                    .gap = GAP};
    TRY(ARENA_NEW(document->arena, means, 1, error));
    means->table = table;
    TRY(ARENA_NEW(document->arena, means->formats, table->score_count, error));
    for (size_t s = 0; s < table->score_count; s++) {
        means->formats[s] = cells_format(table, s);
    }
    groups.context = means;
    TRY(table_columns(table, document->arena, &groups, error));
    return document_table(document, &groups, NULL, error);
}

enum status table_document(const struct table *table, struct document *document,
                           struct error *error) {
    const char **names;
    const char *totals;
    TRY(totals_text(table, document->arena, &totals, error));
    TRY(ARENA_NEW(document->arena, names, table->key_count, error));
    for (size_t k = 0; k < table->key_count; k++) {
        names[k] = table->keys[k].name;
    }
    TRY(DOCUMENT_FIELDS(
        document, error, {"file", document_text(table->path)}, {"name", document_text(table->name)},
        {"jobs", document_integer(table->job_count)}, {"done", document_integer(table->rows.done)},
        {"missing", document_integer(table->rows.missing)},
        {"diverged", document_integer(table->rows.diverged)},
        {"quarantined", document_integer(table->rows.quarantined)},
        {"torn", document_integer(table->torn)}, {"repeated", document_integer(table->repeated)},
        {"by", document_words(names, table->key_count)}));
    TRY(table_rows(table, document, error));
    TRY(document_line(document, NULL, error, "%s", ""));
    TRY(document_styled(document, DOCUMENT_NOTE, NULL, error,
                        "%s; mean ± sample standard deviation over n jobs", totals));
    return cells_remarks(table, document, error);
}
