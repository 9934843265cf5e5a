#include "dispatch/record.h"

#include "score/score.h"

#include <string.h>

static const char *const loss_names[LOSS_TERMS] = {
    "loss", "loss_fit", "loss_activity", "loss_negativity", "loss_sparsity", "loss_weights"};
static const char *const loss_help[LOSS_TERMS] = {
    "loss of the weights kept",
    "mean squared error of the fit, without its coefficient",
    "mean squared latent activity, without its coefficient",
    "mean negative latent activity, without its coefficient",
    "mean absolute latent activity, without its coefficient",
    "summed squares of the weight matrices, without coefficients"};

static enum status record_add_scores(const struct plan *plan, struct arena *arena,
                                     struct record_map *map, struct error *error) {
    const struct sweep *sweep = plan->sweep;
    const struct score_matrix **distinct;
    TRY(ARENA_NEW(arena, map->scores, sweep->score_count, error));
    TRY(ARENA_NEW(arena, map->matrices, sweep->score_count, error));
    TRY(ARENA_NEW(arena, distinct, sweep->score_count, error));
    for (size_t s = 0; s < sweep->score_count; s++) {
        const struct score *score = sweep->scores[s];
        TRY(layout_add(&map->layout, arena, VARIABLE_FLOAT64, score->component.name,
                       score->unit == NULL ? "1" : score->unit, score->component.help, 0, NULL,
                       &map->scores[s], error));
    }
    struct extent extents[] = {{"source", plan->sizes.sources}, {"latent", plan->sizes.latents}};
    map->matrix_count = score_matrices(sweep->scores, sweep->score_count, distinct);
    for (size_t m = 0; m < map->matrix_count; m++) {
        TRY(layout_add(&map->layout, arena, VARIABLE_FLOAT64, distinct[m]->name, "1",
                       distinct[m]->help, 2, extents, &map->matrices[m], error));
    }
    return STATUS_OK;
}

static enum status record_add_weights(const struct plan *plan, struct arena *arena,
                                      struct record_map *map, struct error *error) {
    for (size_t t = 0; t < plan->sizes.tensor_count; t++) {
        const struct tensor_shape *tensor = &plan->sizes.tensors[t];
        struct extent extents[] = {{tensor->row_dimension, tensor->rows},
                                   {tensor->column_dimension, tensor->columns}};
        const char *name;
        TRY(arena_printf(arena, &name, error, "weights.%s", tensor->name));
        map->tensor_names[t] = tensor->name;
        TRY(layout_add(&map->layout, arena, VARIABLE_FLOAT32, name, "1", "weights kept",
                       tensor->column_dimension == NULL ? 1 : 2, extents, &map->tensors[t], error));
    }
    map->tensor_count = plan->sizes.tensor_count;
    return STATUS_OK;
}

/* Frequencies are drawn for each job, so only its row can hold them. */
static enum status record_add_frequencies(const struct plan *plan, struct arena *arena,
                                          struct record_map *map, struct error *error) {
    struct extent source = {"source", plan->sizes.sources};
    if (!plan->sizes.periodic) {
        return STATUS_OK;
    }
    TRY(layout_add(&map->layout, arena, VARIABLE_FLOAT64, "frequencies", "rad",
                   "frequencies of the job's sources, per unit of time", 1, &source,
                   &map->frequencies, error));
    map->layout.variables[map->frequencies].optional = true;
    return STATUS_OK;
}

