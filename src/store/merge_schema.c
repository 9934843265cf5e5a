#include "store/merge_schema.h"

#include "store/format.h"

#include <string.h>

bool merge_is_aligned(const struct merge_inputs *inputs) {
    const struct results_reader *first = inputs->list[0].reader;
    bool aligned = true;
    for (size_t k = 0; k < inputs->count && aligned; k++) {
        const struct results_reader *reader = inputs->list[k].reader;
        aligned = reader->sweeps == 1 && reader->fingerprint == first->fingerprint &&
                  reader->shard.jobs == first->shard.jobs;
    }
    return aligned;
}

enum status merge_check_shards(const struct merge_inputs *inputs, struct error *error) {
    const struct results_reader *first = NULL;
    for (size_t k = 0; k < inputs->count; k++) {
        const struct results_reader *reader = inputs->list[k].reader;
        if (reader->shard.count == 1) {
            continue;
        }
        first = first == NULL ? reader : first;
        if (reader->fingerprint != first->fingerprint || reader->shard.jobs != first->shard.jobs) {
            return error_set(error, STATUS_BAD_INPUT,
                             "shards of different sweeps: %s is of '%s' and %s of '%s', which "
                             "differ in their jobs or settings",
                             first->path, first->name, reader->path, reader->name);
        }
        if (reader->shard.count != first->shard.count) {
            return error_set(
                error, STATUS_BAD_INPUT,
                "shards of different numbers: %s is one of %lld shards and %s one of %lld",
                first->path, (long long)first->shard.count, reader->path,
                (long long)reader->shard.count);
        }
    }
    return STATUS_OK;
}

static size_t merge_schema_larger(size_t a, size_t b) {
    return a > b ? a : b;
}

/* Adds an axis, or widens the one that is there. */
static void merge_schema_unite_axis(const struct results_axis *axis, struct results_axis *axes,
                                    size_t *count) {
    for (size_t i = 0; i < *count; i++) {
        if (strcmp(axes[i].key, axis->key) == 0) {
            results_axis_widen(&axes[i], axis);
            return;
        }
    }
    axes[(*count)++] = *axis;
}

static enum status merge_schema_unite_axes(const struct merge_inputs *inputs,
                                           const struct merge_settings *settings,
                                           struct arena *arena, struct results_origin *origin,
                                           struct error *error) {
    struct results_axis *axes;
    size_t most = 0;
    for (size_t k = 0; k < inputs->count; k++) {
        most += inputs->list[k].reader->axis_count;
    }
    TRY(ARENA_NEW(arena, axes, most, error));
    for (size_t k = 0; k < inputs->count; k++) {
        const struct results_reader *reader = inputs->list[k].reader;
        for (size_t i = 0; i < reader->axis_count; i++) {
            merge_schema_unite_axis(&reader->axes[i], axes, &origin->axis_count);
        }
    }
    TRY(merge_settings_axes(settings, inputs, arena, &axes, &origin->axis_count, error));
    origin->axes = axes;
    return STATUS_OK;
}

static bool merge_schema_is_listed(const char *const *names, size_t count, const char *name) {
    for (size_t i = 0; i < count; i++) {
        if (strcmp(names[i], name) == 0) {
            return true;
        }
    }
    return false;
}

static enum status merge_schema_unite_scores(const struct merge_inputs *inputs, struct arena *arena,
                                             struct results_origin *origin, struct error *error) {
    const char **names;
    size_t most = 0;
    for (size_t k = 0; k < inputs->count; k++) {
        most += inputs->list[k].reader->score_count;
    }
    TRY(ARENA_NEW(arena, names, most, error));
    origin->scores = names;
    for (size_t k = 0; k < inputs->count; k++) {
        const struct results_reader *reader = inputs->list[k].reader;
        for (size_t i = 0; i < reader->score_count; i++) {
            if (!merge_schema_is_listed(names, origin->score_count, reader->scores[i])) {
                names[origin->score_count++] = reader->scores[i];
            }
        }
    }
    return STATUS_OK;
}

/* The length of a dimension in the file that has it longest. */
static size_t merge_schema_longest(const struct merge_inputs *inputs, const char *dimension) {
    size_t length = 0;
    for (size_t k = 0; k < inputs->count; k++) {
        const struct results_layout *layout = &inputs->list[k].reader->layout;
        for (size_t i = 0; i < layout->variable_count; i++) {
            for (size_t d = 0; d < layout->variables[i].extent_count; d++) {
                const struct extent *extent = &layout->variables[i].extents[d];
                length = strcmp(extent->name, dimension) == 0
                             ? merge_schema_larger(length, extent->length)
                             : length;
            }
        }
    }
    return length;
}

static bool merge_schema_same_kind(const struct variable *a, const struct variable *b) {
    bool same = a->type == b->type && a->extent_count == b->extent_count;
    for (size_t d = 0; same && d < a->extent_count; d++) {
        same = strcmp(a->extents[d].name, b->extents[d].name) == 0;
    }
    return same;
}

