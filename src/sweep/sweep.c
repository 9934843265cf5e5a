#include "sweep/sweep.h"

#include "base/file.h"
#include "sweep/build.h"
#include "sweep/check.h"
#include "sweep/column.h"
#include "sweep/hash.h"
#include "sweep/root.h"
#include "sweep/root_keys.h"

#include <stdlib.h>
#include <string.h>

struct overrides {
    const char *const *texts;
    size_t count;
};

/* Where a sweep comes from. */
struct origin {
    const char *text; /* NULL: read the file */
    const char *path;
    struct overrides overrides;
    bool files_unread;
};

/* Reads "a.b=VALUE" of --set as a mapping of one key. */
static enum status sweep_read_override(struct sweep *sweep, const char *text,
                                       struct key_values *over, struct error *error) {
    struct arena *arena = &sweep->arena;
    const char *equals = strchr(text, '=');
    struct node *pair;
    if (strncmp(text, "cases=", sizeof "cases=" - 1) == 0) {
        return error_set(error, STATUS_BAD_INPUT,
                         "--set %s: cases cannot be set; edit the file, or set a key of them",
                         text);
    }
    if (equals == NULL || equals == text) {
        return error_set(error, STATUS_BAD_INPUT, "--set %s: expected KEY=VALUE", text);
    }
    TRY(ARENA_NEW(arena, pair, 2, error));
    pair[0].plain = true;
    TRY(arena_printf(arena, &pair[0].origin, error, "--set %s", text));
    TRY(arena_printf(arena, &pair[0].text, error, "%.*s", (int)(equals - text), text));
    TRY(node_read(equals + 1, pair[0].origin, false, arena, &pair[1], error));
    const struct node map = {.kind = NODE_MAP, .origin = pair[0].origin, .count = 1, .items = pair};
    return key_values_read(&map, true, arena, over, error);
}

/* Applies --set to the base; cases lose the key, so that it holds everywhere. */
static enum status sweep_apply_override(struct sweep *sweep, const char *text,
                                        struct key_values *cases, size_t case_count,
                                        struct error *error) {
    struct key_values over;
    struct key_values merged;
    TRY(sweep_read_override(sweep, text, &over, error));
    TRY(key_values_merge(&sweep->own->base, &over, &sweep->arena, &merged, error));
    sweep->own->base = merged;
    for (size_t i = 0; i < case_count; i++) {
        for (size_t j = 0; j < over.count; j++) {
            key_values_remove(&cases[i], over.items[j].key);
        }
    }
    return STATUS_OK;
}

/* The list under `cases`, or NULL without one. */
static enum status sweep_find_cases(const struct key_values *base, const struct node **list,
                                    struct error *error) {
    const struct key_value *pair = key_values_find(base, "cases");
    *list = pair == NULL ? NULL : pair->value;
    if (pair == NULL) {
        return STATUS_OK;
    }
    if (pair->value->kind != NODE_LIST || pair->value->tag != NULL) {
        return node_error(pair->value, error, "cases: expected a list of mappings");
    }
    if (pair->value->count == 0) {
        return node_error(pair->value, error, "cases: a list without cases");
    }
    for (size_t i = 0; i < pair->value->count; i++) {
        const struct node *item = &pair->value->items[i];
        if (item->kind != NODE_MAP || item->tag != NULL) {
            return node_error(item, error, "cases: expected a mapping, such as {data.kind: grid}");
        }
    }
    return STATUS_OK;
}

/* Reads the keys of the file and of --set, those of cases separately. */
static enum status sweep_read_entries(struct sweep *sweep, const struct node *root,
                                      const struct overrides *overrides, const struct node **list,
                                      struct key_values **cases, struct error *error) {
    if (root->kind != NODE_MAP || root->tag != NULL) {
        return node_error(root, error, "expected a mapping of keys to values, such as seed: 1");
    }
    TRY(key_values_read(root, true, &sweep->arena, &sweep->own->base, error));
    TRY(sweep_find_cases(&sweep->own->base, list, error));
    size_t count = *list == NULL ? 1 : (*list)->count;
    TRY(ARENA_NEW(&sweep->arena, *cases, count, error));
    for (size_t i = 0; *list != NULL && i < count; i++) {
        TRY(key_values_read(&(*list)->items[i], false, &sweep->arena, &(*cases)[i], error));
    }
    for (size_t i = 0; i < overrides->count; i++) {
        TRY(sweep_apply_override(sweep, overrides->texts[i], *cases, count, error));
    }
    sweep->case_count = count;
    return STATUS_OK;
}

/* The keys of the base that jobs have. */
static enum status sweep_job_entries(struct sweep *sweep, struct key_values *pairs,
                                     struct error *error) {
    const struct key_values *base = &sweep->own->base;
    *pairs = (struct key_values){0};
    TRY(ARENA_NEW(&sweep->arena, pairs->items, base->count, error));
    for (size_t i = 0; i < base->count; i++) {
        if (!root_key_exists(base->items[i].key)) {
            pairs->items[pairs->count++] = base->items[i];
        }
    }
    return STATUS_OK;
}

static enum status sweep_build_case(struct sweep *sweep, struct grid_case *grid,
                                    const struct key_values *base, const struct key_values *over,
                                    struct error *error) {
    struct key_values merged;
    TRY(key_values_merge(base, over, &sweep->arena, &merged, error));
    TRY(build_case(sweep, grid, &merged, error));
    TRY(grid_measure(grid, &sweep->job_count, error));
    TRY(check_duplicates(grid, error));
    return hash_prepare(sweep, grid, error);
}

