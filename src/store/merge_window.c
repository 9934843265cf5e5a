#include "store/merge_window.h"

#include "store/format.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { DIFFERENCES_BYTES = 512 };

static void merge_window_number_parts(struct merge_window *window) {
    for (size_t k = 0; k < window->inputs->count; k++) {
        for (size_t p = 0; p < window->inputs->list[k].part_count; p++) {
            window->part_input[(size_t)window->inputs->list[k].first_part + p] = k;
        }
    }
}

enum status merge_window_make(const struct merge_schema *schema, hid_t file,
                              struct merge_inputs *inputs, size_t widest, struct arena *arena,
                              struct merge_window *window, struct error *error) {
    const struct results_origin *origin = &schema->origin;
    *window = (struct merge_window){
        .file = file, .inputs = inputs, .row_count = shard_rows(&origin->shard)};
    TRY(ARENA_NEW(arena, window->known, window->row_count, error));
    TRY(ARENA_NEW(arena, window->part_input, schema->part_count + 1, error));
    TRY(ARENA_NEW(arena, window->absent, origin->axis_count, error));
    merge_window_number_parts(window);
    return row_slab_make(&window->rows, &schema->layout, origin->axis_count, origin->axes, SLAB_ALL,
                         widest, window->row_count, arena, error);
}

/* Writes the rows of the window, with their checksums. */
static enum status merge_window_write(struct merge_window *window, struct error *error) {
    struct row_slab *rows = &window->rows;
    for (int64_t i = 0; i < rows->count; i++) {
        if (rows->states[i] != ROW_MISSING) {
            rows->checksums[i] = row_checksum(rows->layout, row_slab_record(rows, i),
                                              rows->states[i], rows->steps[i]);
        }
    }
    return rows->count > 0 ? row_slab_store(rows, window->file, error) : STATUS_OK;
}

enum status merge_window_move(struct merge_window *window, int64_t first, struct error *error) {
    struct row_slab *rows = &window->rows;
    const int64_t left = window->row_count - first;
    TRY(merge_window_write(window, error));
    return row_slab_load(rows, window->file, first, left < rows->room ? left : rows->room, error);
}

/* Fills in which job a row of the window is, or checks that it is the same job. */
static enum status merge_window_identify(struct merge_window *window, size_t input,
                                         const struct row_slab *from, int64_t index, int64_t target,
                                         struct error *error) {
    struct row_slab *rows = &window->rows;
    const int64_t place = target - rows->first;
    const uint64_t *hash = from->hashes + index * HASH_WORDS;
    if (window->known[target]) {
        return memcmp(rows->hashes + place * HASH_WORDS, hash, HASH_WORDS * sizeof *hash) == 0
                   ? STATUS_OK
                   : error_set(error, STATUS_STORAGE,
                               "job %lld has another hash in %s than in the files before, though "
                               "the sweep is the same; leave out the damaged one",
                               (long long)target, window->inputs->list[input].reader->path);
    }
    window->known[target] = 1;
    rows->replicates[place] = from->replicates[index];
    memcpy(rows->hashes + place * HASH_WORDS, hash, HASH_WORDS * sizeof *hash);
    for (size_t i = 0; i < rows->axis_count; i++) {
        const size_t bytes = results_axis_bytes(&rows->axes[i]);
        const unsigned char *value = from->axis_values[i] + (size_t)index * bytes;
        memcpy(rows->axis_values[i] + (size_t)place * bytes, value, bytes);
        window->absent[i] |= results_axis_absent(&rows->axes[i], value);
    }
    return STATUS_OK;
}

static bool merge_window_both_nan(enum variable_type type, const unsigned char *a,
                                  const unsigned char *b) {
    double x = 0.0;
    double y = 0.0;
    float narrow[2];
    if (type == VARIABLE_FLOAT64) {
        memcpy(&x, a, sizeof x);
        memcpy(&y, b, sizeof y);
    } else if (type == VARIABLE_FLOAT32) {
        memcpy(&narrow[0], a, sizeof narrow[0]);
        memcpy(&narrow[1], b, sizeof narrow[1]);
        x = (double)narrow[0];
        y = (double)narrow[1];
    }
    return isnan(x) && isnan(y);
}

