#include "plot/plot_lines.h"

#include "aggregate/totals.h"
#include "base/hash_table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A bar of colours shows more values of an axis of numbers than these. */
enum { LEGEND_MAX = 8 };

static const double dodge = 0.6; /* of the distance of categories, for the lines in one */

/* What puts cells into lines. */
struct line_maker {
    const struct plot_cells *cells;
    struct plot *plot;
    unsigned char *key;      /* [table.key_bytes], room for one */
    struct hash_table lines; /* by the keys that make them; all other keys are zeros */
    struct plot_point *points;
};

/* Writes the key of a cell's line into maker->key. */
static void lines_copy_key(struct line_maker *maker, size_t group) {
    const struct table *table = &maker->plot->table;
    memset(maker->key, 0, table->key_bytes);
    for (size_t k = 0; k < table->key_count; k++) {
        const struct table_key *key = &table->keys[k];
        if (maker->cells->parts[k]) {
            memcpy(maker->key + key->offset, table->groups[group].key + key->offset, key->bytes);
        }
    }
}

static void lines_add_point(struct line_maker *maker, size_t line, size_t group) {
    struct plot *plot = maker->plot;
    plot->points[plot->point_count++] = (struct plot_point){
        .line = line, .x = maker->cells->x[group], .group = &plot->table.groups[group]};
}

static enum status lines_add_to_own(struct line_maker *maker, size_t group, struct error *error) {
    size_t line;
    lines_copy_key(maker, group);
    TRY(hash_table_add(&maker->lines, maker->key, &line, error));
    lines_add_point(maker, line, group);
    return STATUS_OK;
}

/* Adds a cell of the origin to every one of the first `count` lines that agrees with it in all keys
 * but the origin's; to a line of its own if none does. */
static enum status lines_add_to_every(struct line_maker *maker, size_t group, size_t count,
                                      struct error *error) {
    const struct table *table = &maker->plot->table;
    const struct table_key *origin = &table->keys[maker->cells->origin_key];
    const size_t after = origin->offset + origin->bytes;
    bool joined = false;
    lines_copy_key(maker, group);
    for (size_t line = 0; line < count; line++) {
        const unsigned char *key = hash_table_key(&maker->lines, line);
        if (memcmp(key, maker->key, origin->offset) == 0 &&
            memcmp(key + after, maker->key + after, table->key_bytes - after) == 0) {
            lines_add_point(maker, line, group);
            joined = true;
        }
    }
    return joined ? STATUS_OK : lines_add_to_own(maker, group, error);
}

static enum status lines_check_count(const struct line_maker *maker, struct error *error) {
    bool gradable = maker->plot->kind != PLOT_LINE && maker->plot->ordered;
    if (maker->lines.count <= PLOT_LINES_MAX || gradable) {
        return STATUS_OK;
    }
    bool lines = maker->plot->kind == PLOT_LINE;
    return error_set(error, STATUS_BAD_INPUT,
                     "%zu %s (by %s) are too many to tell apart, at most %d: name fewer axes with "
                     "%s, or with --by those that are not to be averaged",
                     maker->lines.count, lines ? "lines" : "colours", maker->plot->line_title,
                     PLOT_LINES_MAX, lines ? "--line" : "--colour");
}

/* A cell of the origin is at most once in every line. */
static size_t lines_points_max(const struct line_maker *maker) {
    size_t count = 0;
    for (size_t g = 0; g < maker->plot->table.group_count; g++) {
        count += maker->cells->joins[g] ? PLOT_LINES_MAX : 1;
    }
    return count;
}

static enum status lines_add_points(struct line_maker *maker, struct error *error) {
    const struct plot_cells *cells = maker->cells;
    const size_t groups = maker->plot->table.group_count;
    struct arena *arena = &maker->plot->arena;
    TRY(hash_table_make(&maker->lines, maker->plot->table.key_bytes, 0, arena, error));
    TRY(ARENA_NEW(arena, maker->plot->points, lines_points_max(maker), error));
    for (size_t g = 0; g < groups; g++) {
        if (!isnan(cells->x[g]) && !cells->joins[g]) {
            TRY(lines_add_to_own(maker, g, error));
        }
    }
    TRY(lines_check_count(maker, error));
    size_t count = maker->lines.count;
    for (size_t g = 0; g < groups; g++) {
        if (!isnan(cells->x[g]) && cells->joins[g]) {
            TRY(lines_add_to_every(maker, g, count, error));
        }
    }
    return STATUS_OK;
}

static int lines_by_line_and_x(const void *left, const void *right) {
    const struct plot_point *a = left;
    const struct plot_point *b = right;
    if (a->line != b->line) {
        return a->line < b->line ? -1 : 1;
    }
    if (a->x != b->x) {
        return a->x < b->x ? -1 : 1;
    }
    return (a->group > b->group) - (a->group < b->group);
}