static enum status record_add_saved(const struct plan *plan, struct arena *arena,
                                    struct record_map *map, struct error *error) {
    struct extent sample = {"sample", plan->sizes.samples};
    struct extent latents[] = {sample, {"latent", plan->sizes.latents}};
    struct extent sources[] = {sample, {"source", plan->sizes.sources}};
    struct extent point = {"checkpoint", HISTORY_POINTS}; /* a name in files; no saved state */
    unsigned save = plan->sweep->save;
    if ((save & SAVE_WEIGHTS) != 0) {
        TRY(record_add_weights(plan, arena, map, error));
    }
    if ((save & SAVE_ACTIVITY) != 0) {
        TRY(layout_add(&map->layout, arena, VARIABLE_FLOAT32, "activity", "1",
                       "latents on the job's own samples", 2, latents, &map->activity, error));
    }
    if ((save & SAVE_SOURCES) != 0) {
        TRY(layout_add(&map->layout, arena, VARIABLE_FLOAT64, "sources", "1",
                       "the job's own samples", 2, sources, &map->sources, error));
        TRY(layout_add(&map->layout, arena, VARIABLE_FLOAT64, "sample_weights", "1",
                       "weights of the samples, summing to 1", 1, &sample, &map->sample_weights,
                       error));
    }
    if ((save & SAVE_HISTORY) != 0) {
        TRY(layout_add(&map->layout, arena, VARIABLE_FLOAT32, "history", "1",
                       "loss after each hundredth of the steps", 1, &point, &map->history, error));
    }
    return STATUS_OK;
}

enum status record_map_make(const struct plan *plan, struct arena *arena, struct record_map *map,
                            struct error *error) {
    *map = (struct record_map){
        .sweep = plan->sweep, .sizes = plan->sizes, .trains = plan->sizes.tensor_count > 0};
    if (!map->trains) {
        return STATUS_OK;
    }
    for (size_t term = 0; term < LOSS_TERMS; term++) {
        TRY(layout_add(&map->layout, arena, VARIABLE_FLOAT64, loss_names[term], "1",
                       loss_help[term], 0, NULL, &map->loss[term], error));
    }
    TRY(layout_add(&map->layout, arena, VARIABLE_FLOAT64, "gradient", "1",
                   "norm of the gradient of the loss at the weights kept, over all samples", 0,
                   NULL, &map->gradient, error));
    map->layout.variables[map->loss[LOSS_SPARSITY]].optional = true;
    map->layout.variables[map->gradient].optional = true;
    TRY(record_add_frequencies(plan, arena, map, error));
    TRY(record_add_scores(plan, arena, map, error));
    return record_add_saved(plan, arena, map, error);
}

static enum status record_too_large(int64_t job, const char *what, size_t found, size_t room,
                                    struct error *error) {
    return error_set(error, STATUS_BAD_INPUT,
                     "job %lld has %zu %s where the results file has room for %zu", (long long)job,
                     found, what, room);
}

static enum status record_check_tensor(const struct record_map *map, int64_t job,
                                       const struct tensor_shape *tensor, struct error *error) {
    for (size_t t = 0; t < map->sizes.tensor_count; t++) {
        const struct tensor_shape *known = &map->sizes.tensors[t];
        if (strcmp(known->name, tensor->name) == 0 && tensor->rows <= known->rows &&
            tensor->columns <= known->columns) {
            return STATUS_OK;
        }
    }
    return record_too_large(job, tensor->name, tensor->rows * tensor->columns, 0, error);
}

enum status record_check(const struct record_map *map, int64_t job, const struct dataset_size *data,
                         const struct network_shape *shape, struct error *error) {
    const struct {
        const char *what;
        size_t found, room;
    } sizes[] = {{"samples", data->samples, map->sizes.samples},
                 {"sources", data->sources, map->sizes.sources},
                 {"latents", shape->latents, map->sizes.latents},
                 {"frequencies", data->periodic ? data->sources : 0,
                  map->sizes.periodic ? map->sizes.sources : 0}};
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        if (sizes[k].found > sizes[k].room) {
            return record_too_large(job, sizes[k].what, sizes[k].found, sizes[k].room, error);
        }
    }
    for (size_t t = 0; t < shape->tensor_count; t++) {
        TRY(record_check_tensor(map, job, &shape->tensors[t], error));
    }
    return STATUS_OK;
}

static void *record_address(const struct record_map *map, size_t variable, void *record) {
    return (unsigned char *)record + map->layout.variables[variable].offset;
}

static void record_put(const struct record_map *map, size_t variable, double value, void *record) {
    memcpy(record_address(map, variable, record), &value, sizeof value);
}