/* Whether two rows have the same values, whatever the bits of NaNs. */
static bool merge_window_same_values(const struct variable *variable, const unsigned char *a,
                                     const unsigned char *b) {
    const size_t bytes = variable_type_bytes(variable->type);
    if (memcmp(a, b, variable_bytes(variable)) == 0) {
        return true;
    }
    for (size_t k = 0; k < variable->elements; k++) {
        if (memcmp(a + k * bytes, b + k * bytes, bytes) != 0 &&
            !merge_window_both_nan(variable->type, a + k * bytes, b + k * bytes)) {
            return false;
        }
    }
    return true;
}

static void merge_window_note_difference(char list[static DIFFERENCES_BYTES], const char *name) {
    size_t used = strlen(list);
    (void)snprintf(list + used, DIFFERENCES_BYTES - used, "%s%s", used > 0 ? ", " : "", name);
}

/* Names the variables that differ between two finished rows and are in both files; "" if none do.
 */
static void merge_window_compare(const struct merge_window *window, size_t owner, int64_t place,
                                 size_t input, const struct row_slab *from, int64_t index,
                                 char list[static DIFFERENCES_BYTES]) {
    const struct row_slab *rows = &window->rows;
    const struct results_layout *layout = rows->layout;
    const unsigned char *record = row_slab_record(rows, place);
    const unsigned char *other = row_slab_record(from, index);
    list[0] = '\0';
    if (rows->states[place] != from->states[index]) {
        merge_window_note_difference(list, VARIABLE_STATE);
    }
    if (rows->steps[place] != from->steps[index]) {
        merge_window_note_difference(list, VARIABLE_STEPS);
    }
    for (size_t i = 0; i < layout->variable_count; i++) {
        const struct variable *variable = &layout->variables[i];
        bool common =
            layout_find(&window->inputs->list[owner].reader->layout, variable->name) != NULL &&
            layout_find(&window->inputs->list[input].reader->layout, variable->name) != NULL;
        if (common && !merge_window_same_values(variable, record + variable->offset,
                                                other + variable->offset)) {
            merge_window_note_difference(list, variable->name);
        }
    }
}

/* Finds the finished row of that hash in a file: the first, since all have the same contents. */
static enum status merge_window_find_row(const struct merge_input *input, const uint64_t *hash,
                                         int64_t *row, struct error *error) {
    SCOPED(arena_free) struct arena arena = {0};
    const uint64_t *hashes;
    TRY(reader_hashes(input->reader, &arena, &hashes, error));
    *row = 0;
    while (*row < input->reader->job_count - 1 &&
           (input->states[*row] == ROW_MISSING ||
            memcmp(hashes + *row * HASH_WORDS, hash, HASH_WORDS * sizeof *hash) != 0)) {
        (*row)++;
    }
    return STATUS_OK;
}

static enum status merge_window_contradict(const struct merge_window *window, size_t owner,
                                           size_t input, const struct row_slab *from, int64_t index,
                                           const char *differences, struct error *error) {
    const struct results_reader *first = window->inputs->list[owner].reader;
    const struct results_reader *second = window->inputs->list[input].reader;
    const int64_t other = from->first + index;
    int64_t row;
    TRY(merge_window_find_row(&window->inputs->list[owner], from->hashes + index * HASH_WORDS, &row,
                              error));
    return error_set(error, STATUS_BAD_INPUT,
                     "%s and %s contradict each other: row %lld (job %lld) of the first and row "
                     "%lld (job %lld) of the second are the same job and differ in %s; leave one "
                     "of the files out",
                     first->path, second->path, (long long)row, (long long)reader_job(first, row),
                     (long long)other, (long long)reader_job(second, other), differences);
}