/* A case for each item of the list, or one that is the whole sweep, written at `root`. */
static enum status sweep_build_cases(struct sweep *sweep, const struct node *root,
                                     const struct node *list, const struct key_values *cases,
                                     struct error *error) {
    struct key_values base;
    TRY(sweep_job_entries(sweep, &base, error));
    TRY(ARENA_NEW(&sweep->arena, sweep->cases, sweep->case_count, error));
    TRY(ARENA_NEW(&sweep->arena, sweep->own->cases, sweep->case_count, error));
    for (size_t i = 0; i < sweep->case_count; i++) {
        struct grid_case *grid = &sweep->own->cases[i];
        grid->subgrid = &sweep->cases[i];
        grid->number = list == NULL ? 0 : i + 1;
        grid->at = list == NULL ? root : &list->items[i];
        TRY(sweep_build_case(sweep, grid, &base, &cases[i], error));
    }
    return STATUS_OK;
}

static enum status sweep_build(struct sweep *sweep, const struct node *root,
                               const struct overrides *overrides, struct error *error) {
    const struct node *list = NULL;
    struct key_values *cases = NULL;
    TRY(sweep_read_entries(sweep, root, overrides, &list, &cases, error));
    TRY(root_read(&sweep->own->reader, &sweep->own->base, sweep, &sweep->own->samples, error));
    TRY(grid_prepare(sweep, error));
    TRY(sweep_build_cases(sweep, root, list, cases, error));
    for (size_t i = 0; i < sweep->case_count && !sweep->own->reader.files_unread; i++) {
        TRY(check_case(sweep, &sweep->own->cases[i], error));
    }
    sweep->fingerprint = hash_grid(sweep);
    return column_find_all(sweep, error);
}

static enum status sweep_join_overrides(struct sweep *sweep, const struct overrides *overrides,
                                        struct error *error) {
    size_t bytes = 1;
    for (size_t i = 0; i < overrides->count; i++) {
        bytes += strlen(overrides->texts[i]) + 1;
    }
    char *end = NULL;
    TRY(ARENA_NEW(&sweep->arena, end, bytes, error));
    sweep->overrides = end;
    for (size_t i = 0; i < overrides->count; i++) {
        end = stpcpy(end, i == 0 ? "" : "\n");
        end = stpcpy(end, overrides->texts[i]);
    }
    return STATUS_OK;
}

static enum status sweep_fill(struct sweep *sweep, const struct origin *origin,
                              struct error *error) {
    struct arena *arena = &sweep->arena;
    struct node *root;
    TRY(ARENA_NEW(arena, sweep->own, 1, error));
    TRY(ARENA_NEW(arena, root, 1, error));
    TRY(arena_strdup(arena, origin->path, &sweep->path, error));
    sweep->own->reader =
        (struct value_reader){.arena = arena, .files_unread = origin->files_unread};
    TRY(file_folder(origin->path, arena, &sweep->own->reader.folder, error));
    TRY(origin->text == NULL ? file_text(origin->path, arena, &sweep->text, error)
                             : arena_strdup(arena, origin->text, &sweep->text, error));
    TRY(sweep_join_overrides(sweep, &origin->overrides, error));
    TRY(node_read(sweep->text, sweep->path, true, arena, root, error));
    return sweep_build(sweep, root, &origin->overrides, error);
}

static enum status sweep_make(const struct origin *origin, struct sweep **sweep,
                              struct error *error) {
    *sweep = NULL;
    SCOPED(sweep_release) struct sweep *made = calloc(1, sizeof *made);
    if (made == NULL) {
        return error_set(error, STATUS_NO_MEMORY, "out of memory loading '%s'", origin->path);
    }
    TRY(sweep_fill(made, origin, error));
    *sweep = made;
    made = NULL;
    return STATUS_OK;
}

enum status sweep_load(const char *path, const char *const *overrides, size_t count,
                       struct sweep **sweep, struct error *error) {
    return sweep_make(&(struct origin){.path = path, .overrides = {overrides, count}}, sweep,
                      error);
}

enum status sweep_parse(const char *text, const char *path, const char *const *overrides,
                        size_t count, struct sweep **sweep, struct error *error) {
    return sweep_make(&(struct origin){text, path, {overrides, count}, false}, sweep, error);
}

/* As sweep_make, with overrides one a line. */
static enum status sweep_restore_from(struct origin *origin, const char *overrides,
                                      struct sweep **sweep, struct error *error) {
    SCOPED(arena_free) struct arena arena = {0};
    size_t bytes = strlen(overrides) + 1;
    const char **lines;
    char *copy;
    char *rest = NULL;
    TRY(ARENA_NEW(&arena, lines, bytes, error));
    TRY(ARENA_NEW(&arena, copy, bytes, error));
    memcpy(copy, overrides, bytes);
    origin->overrides.texts = lines;
    for (char *line = strtok_r(copy, "\n", &rest); line != NULL;
         line = strtok_r(NULL, "\n", &rest)) {
        lines[origin->overrides.count++] = line;
    }
    return sweep_make(origin, sweep, error);
}

enum status sweep_restore(const char *text, const char *path, const char *overrides,
                          struct sweep **sweep, struct error *error) {
    return sweep_restore_from(&(struct origin){.text = text, .path = path}, overrides, sweep,
                              error);
}

enum status sweep_recall(const char *text, const char *path, const char *overrides,
                         struct sweep **sweep, struct error *error) {
    return sweep_restore_from(&(struct origin){.text = text, .path = path, .files_unread = true},
                              overrides, sweep, error);
}

void sweep_free(struct sweep *sweep) {
    if (sweep != NULL) {
        arena_free(&sweep->arena);
        free(sweep);
    }
}

void sweep_release(struct sweep **sweep) {
    sweep_free(*sweep);
}