/* The first file that has the variable. */
static const char *merge_schema_owner_of(const struct merge_inputs *inputs, const char *name) {
    size_t k = 0;
    while (layout_find(&inputs->list[k].reader->layout, name) == NULL) {
        k++;
    }
    return inputs->list[k].reader->path;
}

static enum status merge_schema_unite_variable(const struct merge_inputs *inputs, size_t own,
                                               const struct variable *variable, struct arena *arena,
                                               struct results_layout *layout, struct error *error) {
    const struct variable *there = layout_find(layout, variable->name);
    if (there != NULL) {
        return merge_schema_same_kind(there, variable)
                   ? STATUS_OK
                   : error_set(error, STATUS_BAD_INPUT,
                               "variable %s has one type or shape in %s and another in %s",
                               variable->name, merge_schema_owner_of(inputs, variable->name),
                               inputs->list[own].reader->path);
    }
    struct extent extents[VARIABLE_DIMENSIONS_MAX];
    for (size_t d = 0; d < variable->extent_count; d++) {
        extents[d] = (struct extent){variable->extents[d].name,
                                     merge_schema_longest(inputs, variable->extents[d].name)};
    }
    size_t index;
    TRY(layout_add(layout, arena, variable->type, variable->name, variable->unit, variable->help,
                   variable->extent_count, extents, &index, error));
    layout->variables[index].optional = true;
    return STATUS_OK;
}

/* In the order of the file that has most of them: of older and newer files of one sweep, that is
 * the order in which its runs go on. */
static enum status merge_schema_unite_layouts(const struct merge_inputs *inputs,
                                              struct arena *arena, struct results_layout *layout,
                                              struct error *error) {
    size_t fullest = 0;
    for (size_t k = 1; k < inputs->count; k++) {
        if (inputs->list[k].reader->layout.variable_count >
            inputs->list[fullest].reader->layout.variable_count) {
            fullest = k;
        }
    }
    for (size_t turn = 0; turn <= inputs->count; turn++) {
        size_t k = turn == 0 ? fullest : turn - 1;
        const struct results_layout *own = &inputs->list[k].reader->layout;
        for (size_t i = 0; i < own->variable_count; i++) {
            TRY(merge_schema_unite_variable(inputs, k, &own->variables[i], arena, layout, error));
        }
    }
    return STATUS_OK;
}

/* The sweeps as one text of several documents. */
static enum status merge_schema_unite_sweeps(const struct merge_settings *settings,
                                             struct arena *arena, struct results_origin *origin,
                                             struct error *error) {
    *origin = (struct results_origin){
        .name = "", .text = "", .path = "", .overrides = "", .sweeps = (int64_t)settings->count};
    for (size_t s = 0; s < settings->count; s++) {
        const struct results_part *part = settings->parts[s];
        TRY(arena_append(arena, &origin->name, " + ", error, "%s", part->name));
        TRY(arena_append(arena, &origin->text, "\n---\n", error, "%s", part->yaml));
        TRY(arena_append(arena, &origin->path, ", ", error, "%s", part->file));
    }
    return STATUS_OK;
}

static enum status merge_schema_origin_of_input(const struct merge_input *input,
                                                struct arena *arena, struct results_origin *origin,
                                                struct error *error) {
    const struct results_reader *reader = input->reader;
    *origin = (struct results_origin){
        .name = reader->name, .sweeps = 1, .fingerprint = reader->fingerprint};
    TRY(hdf_read_text(reader->file, ATTRIBUTE_YAML, arena, &origin->text, error));
    TRY(hdf_read_text(reader->file, ATTRIBUTE_FILE, arena, &origin->path, error));
    TRY(hdf_read_text(reader->file, ATTRIBUTE_OVERRIDES, arena, &origin->overrides, error));
    return hdf_read_signed(reader->file, ATTRIBUTE_SEED, &origin->seed, error);
}

enum status merge_unite(const struct merge_inputs *inputs, const struct merge_settings *settings,
                        int64_t rows, struct arena *arena, struct merge_schema *schema,
                        struct error *error) {
    *schema = (struct merge_schema){0};
    for (size_t k = 0; k < inputs->count; k++) {
        schema->part_count += inputs->list[k].part_count;
    }
    if (merge_is_aligned(inputs)) {
        TRY(merge_schema_origin_of_input(&inputs->list[0], arena, &schema->origin, error));
    } else {
        TRY(merge_schema_unite_sweeps(settings, arena, &schema->origin, error));
    }
    schema->origin.shard = shard_whole(rows);
    TRY(merge_schema_unite_axes(inputs, settings, arena, &schema->origin, error));
    TRY(merge_schema_unite_scores(inputs, arena, &schema->origin, error));
    return merge_schema_unite_layouts(inputs, arena, &schema->layout, error);
}