/* Numbers between the starts of two rows of a variable. */
static size_t record_stride(const struct variable *variable) {
    return variable->extent_count == 2 ? variable->extents[1].length : 1;
}

/* Copies a matrix of the variable's type into the corner of its last two extents. */
static void record_put_matrix(const struct record_map *map, size_t variable, const void *values,
                              size_t rows, size_t columns, void *record) {
    const struct variable *to = &map->layout.variables[variable];
    size_t bytes = variable_type_bytes(to->type);
    unsigned char *array = record_address(map, variable, record);
    for (size_t r = 0; r < rows; r++) {
        memcpy(array + r * record_stride(to) * bytes,
               (const unsigned char *)values + r * columns * bytes, columns * bytes);
    }
}

static void record_put_as_floats(const struct record_map *map, size_t variable,
                                 const double *values, size_t rows, size_t columns, void *record) {
    size_t stride = record_stride(&map->layout.variables[variable]);
    float *array = record_address(map, variable, record);
    for (size_t r = 0; r < rows; r++) {
        for (size_t c = 0; c < columns; c++) {
            array[r * stride + c] = (float)values[r * columns + c];
        }
    }
}

static void record_put_weights(const struct record_map *map, const struct job_outcome *outcome,
                               void *record) {
    const float *weights = outcome->trained->weights;
    for (size_t t = 0; t < outcome->shape->tensor_count; t++) {
        const struct tensor_shape *tensor = &outcome->shape->tensors[t];
        for (size_t known = 0; known < map->tensor_count; known++) {
            if (strcmp(map->tensor_names[known], tensor->name) == 0) {
                record_put_matrix(map, map->tensors[known], weights, tensor->rows, tensor->columns,
                                  record);
            }
        }
        weights += tensor->rows * tensor->columns;
    }
}

static void record_put_saved(const struct record_map *map, const struct job_outcome *outcome,
                             void *record) {
    const struct dataset *data = outcome->data;
    unsigned save = map->sweep->save;
    /* How long a diverged lane was trained depends on its neighbours, so nothing of it is saved. */
    bool converged = !outcome->trained->diverged;
    if ((save & SAVE_WEIGHTS) != 0 && converged) {
        record_put_weights(map, outcome, record);
    }
    if ((save & SAVE_ACTIVITY) != 0 && converged) {
        record_put_as_floats(map, map->activity, outcome->trained->latents, data->size.samples,
                             outcome->shape->latents, record);
    }
    if ((save & SAVE_SOURCES) != 0) {
        record_put_matrix(map, map->sources, data->sources, data->size.samples, data->size.sources,
                          record);
        record_put_matrix(map, map->sample_weights, data->weights, data->size.samples, 1, record);
    }
    if ((save & SAVE_HISTORY) != 0) {
        memcpy(record_address(map, map->history, record), outcome->trained->history,
               sizeof outcome->trained->history);
    }
}

void record_fill(const struct record_map *map, const struct job_outcome *outcome, void *record) {
    const struct loss_values *loss = &outcome->trained->loss;
    const double terms[LOSS_TERMS] = {loss->total,      loss->fit,      loss->activity,
                                      loss->negativity, loss->sparsity, loss->weights};
    layout_clear(&map->layout, record);
    for (size_t term = 0; term < LOSS_TERMS; term++) {
        record_put(map, map->loss[term], terms[term], record);
    }
    record_put(map, map->gradient, outcome->trained->gradient, record);
    if (map->sizes.periodic && outcome->data->frequencies != NULL) {
        record_put_matrix(map, map->frequencies, outcome->data->frequencies,
                          outcome->data->size.sources, 1, record);
    }
    for (size_t s = 0; outcome->scores != NULL && s < map->sweep->score_count; s++) {
        record_put(map, map->scores[s], outcome->scores[s], record);
    }
    for (size_t m = 0; outcome->matrices != NULL && m < map->matrix_count; m++) {
        record_put_matrix(map, map->matrices[m], outcome->matrices[m], outcome->data->size.sources,
                          outcome->shape->latents, record);
    }
    record_put_saved(map, outcome, record);
}