static int lines_by_value(const void *left, const void *right) {
    const struct plot_line *a = left;
    const struct plot_line *b = right;
    return isnan(a->value) || isnan(b->value) ? isnan(b->value) - isnan(a->value)
                                              : (a->value > b->value) - (a->value < b->value);
}

/* "corner", or "corner, 8" where several keys make lines. */
static enum status lines_label(struct line_maker *maker, const struct table_group *line,
                               const char **label, struct error *error) {
    struct plot *plot = maker->plot;
    *label = "";
    for (size_t k = 0; k < plot->table.key_count; k++) {
        if (maker->cells->parts[k]) {
            const char *text;
            TRY(table_key_text(&plot->table, line, k, &plot->arena, &text, error));
            TRY(arena_append(&plot->arena, label, ", ", error, "%s", text[0] == '\0' ? "–" : text));
        }
    }
    return STATUS_OK;
}

/* The title over the lines' labels, and whether one key of numbers makes them. */
static enum status lines_title(struct line_maker *maker, size_t *number, struct error *error) {
    struct plot *plot = maker->plot;
    size_t count = 0;
    *number = plot->table.key_count;
    plot->line_title = "";
    for (size_t k = 0; k < plot->table.key_count; k++) {
        const struct table_key *key = &plot->table.keys[k];
        if (maker->cells->parts[k]) {
            const char *heading;
            TRY(totals_heading(&plot->arena, key->name, key->unit, &heading, error));
            TRY(arena_append(&plot->arena, &plot->line_title, ", ", error, "%s", heading));
            *number = count++ == 0 && key->storage != HDF_LETTER ? k : plot->table.key_count;
        }
    }
    plot->ordered = *number < plot->table.key_count;
    return STATUS_OK;
}

/* How far line l stands from the middle of a category, of those that have marks there. */
static double lines_shift(const struct plot *plot, const bool *marked, size_t l) {
    size_t before = 0;
    size_t count = 0;
    for (size_t k = 0; k < plot->line_count; k++) {
        bool there = marked[k * plot->category_count];
        before += there && k < l;
        count += there;
    }
    return dodge * ((double)before - ((double)count - 1.0) / 2.0) / (double)plot->line_count;
}

/* Puts lines that have marks in the same category side by side. */
static enum status lines_spread(struct plot *plot, struct error *error) {
    bool *marked; /* [line][category] */
    TRY(ARENA_NEW(&plot->arena, marked, plot->line_count * plot->category_count, error));
    for (size_t l = 0; l < plot->line_count; l++) {
        for (size_t p = 0; p < plot->lines[l].point_count; p++) {
            const struct plot_point *point = &plot->lines[l].points[p];
            bool *here = &marked[l * plot->category_count + (size_t)point->x];
            *here = *here || plot_is_marked(plot, point);
        }
    }
    for (size_t l = 0; l < plot->line_count; l++) {
        for (size_t p = 0; p < plot->lines[l].point_count; p++) {
            struct plot_point *point = &plot->lines[l].points[p];
            point->shift = lines_shift(plot, marked + (size_t)point->x, l);
        }
    }
    return STATUS_OK;
}

static enum status lines_join(struct line_maker *maker, size_t number, struct error *error) {
    struct plot *plot = maker->plot;
    plot->line_count = maker->lines.count;
    TRY(lines_check_count(maker, error));
    qsort(plot->points, plot->point_count, sizeof *plot->points, lines_by_line_and_x);
    TRY(ARENA_NEW(&plot->arena, plot->lines, plot->line_count, error));
    for (size_t p = 0; p < plot->point_count; p++) {
        struct plot_line *line = &plot->lines[plot->points[p].line];
        line->points = line->point_count == 0 ? &plot->points[p] : line->points;
        line->point_count++;
    }
    for (size_t l = 0; l < plot->line_count; l++) {
        const struct table_group line = {.key = hash_table_key(&maker->lines, l)};
        TRY(lines_label(maker, &line, &plot->lines[l].label, error));
        plot->lines[l].value =
            plot->ordered ? table_key_number(&plot->table, &line, number) : (double)NAN;
    }
    plot->graded = plot->kind != PLOT_LINE && plot->ordered && plot->line_count > LEGEND_MAX;
    if (plot->ordered) {
        qsort(plot->lines, plot->line_count, sizeof *plot->lines, lines_by_value);
    }
    return plot->category_count == 0 || plot->graded ? STATUS_OK : lines_spread(plot, error);
}

enum status plot_lines_make(const struct plot_cells *cells, struct plot *plot,
                            struct error *error) {
    size_t number;
    struct line_maker maker = {.cells = cells, .plot = plot};
    TRY(ARENA_NEW(&plot->arena, maker.key, plot->table.key_bytes, error));
    TRY(lines_title(&maker, &number, error));
    TRY(lines_add_points(&maker, error));
    return lines_join(&maker, number, error);
}
