#include "sweep/sweep.h"

#include "parameter/file.h"
#include "sweep/build.h"
#include "sweep/check.h"
#include "sweep/column.h"
#include "sweep/hash.h"
#include "sweep/root_keys.h"

#include <stdlib.h>
#include <string.h>

struct overrides {
    const char *const *texts;
    size_t count;
};

/* Where a sweep comes from. */
struct origin {
    const char *text; /* NULL: what is in the file */
    const char *path;
    struct overrides overrides;
    bool files_unread;
};

/* Applies "--set a.b=VALUE" to the base; cases lose the key, so that it holds everywhere. */
static enum status sweep_apply_override(struct sweep *sweep, const char *text,
                                        struct key_values *cases, size_t case_count,
                                        struct error *error) {
    struct arena *arena = &sweep->arena;
    const char *equals = strchr(text, '=');
    const char *origin = arena_format(arena, error, "--set %s", text);
    struct node *pair = NULL;
    TRY(ARENA_NEW(arena, pair, 2, error));
    if (origin == NULL) {
        return error_status(error);
    }
    if (equals == NULL || equals == text) {
        return error_set(error, STATUS_BAD_INPUT, "%s: expected KEY=VALUE", origin);
    }
    const char *key = arena_format(arena, error, "%.*s", (int)(equals - text), text);
    if (key == NULL) {
        return error_status(error);
    }
    pair[0] = (struct node){.origin = origin, .text = key, .plain = true};
    TRY(node_read(equals + 1, origin, false, arena, &pair[1], error));
    const struct node map = {.kind = NODE_MAP, .origin = origin, .count = 1, .items = pair};
    struct key_values over;
    struct key_values merged;
    TRY(key_values_read(&map, true, arena, &over, error));
    TRY(key_values_merge(&sweep->own->base, &over, arena, &merged, error));
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

/* Keys of the file and of --set, base and cases apart. */
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
        if (strncmp(overrides->texts[i], "cases=", sizeof "cases=" - 1) == 0) {
            return error_set(error, STATUS_BAD_INPUT,
                             "--set %s: cases cannot be set; edit the file, or set a key of them",
                             overrides->texts[i]);
        }
        TRY(sweep_apply_override(sweep, overrides->texts[i], *cases, count, error));
    }
    sweep->case_count = count;
    return STATUS_OK;
}

/* The keys of the base that make up jobs. */
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

static enum status sweep_build_case(struct sweep *sweep, size_t index,
                                    const struct key_values *base, const struct key_values *over,
                                    const struct node *at, struct error *error) {
    struct key_values merged;
    TRY(key_values_merge(base, over, &sweep->arena, &merged, error));
    TRY(grid_build(sweep, index, &merged, at, error));
    TRY(grid_measure(sweep, index, &sweep->job_count, error));
    TRY(grid_refuse_duplicates(sweep, index, error));
    return grid_hash_lines(sweep, index, error);
}

static enum status sweep_build(struct sweep *sweep, const struct node *root,
                               const struct overrides *overrides, struct error *error) {
    const struct node *list = NULL;
    struct key_values *cases = NULL;
    struct key_values base;
    TRY(sweep_read_entries(sweep, root, overrides, &list, &cases, error));
    TRY(root_keys_read(&sweep->own->reader, &sweep->own->base, sweep, &sweep->own->samples, error));
    TRY(sweep_job_entries(sweep, &base, error));
    TRY(ARENA_NEW(&sweep->arena, sweep->cases, sweep->case_count, error));
    TRY(ARENA_NEW(&sweep->arena, sweep->own->cases, sweep->case_count, error));
    TRY(grid_prepare(sweep, error));
    for (size_t i = 0; i < sweep->case_count; i++) {
        sweep->own->cases[i].number = list == NULL ? 0 : i + 1;
        TRY(sweep_build_case(sweep, i, &base, &cases[i], list == NULL ? root : &list->items[i],
                             error));
    }
    for (size_t i = 0; i < sweep->case_count && !sweep->own->reader.files_unread; i++) {
        TRY(grid_check(sweep, i, error));
    }
    sweep->fingerprint = grid_fingerprint(sweep);
    return grid_columns(sweep, error);
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
    struct node root = {0};
    struct node *kept = NULL;
    TRY(ARENA_NEW(arena, sweep->own, 1, error));
    TRY(ARENA_NEW(arena, kept, 1, error));
    sweep->path = arena_string(arena, origin->path, error);
    sweep->own->reader =
        (struct value_reader){.arena = arena, .files_unread = origin->files_unread};
    sweep->own->reader.folder = file_folder(origin->path, arena, error);
    if (sweep->path == NULL || sweep->own->reader.folder == NULL) {
        return error_status(error);
    }
    if (origin->text == NULL) {
        char *whole = NULL;
        TRY(file_text(origin->path, arena, &whole, error));
        sweep->text = whole;
    } else {
        sweep->text = arena_string(arena, origin->text, error);
    }
    if (sweep->text == NULL) {
        return error_status(error);
    }
    TRY(sweep_join_overrides(sweep, &origin->overrides, error));
    TRY(node_read(sweep->text, sweep->path, true, arena, &root, error));
    *kept = root;
    return sweep_build(sweep, kept, &origin->overrides, error);
}

static enum status sweep_make(const struct origin *origin, struct sweep **sweep,
                              struct error *error) {
    *sweep = calloc(1, sizeof **sweep);
    if (*sweep == NULL) {
        return error_set(error, STATUS_NO_MEMORY, "out of memory loading '%s'", origin->path);
    }
    enum status status = sweep_fill(*sweep, origin, error);
    if (status != STATUS_OK) {
        sweep_free(*sweep);
        *sweep = NULL;
    }
    return status;
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

/* As sweep_parse, with overrides one a line. */
static enum status sweep_restore_from(struct origin *origin, const char *overrides,
                                      struct sweep **sweep, struct error *error) {
    struct arena arena = {0};
    const char **lines;
    char *rest = NULL;
    char *copy = arena_string(&arena, overrides, error);
    enum status status =
        copy == NULL ? error_status(error) : ARENA_NEW(&arena, lines, strlen(overrides) + 1, error);
    if (status == STATUS_OK) {
        origin->overrides = (struct overrides){lines, 0};
        for (char *line = strtok_r(copy, "\n", &rest); line != NULL;
             line = strtok_r(NULL, "\n", &rest)) {
            lines[origin->overrides.count++] = line;
        }
        status = sweep_make(origin, sweep, error);
    }
    arena_free(&arena);
    return status;
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

enum status sweep_prefix_place(const struct sweep *sweep, int64_t index, const char *key,
                               struct error *error) {
    size_t which = sweep_job_case(sweep, index);
    const struct subgrid *subgrid = &sweep->cases[which];
    const struct grid_case *grid = &sweep->own->cases[which];
    const struct grid_key *given = grid_find(grid, key);
    const struct node *place = grid->at;
    (void)error_prefix(error, "%s", key);
    for (enum section section = 0; given == NULL && section < SECTION_COUNT; section++) {
        const char *name = section_name(section);
        size_t length = strlen(name);
        if (strncmp(key, name, length) == 0 && key[length] == '.') {
            given = grid->selectors[section];
        }
    }
    if (given != NULL) {
        size_t digit = grid_digit(subgrid, grid, given, index - subgrid->first);
        place = axis_place(&given->axis, digit);
    }
    return node_prefix(place, error);
}
