#include "show/cells.h"

#include "aggregate/totals.h"

#include <math.h>

struct number_format cells_format(const struct table *table, size_t score) {
    double largest = 0;
    for (size_t g = 0; g < table->group_count; g++) {
        largest = fmax(largest, fabs(table_mean(&table->groups[g].cells[score])));
    }
    return number_format_for(largest);
}

struct document_column cells_column(const struct table_key *key) {
    return (struct document_column){.key = key->name,
                                    .heading = key->name,
                                    .unit = key->unit,
                                    .left = key->storage == HDF_LETTER};
}

enum status cells_key(const struct table *table, const struct table_group *group, size_t key,
                      struct arena *arena, struct document_value *value, struct error *error) {
    const char *text;
    TRY(table_key_text(table, group, key, arena, &text, error));
    if (text[0] == '\0') {
        *value = document_null();
    } else if (table->keys[key].storage == HDF_LETTER) {
        *value = document_text(text);
    } else if (table->keys[key].storage == HDF_INT64) {
        int64_t integer;
        memcpy(&integer, table_key_value(table, group, key), sizeof integer);
        *value = document_integer(integer);
    } else {
        *value = document_real(table_key_number(table, group, key));
    }
    return STATUS_OK;
}

struct document_value cells_mean(const struct table_group *group, size_t score,
                                 struct number_format format) {
    const struct table_cell *cell = &group->cells[score];
    return document_mean((struct document_mean){.mean = table_mean(cell),
                                                .deviation = table_deviation(cell),
                                                .count = cell->count,
                                                .of = group->rows.done,
                                                .undefined = cell->undefined,
                                                .format = format});
}

enum status cells_remarks(const struct table *table, struct document *document,
                          struct error *error) {
    if (table->sweeps > 1) {
        TRY(document_styled(document, DOCUMENT_NOTE, NULL, error, "jobs of %llu sweeps",
                            (unsigned long long)table->sweeps));
    }
    if (table->repeated > 0) {
        TRY(document_styled(document, DOCUMENT_NOTE, NULL, error,
                            "%lld jobs are in more than one case and count once",
                            (long long)table->repeated));
    }
    for (size_t s = 0; s < table->score_count; s++) {
        const int64_t undefined = totals_count_undefined(table, s);
        if (undefined > 0) {
            TRY(document_styled(document, DOCUMENT_NOTE, NULL, error,
                                "%s is undefined for %lld done job%s, not in its means",
                                table->scores[s].name, (long long)undefined,
                                undefined == 1 ? "" : "s"));
        }
    }
    return STATUS_OK;
}