static void merge_window_take(struct merge_window *window, size_t input,
                              const struct row_slab *from, int64_t index, int64_t place) {
    struct row_slab *rows = &window->rows;
    if (rows->states[place] != ROW_MISSING) {
        struct merge_input *owner = &window->inputs->list[window->part_input[rows->parts[place]]];
        owner->taken--;
        owner->repeated++;
        window->counts[rows->states[place]]--;
    }
    rows->states[place] = from->states[index];
    rows->attempts[place] = from->attempts[index];
    rows->steps[place] = from->steps[index];
    rows->seconds[place] = from->seconds[index];
    rows->parts[place] = from->parts[index];
    memcpy(row_slab_record(rows, place), row_slab_record(from, index), rows->layout->record_bytes);
    window->inputs->list[input].taken++;
    window->counts[from->states[index]]++;
}

enum status merge_window_offer(struct merge_window *window, size_t input,
                               const struct row_slab *rows, int64_t index, int64_t target,
                               struct error *error) {
    const int64_t place = target - window->rows.first;
    const uint8_t own = window->rows.states[place];
    const uint8_t other = rows->states[index];
    TRY(merge_window_identify(window, input, rows, index, target, error));
    if (other == ROW_MISSING) {
        uint8_t *attempts = &window->rows.attempts[place];
        bool more = own == ROW_MISSING && rows->attempts[index] > *attempts;
        *attempts = more ? rows->attempts[index] : *attempts;
        return STATUS_OK;
    }
    if (own == ROW_MISSING || (own == ROW_QUARANTINED && other != ROW_QUARANTINED)) {
        merge_window_take(window, input, rows, index, place);
        return STATUS_OK;
    }
    window->inputs->list[input].repeated++;
    if (other == ROW_QUARANTINED) {
        return STATUS_OK;
    }
    char differences[DIFFERENCES_BYTES];
    const size_t owner = window->part_input[window->rows.parts[place]];
    merge_window_compare(window, owner, place, input, rows, index, differences);
    return differences[0] == '\0'
               ? STATUS_OK
               : merge_window_contradict(window, owner, input, rows, index, differences, error);
}

static void merge_window_complete_row(struct merge_window *window, const struct sweep *sweep,
                                      int64_t target, char *text) {
    struct row_slab *rows = &window->rows;
    const int64_t place = target - rows->first;
    struct job job;
    sweep_job(sweep, target, &job);
    rows->replicates[place] = job.replicate;
    memcpy(rows->hashes + place * HASH_WORDS, job.hash.words, sizeof job.hash.words);
    for (size_t i = 0; i < rows->axis_count; i++) {
        const struct results_axis *axis = &rows->axes[i];
        unsigned char *value = rows->axis_values[i] + (size_t)place * results_axis_bytes(axis);
        results_axis_value(axis, sweep, target, text, value);
        window->absent[i] |= results_axis_absent(axis, value);
    }
    window->known[target] = 1;
}

enum status merge_window_complete(struct merge_window *window, const struct sweep *sweep,
                                  struct error *error) {
    const struct row_slab *rows = &window->rows;
    SCOPED(arena_free) struct arena arena = {0};
    char *text;
    size_t longest = 0;
    for (size_t i = 0; i < rows->axis_count; i++) {
        longest = results_axis_bytes(&rows->axes[i]) > longest ? results_axis_bytes(&rows->axes[i])
                                                               : longest;
    }
    TRY(ARENA_NEW(&arena, text, longest + 1, error));
    for (int64_t i = 0; i < rows->count; i++) {
        if (!window->known[rows->first + i]) {
            merge_window_complete_row(window, sweep, rows->first + i, text);
        }
    }
    return STATUS_OK;
}

enum status merge_window_end(struct merge_window *window, struct error *error) {
    const struct row_slab *rows = &window->rows;
    TRY(merge_window_write(window, error));
    for (size_t i = 0; i < rows->axis_count; i++) {
        if (window->absent[i]) {
            TRY(results_axis_mark(window->file, &rows->axes[i], error));
        }
    }
    return STATUS_OK;
}
