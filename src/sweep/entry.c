#include "sweep/entry.h"

#include "base/text.h"
#include "sweep/slot.h"
#include "sweep/top.h"

#include <string.h>

enum { NAMES_MAX = 32 };

static bool is_section(const char *name, size_t length) {
    for (enum slot slot = 0; slot < SLOT_COUNT; slot++) {
        const char *section = slot_section(slot);
        if (strlen(section) == length && strncmp(section, name, length) == 0) {
            return true;
        }
    }
    return false;
}

static enum status unknown_key(const struct node *at, bool top, struct error *error) {
    const char *names[NAMES_MAX];
    size_t count = 0;
    for (enum slot slot = 0; slot < SLOT_COUNT; slot++) {
        if (slot == 0 || strcmp(slot_section(slot), slot_section(slot - 1)) != 0) {
            names[count++] = slot_section(slot);
        }
    }
    for (size_t i = 0; top && top_name(i) != NULL && count < NAMES_MAX; i++) {
        names[count++] = top_name(i);
    }
    char section[NAMES_MAX];
    size_t length = strcspn(at->text, ".");
    const char *word = at->text;
    if (word[length] == '.' && length < sizeof section) {
        memcpy(section, word, length);
        section[length] = '\0';
        word = section;
    }
    const char *nearest = text_nearest(word, names, count);
    if (nearest != NULL) {
        return node_error(at, error, "unknown key '%s'; did you mean '%s%s'?", at->text, nearest,
                          word == section ? at->text + length : "");
    }
    return node_error(at, error, "unknown key '%s'; expected data, network, train%s", at->text,
                      top ? ", loss, scoring, name, seed, replicates, samples, cases, scores "
                            "or save"
                          : ", loss or scoring, or one of their keys such as data.kind");
}

static enum status add(struct entries *entries, struct entry entry, struct error *error) {
    const struct entry *first = entries_find(entries, entry.key);
    if (first != NULL) {
        char place[64];
        return node_error(entry.at, error, "duplicate key '%s', already at %s", entry.key,
                          node_place(first->at, place));
    }
    /* The analyser forgets that entries_read allocated them. NOLINTNEXTLINE(*NullDereference) */
    entries->items[entries->count++] = entry;
    return STATUS_OK;
}

static enum status add_section(const struct node *at, const struct node *value, struct arena *arena,
                               struct entries *entries, struct error *error) {
    if (value->kind != NODE_MAP || value->tag != NULL) {
        return node_error(value, error, "%s: expected a mapping, %s: {KEY: VALUE, …}", at->text,
                          at->text);
    }
    for (size_t i = 0; i < value->count; i++) {
        const struct node *name = &value->items[2 * i];
        const char *key = arena_format(arena, error, "%s.%s", at->text, name->text);
        if (key == NULL) {
            return error_status(error);
        }
        TRY(add(entries, (struct entry){key, name, name + 1}, error));
    }
    return STATUS_OK;
}

enum status entries_read(const struct node *map, bool top, struct arena *arena,
                         struct entries *entries, struct error *error) {
    size_t most = 0;
    for (size_t i = 0; i < map->count; i++) {
        most += 1 + map->items[2 * i + 1].count;
    }
    *entries = (struct entries){0};
    TRY(ARENA_NEW(arena, entries->items, most, error));
    for (size_t i = 0; i < map->count; i++) {
        const struct node *at = &map->items[2 * i];
        const struct node *value = at + 1;
        size_t length = strcspn(at->text, ".");
        bool dotted = at->text[length] == '.';
        if (!dotted && !top && top_knows(at->text)) {
            return node_error(at, error, "'%s' cannot differ between cases", at->text);
        }
        if (!dotted && is_section(at->text, length)) {
            TRY(add_section(at, value, arena, entries, error));
        } else if (dotted ? is_section(at->text, length) : top_knows(at->text)) {
            TRY(add(entries, (struct entry){at->text, at, value}, error));
        } else {
            return unknown_key(at, top, error);
        }
    }
    return STATUS_OK;
}

static size_t place_of(const struct entries *entries, const char *key) {
    size_t i = 0;
    while (i < entries->count && strcmp(entries->items[i].key, key) != 0) {
        i++;
    }
    return i;
}

const struct entry *entries_find(const struct entries *entries, const char *key) {
    size_t place = place_of(entries, key);
    return place == entries->count ? NULL : &entries->items[place];
}

void entries_remove(struct entries *entries, const char *key) {
    size_t place = place_of(entries, key);
    if (place < entries->count) {
        entries->count--;
        memmove(&entries->items[place], &entries->items[place + 1],
                (entries->count - place) * sizeof entries->items[0]);
    }
}

enum status entries_merge(const struct entries *base, const struct entries *over,
                          struct arena *arena, struct entries *merged, struct error *error) {
    *merged = (struct entries){0};
    TRY(ARENA_NEW(arena, merged->items, base->count + over->count, error));
    for (size_t i = 0; i < base->count; i++) {
        merged->items[merged->count++] = base->items[i];
    }
    for (size_t i = 0; i < over->count; i++) {
        size_t place = place_of(merged, over->items[i].key);
        merged->items[place] = over->items[i];
        merged->count += place == merged->count;
    }
    return STATUS_OK;
}
