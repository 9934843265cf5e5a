#include "show/prescription.h"

#include "base/text.h"
enum { ROWS_SHOWN = 40 };

/* Columns [1 + sources + rest]: `first`, one for each source for people, and the rest. */
static enum status prescription_columns(const struct prescription *prescription, const char *first,
                                        struct document_column source,
                                        const struct document_column *rest, size_t count,
                                        struct arena *arena, struct document_table *table,
                                        struct error *error) {
    enum { LEAST_FIRST = 10 };
    struct document_column *columns;
    table->column_count = 1 + prescription->sources + count;
    TRY(ARENA_NEW(arena, columns, table->column_count, error));
    table->columns = columns;
    *columns++ = (struct document_column){.heading = first, .width = LEAST_FIRST};
    for (size_t j = 0; j < prescription->sources; j++) {
        source.heading = prescription->names[j];
        *columns++ = source;
    }
    memcpy(columns, rest, count * sizeof *rest);
    return STATUS_OK;
}

static bool prescription_is_sample(const struct prescription *prescription,
                                   const struct addition *addition) {
    const double *sample = prescription->points + addition->from * prescription->sources;
    for (size_t j = 0; j < prescription->sources; j++) {
        if (addition->point[j] != sample[j]) {
            return false;
        }
    }
    return true;
}

static enum status prescription_add_addition(const struct prescription *prescription, size_t number,
                                             struct document_table *table, struct error *error) {
    const struct addition *addition = &prescription->additions.list[number];
    const size_t sources = prescription->sources;
    const char *remark = "";
    struct document_value *cells;
    if (prescription_is_sample(prescription, addition)) {
        TRY(arena_printf(table->arena, &remark, error, " sample %zu once more",
                         prescription->rows[addition->from] + 1));
    }
    TRY(document_row(table, &cells, error));
    *cells++ = document_integer((int64_t)number + 1);
    for (size_t j = 0; j < sources; j++) {
        *cells++ = document_real(addition->point[j]); /* all digits: those that were checked */
    }
    DOCUMENT_CELLS(cells, document_numbers(addition->point, sources),
                   document_numbers(addition->direction, sources), document_real(addition->reach),
                   document_real(addition->needed), document_real(addition->had),
                   document_text(remark));
    return STATUS_OK;
}

static enum status prescription_add_additions(const struct prescription *prescription,
                                              struct document *object, struct error *error) {
    static const struct document_column rest[] = {
        {.key = "point"},
        {.key = "direction"},
        {.key = "reach", .heading = "reaches", .format = "%.6g", .width = 11},
        {.key = "needed", .heading = "needed", .format = "%.6g", .width = 9},
        {.key = "had", .heading = "had", .format = "%.6g", .width = 9},
        {.heading = "", .left = true}};
    const struct additions *additions = &prescription->additions;
    struct document_table table = {.key = "add", .label = "samples to add", .indent = 1, .gap = 1};
    struct document_table *added;
    TRY(prescription_columns(prescription, "add", (struct document_column){.width = 22}, rest,
                             sizeof rest / sizeof *rest, object->arena, &table, error));
    TRY(document_styled(object, DOCUMENT_PARAGRAPH, NULL, error,
                        "to make the data modular, add %zu sample%s, each as heavy as an average "
                        "one:",
                        additions->count, TEXT_PLURAL(additions->count)));
    TRY(document_table(object, &table, &added, error));
    for (size_t k = 0; k < additions->count; k++) {
        TRY(prescription_add_addition(prescription, k, added, error));
    }
    TRY(document_line(object, NULL, error, "checked: with %s the margin is %.6g, modular",
                      additions->count == 1 ? "it" : "them", additions->after.value));
    return DOCUMENT_FIELDS(object, error, {"margin_after", document_real(additions->after.value)},
                           {"modular_after", document_flag(additions->after.modular)});
}

static enum status prescription_add_removal(const struct prescription *prescription,
                                            const struct removal *removal,
                                            struct document_table *table, struct error *error) {
    const size_t sources = prescription->sources;
    const double *point = prescription->points + removal->sample * sources;
    const int64_t row = (int64_t)prescription->rows[removal->sample];
    struct document_value *cells;
    TRY(document_row(table, &cells, error));
    *cells++ = document_integer(row + 1);
    for (size_t j = 0; j < sources; j++) {
        *cells++ = document_real(point[j]);
    }
    DOCUMENT_CELLS(cells, document_integer(row), document_integer((int64_t)removal->copies),
                   document_numbers(point, sources), document_real(removal->margin));
    return STATUS_OK;
}

static enum status prescription_add_removal_lines(const struct removals *removals,
                                                  struct document *object, struct error *error) {
    if (removals->count > ROWS_SHOWN) {
        TRY(document_line(object, NULL, error, " … %zu more; --json has them all",
                          removals->count - ROWS_SHOWN));
    }
    if (removals->count > 0) {
        return document_line(object, NULL, error, "checked: each was removed%s",
                             removals->only_vertices
                                 ? "; of many positions only the hull's vertices were tried"
                                 : "");
    }
    return document_styled(object, DOCUMENT_PARAGRAPH, NULL, error, "%s",
                           removals->only_vertices
                               ? "checked: the data stay modular without any one vertex of their "
                                 "hull (other positions are too many to try)"
                               : "checked: the data stay modular whichever sample is removed");
}

static enum status prescription_add_removals(const struct prescription *prescription,
                                             struct document *object, struct error *error) {
    static const struct document_column rest[] = {
        {.key = "index"},
        {.key = "copies", .heading = "copies", .width = 7},
        {.key = "point"},
        {.key = "margin_without", .heading = "margin without", .format = "%.6g", .width = 15}};
    const struct removals *removals = &prescription->removals;
    struct document_table table = {.key = "keep",
                                   .label = "samples to keep",
                                   .indent = 1,
                                   .gap = 1,
                                   .hidden = removals->count == 0};
    struct document_table *added;
    TRY(prescription_columns(prescription, "sample",
                             (struct document_column){.format = "%.8g", .width = 14}, rest,
                             sizeof rest / sizeof *rest, object->arena, &table, error));
    if (removals->count > 0) {
        TRY(document_line(object, NULL, error,
                          "the data would be mixed without any one of these samples:"));
    }
    TRY(document_table(object, &table, &added, error));
    for (size_t k = 0; k < removals->count; k++) {
        TRY(prescription_add_removal(prescription, &removals->list[k], added, error));
    }
    added->rows_shown = removals->count < ROWS_SHOWN ? removals->count : ROWS_SHOWN;
    TRY(prescription_add_removal_lines(removals, object, error));
    return DOCUMENT_FIELDS(object, error,
                           {"positions", document_integer((int64_t)removals->positions)},
                           {"only_vertices", document_flag(removals->only_vertices)});
}

enum status prescription_document(const struct prescription *prescription,
                                  struct document *document, struct error *error) {
    struct document *object;
    TRY(document_object(document, "prescription", &object, error));
    TRY(document_line(object, NULL, error, "%s", ""));
    return prescription->additions.before.modular
               ? prescription_add_removals(prescription, object, error)
               : prescription_add_additions(prescription, object, error);
}
