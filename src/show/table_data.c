/* The two forms of a table that programs read. */
#include "aggregate/table.h"

#include "base/json.h"
#include "show/fields.h"
#include "store/format.h"

#include <stdio.h>
#include <stdlib.h>

static void table_data_print_csv_header(const struct table *table) {
    for (size_t k = 0; k < table->key_count; k++) {
        printf("%s,", table->keys[k].name);
    }
    (void)fputs("done,missing,diverged,quarantined", stdout);
    for (size_t s = 0; s < table->score_count; s++) {
        const char *name = table->scores[s].name;
        printf(",%s_mean,%s_sd,%s_n", name, name, name);
    }
    (void)putchar('\n');
}

static enum status table_data_print_csv_line(const struct table *table,
                                             const struct table_group *group, struct arena *arena,
                                             struct error *error) {
    for (size_t k = 0; k < table->key_count; k++) {
        const char *key = table_key_text(table, group, k, arena, error);
        if (key == NULL) {
            return error_status(error);
        }
        fields_print_text(key);
        (void)putchar(',');
    }
    printf("%lld,%lld,%lld,%lld", (long long)group->rows.done, (long long)group->rows.missing,
           (long long)group->rows.diverged, (long long)group->rows.quarantined);
    for (size_t s = 0; s < table->score_count; s++) {
        fields_print_number(table_mean(&group->cells[s]));
        fields_print_number(table_deviation(&group->cells[s]));
        printf(",%lld", (long long)group->cells[s].count);
    }
    (void)putchar('\n');
    return STATUS_OK;
}

enum status table_print_csv(const struct table *table, struct error *error) {
    struct arena arena = {0};
    enum status status = STATUS_OK;
    table_data_print_csv_header(table);
    for (size_t g = 0; g < table->group_count && status == STATUS_OK; g++) {
        status = table_data_print_csv_line(table, &table->groups[g], &arena, error);
        arena_reset(&arena);
    }
    arena_free(&arena);
    return status;
}

static enum status table_data_add_rows(struct json_object *object, const struct table_count *rows,
                                       struct error *error) {
    TRY(json_add_integer(object, "done", rows->done, error));
    TRY(json_add_integer(object, "missing", rows->missing, error));
    TRY(json_add_integer(object, "diverged", rows->diverged, error));
    return json_add_integer(object, "quarantined", rows->quarantined, error);
}

static enum status table_data_add_key(struct json_object *object, const struct table *table,
                                      const struct table_group *group, size_t key,
                                      struct arena *arena, struct error *error) {
    const char *name = table->keys[key].name;
    const char *text = table_key_text(table, group, key, arena, error);
    if (text == NULL) {
        return error_status(error);
    }
    if (text[0] == '\0') {
        return json_add_null(object, name, error);
    }
    switch (table->keys[key].storage) {
    case HDF_INT64:
        return json_add_integer(object, name, strtoll(text, NULL, 10), error);
    case HDF_LETTER:
        return json_add_text(object, name, text, error);
    default:
        return json_add_real(object, name, strtod(text, NULL), error);
    }
}

static enum status table_data_add_cell(struct json_object *object, const char *name,
                                       const struct table_cell *cell, struct error *error) {
    struct json_object *score;
    TRY(json_add_object(object, name, &score, error));
    TRY(json_add_real(score, "mean", table_mean(cell), error));
    TRY(json_add_real(score, "sd", table_deviation(cell), error));
    TRY(json_add_integer(score, "n", cell->count, error));
    return json_add_integer(score, "undefined", cell->undefined, error);
}

static enum status table_data_add_group(struct json_object *groups, const struct table *table,
                                        const struct table_group *group, struct arena *arena,
                                        struct error *error) {
    struct json_object *object;
    struct json_object *key;
    struct json_object *scores;
    TRY(json_append_object(groups, &object, error));
    TRY(json_add_object(object, "key", &key, error));
    for (size_t k = 0; k < table->key_count; k++) {
        TRY(table_data_add_key(key, table, group, k, arena, error));
    }
    TRY(table_data_add_rows(object, &group->rows, error));
    TRY(json_add_object(object, "scores", &scores, error));
    for (size_t s = 0; s < table->score_count; s++) {
        TRY(table_data_add_cell(scores, table->scores[s].name, &group->cells[s], error));
    }
    return STATUS_OK;
}

static enum status table_data_build(const struct table *table, struct json_object *root,
                                    struct arena *arena, struct error *error) {
    struct json_object *keys;
    struct json_object *groups;
    TRY(json_add_text(root, "file", table->path, error));
    TRY(json_add_text(root, "name", table->name, error));
    TRY(json_add_integer(root, "jobs", table->job_count, error));
    TRY(table_data_add_rows(root, &table->rows, error));
    TRY(json_add_integer(root, "torn", table->torn, error));
    TRY(json_add_integer(root, "repeated", table->repeated, error));
    TRY(json_add_array(root, "by", &keys, error));
    for (size_t k = 0; k < table->key_count; k++) {
        TRY(json_append_text(keys, table->keys[k].name, error));
    }
    TRY(json_add_array(root, "groups", &groups, error));
    for (size_t g = 0; g < table->group_count; g++) {
        TRY(table_data_add_group(groups, table, &table->groups[g], arena, error));
    }
    return STATUS_OK;
}

enum status table_print_json(const struct table *table, struct error *error) {
    struct arena arena = {0};
    struct json_object *root = json_object_new_object();
    enum status status = root == NULL ? error_set(error, STATUS_NO_MEMORY, "out of memory for JSON")
                                      : table_data_build(table, root, &arena, error);
    status = status == STATUS_OK ? json_print(root, error) : status;
    (void)json_object_put(root);
    arena_free(&arena);
    return status;
}
