#include "store/merge_rows.h"

#include "store/merge_settings.h"

#include <string.h>

/* Values of an axis of the input, or what its sweeps say of it. */
static enum status merge_rows_read_axis(const struct merge_input *input,
                                        const struct row_slab *slab, size_t index,
                                        struct error *error) {
    const struct results_axis *axis = &slab->axes[index];
    const struct results_axis *own = reader_axis(input->reader, axis->key);
    if (own == NULL) {
        return merge_settings_fill(input, axis, slab->first, slab->count, slab->parts,
                                   slab->scratch, slab->axis_values[index], error);
    }
    TRY(reader_column(input->reader, axis->key, own->storage, slab->first, slab->count,
                      slab->scratch, error));
    results_axis_convert(own, slab->scratch, (size_t)slab->count, axis, slab->axis_values[index]);
    return STATUS_OK;
}

enum status merge_rows_read(const struct merge_input *input, int64_t first, int64_t count,
                            struct row_slab *slab, struct error *error) {
    TRY(row_slab_read(slab, input->reader, first, count, error));
    memcpy(slab->states, input->states + first, (size_t)count);
    for (int64_t i = 0; i < count; i++) {
        slab->parts[i] = merge_input_part(input, slab->parts[i]);
    }
    for (size_t i = 0; i < slab->axis_count; i++) { /* parts tell what axes there are not */
        TRY(merge_rows_read_axis(input, slab, i, error));
    }
    return STATUS_OK;
}
