#include "store/merge_input.h"

#include "store/format.h"
#include "store/row.h"
#include "store/slab.h"
#include "store/states.h"

/* Whether some finished row of a merged file belongs to no part: a run continued the file. */
static enum status merge_input_has_own_rows(const struct merge_input *input, bool *has,
                                            struct error *error) {
    SCOPED(arena_free) struct arena arena = {0};
    int64_t *numbers;
    *has = input->group_count == 0;
    TRY(ARENA_NEW(&arena, numbers, SLAB_ROWS, error));
    for (struct slab slab = slab_first(input->reader->job_count, SLAB_ROWS);
         slab.count > 0 && !*has; slab_next(&slab)) {
        TRY(reader_column(input->reader, VARIABLE_PART, HDF_INT64, slab.first, slab.count, numbers,
                          error));
        for (int64_t i = 0; i < slab.count; i++) {
            *has |= numbers[i] == 0 && input->states[slab.first + i] != ROW_MISSING;
        }
    }
    return STATUS_OK;
}

static enum status merge_input_read_parts(struct merge_input *input, struct arena *arena,
                                          struct error *error) {
    bool has_own;
    input->group_count = parts_count(input->reader);
    TRY(merge_input_has_own_rows(input, &has_own, error));
    input->part_count = (size_t)input->group_count + has_own;
    TRY(ARENA_NEW(arena, input->parts, input->part_count, error));
    for (int64_t k = 0; k < input->group_count; k++) {
        TRY(parts_read(input->reader, k + 1, arena, &input->parts[k], error));
    }
    return has_own
               ? parts_read(input->reader, 0, arena, &input->parts[input->part_count - 1], error)
               : STATUS_OK;
}

enum status merge_input_read(struct merge_input *input, int64_t first_part, struct arena *arena,
                             struct error *error) {
    input->first_part = first_part;
    TRY(ARENA_NEW(arena, input->states, input->reader->job_count, error));
    TRY(states_read(input->reader, input->states, &input->torn, error));
    for (int64_t row = 0; row < input->reader->job_count; row++) {
        input->finished += input->states[row] != ROW_MISSING;
    }
    return merge_input_read_parts(input, arena, error);
}

int64_t merge_input_part(const struct merge_input *input, int64_t number) {
    return input->first_part + (number > 0 ? number - 1 : input->group_count);
}

enum status merge_input_add_parts(const struct merge_input *input, hid_t file,
                                  struct error *error) {
    for (size_t k = 0; k < input->part_count; k++) {
        int64_t from = (int64_t)k < input->group_count ? (int64_t)k + 1 : 0;
        TRY(parts_add(file, input->first_part + (int64_t)k, input->reader, from, error));
    }
    return STATUS_OK;
}
