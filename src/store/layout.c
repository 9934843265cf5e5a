#include "store/layout.h"

#include <math.h>
#include <string.h>

#define XXH_INLINE_ALL /* the state of a running sum may then lie on the stack */
#include <xxhash.h>

enum { RECORD_ALIGNMENT_BYTES = 8, FIRST_CAPACITY = 16 };

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "checksums are of little-endian bytes");

size_t variable_type_bytes(enum variable_type type) {
    switch (type) {
    case VARIABLE_FLOAT32:
        return sizeof(float);
    case VARIABLE_INT64:
        return sizeof(int64_t);
    case VARIABLE_FLOAT64:
        break;
    }
    return sizeof(double);
}

size_t variable_bytes(const struct variable *variable) {
    return variable->elements * variable_type_bytes(variable->type);
}

const struct variable *layout_find(const struct results_layout *layout, const char *name) {
    for (size_t i = 0; i < layout->variable_count; i++) {
        if (strcmp(layout->variables[i].name, name) == 0) {
            return &layout->variables[i];
        }
    }
    return NULL;
}

const char *layout_help(const struct results_layout *layout, const char *name) {
    const struct variable *variable = layout_find(layout, name);
    return variable == NULL ? "" : variable->help;
}

/* The length that a dimension already has in the layout; 0 when it is new. */
static size_t layout_length_of(const struct results_layout *layout, const char *dimension) {
    for (size_t i = 0; i < layout->variable_count; i++) {
        const struct variable *variable = &layout->variables[i];
        for (size_t d = 0; d < variable->extent_count; d++) {
            if (strcmp(variable->extents[d].name, dimension) == 0) {
                return variable->extents[d].length;
            }
        }
    }
    return 0;
}

static enum status layout_check_variable(const struct results_layout *layout, const char *name,
                                         size_t extent_count, const struct extent *extents,
                                         struct error *error) {
    if (layout_find(layout, name) != NULL) {
        return error_set(error, STATUS_BAD_INPUT, "two variables of the results file are named %s",
                         name);
    }
    if (extent_count > VARIABLE_DIMENSIONS_MAX) {
        return error_set(error, STATUS_BAD_INPUT, "variable %s has %zu dimensions; at most %d",
                         name, extent_count, VARIABLE_DIMENSIONS_MAX);
    }
    for (size_t d = 0; d < extent_count; d++) {
        size_t known = layout_length_of(layout, extents[d].name);
        if (extents[d].length == 0 || (known != 0 && known != extents[d].length)) {
            return error_set(error, STATUS_BAD_INPUT,
                             "variable %s: dimension %s has length %zu here and %zu elsewhere",
                             name, extents[d].name, extents[d].length, known);
        }
    }
    return STATUS_OK;
}

static enum status layout_grow(struct results_layout *layout, struct arena *arena,
                               struct error *error) {
    if (layout->variable_count < layout->capacity) {
        return STATUS_OK;
    }
    size_t capacity = layout->capacity == 0 ? FIRST_CAPACITY : 2 * layout->capacity;
    struct variable *variables;
    TRY(ARENA_NEW(arena, variables, capacity, error));
    if (layout->variable_count > 0) {
        memcpy(variables, layout->variables, layout->variable_count * sizeof *variables);
    }
    layout->variables = variables;
    layout->capacity = capacity;
    return STATUS_OK;
}

enum status layout_add(struct results_layout *layout, struct arena *arena, enum variable_type type,
                       const char *name, const char *unit, const char *help, size_t extent_count,
                       const struct extent *extents, size_t *index, struct error *error) {
    TRY(layout_check_variable(layout, name, extent_count, extents, error));
    TRY(layout_grow(layout, arena, error));
    struct variable *variable = &layout->variables[layout->variable_count];
    *variable = (struct variable){.name = name,
                                  .type = type,
                                  .unit = unit,
                                  .help = help,
                                  .extent_count = extent_count,
                                  .elements = 1,
                                  .offset = layout->record_bytes};
    for (size_t d = 0; d < extent_count; d++) {
        variable->extents[d] = extents[d];
        variable->elements *= extents[d].length;
    }
    size_t gaps = (variable_bytes(variable) + RECORD_ALIGNMENT_BYTES - 1) / RECORD_ALIGNMENT_BYTES;
    layout->record_bytes += gaps * RECORD_ALIGNMENT_BYTES;
    *index = layout->variable_count++;
    return STATUS_OK;
}

void layout_clear(const struct results_layout *layout, void *record) {
    memset(record, 0, layout->record_bytes);
    for (size_t i = 0; i < layout->variable_count; i++) {
        const struct variable *variable = &layout->variables[i];
        void *values = (unsigned char *)record + variable->offset;
        if (variable->type == VARIABLE_FLOAT64) {
            double *numbers = values;
            for (size_t k = 0; k < variable->elements; k++) {
                numbers[k] = (double)NAN;
            }
        } else if (variable->type == VARIABLE_FLOAT32) {
            float *numbers = values;
            for (size_t k = 0; k < variable->elements; k++) {
                numbers[k] = NAN;
            }
        }
    }
}

uint64_t row_checksum(const struct results_layout *layout, const void *record, uint8_t state,
                      int64_t steps) {
    XXH3_state_t sum;
    (void)XXH3_64bits_reset(&sum);
    for (size_t i = 0; i < layout->variable_count; i++) {
        const struct variable *variable = &layout->variables[i];
        const unsigned char *bytes = (const unsigned char *)record + variable->offset;
        (void)XXH3_64bits_update(&sum, bytes, variable_bytes(variable));
    }
    (void)XXH3_64bits_update(&sum, &state, sizeof state);
    (void)XXH3_64bits_update(&sum, &steps, sizeof steps);
    return XXH3_64bits_digest(&sum);
}
