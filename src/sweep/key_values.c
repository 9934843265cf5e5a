#include "sweep/key_values.h"

#include "base/text.h"
#include "sweep/root_keys.h"
#include "sweep/section.h"

#include <stdio.h>
#include <string.h>

enum { NAMES_MAX = 32, WORD_BYTES = 128 };

static bool key_values_is_section(const char *name, size_t length) {
    for (enum section section = 0; section < SECTION_COUNT; section++) {
        const char *known = sections[section].name;
        if (strlen(known) == length && strncmp(known, name, length) == 0) {
            return true;
        }
    }
    return false;
}

/* The names of sections, and with `top` of top-level keys. */
static size_t key_values_names(bool top, const char *names[static NAMES_MAX]) {
    size_t count = 0;
    for (enum section section = 0; section < SECTION_COUNT; section++) {
        if (section == 0 || strcmp(sections[section].name, sections[section - 1].name) != 0) {
            names[count++] = sections[section].name;
        }
    }
    for (size_t i = 0; top && root_key_name(i) != NULL && count < NAMES_MAX; i++) {
        names[count++] = root_key_name(i);
    }
    return count;
}

static enum status key_values_unknown(const struct node *at, bool top, struct error *error) {
    const char *names[NAMES_MAX];
    size_t count = key_values_names(top, names);
    char first[WORD_BYTES]; /* of a dotted key: what should be a section */
    size_t length = strcspn(at->text, ".");
    (void)snprintf(first, sizeof first, "%.*s", (int)length, at->text);
    const char *nearest = text_nearest(first, names, count);
    if (nearest != NULL) {
        return node_error(at, error, "unknown key '%s'; did you mean '%s%s'?", at->text, nearest,
                          at->text + length);
    }
    return node_error(at, error, "unknown key '%s'; expected data, network, train%s", at->text,
                      top ? ", loss, scoring, name, seed, replicates, samples, cases, scores "
                            "or save"
                          : ", loss or scoring, or one of their keys such as data.kind");
}

static enum status key_values_add(struct key_values *pairs, struct key_value pair,
                                  struct error *error) {
    const struct key_value *first = key_values_find(pairs, pair.key);
    if (first != NULL) {
        char place[64];
        return node_error(pair.at, error, "duplicate key '%s', already at %s", pair.key,
                          node_place(first->at, place));
    }
    /* The analyser forgets that key_values_read allocated them. NOLINTNEXTLINE(*NullDereference) */
    pairs->items[pairs->count++] = pair;
    return STATUS_OK;
}

static enum status key_values_add_section(const struct node *at, const struct node *value,
                                          struct arena *arena, struct key_values *pairs,
                                          struct error *error) {
    if (value->kind != NODE_MAP || value->tag != NULL) {
        return node_error(value, error, "%s: expected a mapping, %s: {KEY: VALUE, …}", at->text,
                          at->text);
    }
    for (size_t i = 0; i < value->count; i++) {
        const struct node *name = &value->items[2 * i];
        const char *key;
        TRY(arena_printf(arena, &key, error, "%s.%s", at->text, name->text));
        TRY(key_values_add(pairs, (struct key_value){key, name, name + 1}, error));
    }
    return STATUS_OK;
}

enum status key_values_read(const struct node *map, bool top, struct arena *arena,
                            struct key_values *pairs, struct error *error) {
    size_t most = 0;
    for (size_t i = 0; i < map->count; i++) {
        most += 1 + map->items[2 * i + 1].count;
    }
    *pairs = (struct key_values){0};
    TRY(ARENA_NEW(arena, pairs->items, most, error));
    for (size_t i = 0; i < map->count; i++) {
        const struct node *at = &map->items[2 * i];
        const struct node *value = at + 1;
        size_t length = strcspn(at->text, ".");
        bool dotted = at->text[length] == '.';
        if (!dotted && !top && root_key_exists(at->text)) {
            return node_error(at, error, "'%s' cannot differ between cases", at->text);
        }
        if (!dotted && key_values_is_section(at->text, length)) {
            TRY(key_values_add_section(at, value, arena, pairs, error));
        } else if (dotted ? key_values_is_section(at->text, length) : root_key_exists(at->text)) {
            TRY(key_values_add(pairs, (struct key_value){at->text, at, value}, error));
        } else {
            return key_values_unknown(at, top, error);
        }
    }
    return STATUS_OK;
}

static size_t key_values_place_of(const struct key_values *pairs, const char *key) {
    size_t i = 0;
    while (i < pairs->count && strcmp(pairs->items[i].key, key) != 0) {
        i++;
    }
    return i;
}

const struct key_value *key_values_find(const struct key_values *pairs, const char *key) {
    size_t place = key_values_place_of(pairs, key);
    return place == pairs->count ? NULL : &pairs->items[place];
}

void key_values_remove(struct key_values *pairs, const char *key) {
    size_t place = key_values_place_of(pairs, key);
    if (place < pairs->count) {
        pairs->count--;
        memmove(&pairs->items[place], &pairs->items[place + 1],
                (pairs->count - place) * sizeof pairs->items[0]);
    }
}

enum status key_values_merge(const struct key_values *base, const struct key_values *over,
                             struct arena *arena, struct key_values *merged, struct error *error) {
    *merged = (struct key_values){0};
    TRY(ARENA_NEW(arena, merged->items, base->count + over->count, error));
    for (size_t i = 0; i < base->count; i++) {
        merged->items[merged->count++] = base->items[i];
    }
    for (size_t i = 0; i < over->count; i++) {
        size_t place = key_values_place_of(merged, over->items[i].key);
        merged->items[place] = over->items[i];
        merged->count += place == merged->count;
    }
    return STATUS_OK;
}
