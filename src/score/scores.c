#include "score/score.h"

#include "score/prediction.h"

/* One line per score, in the order of `modsweep list`; each is defined in a file of this folder. */
#define EVERY_SCORE(DO)                                                                            \
    DO(linear_infom)                                                                               \
    DO(linear_infoc)                                                                               \
    DO(linear_cinfom)                                                                              \
    DO(linear_cinfoc)                                                                              \
    DO(regression_modularity)                                                                      \
    DO(infom)                                                                                      \
    DO(infoc)                                                                                      \
    DO(cinfom)                                                                                     \
    DO(cinfoc)                                                                                     \
    DO(infoe)                                                                                      \
    DO(multiinformation)                                                                           \
    DO(variance_index)                                                                             \
    DO(frequency_index)                                                                            \
    DO(frequency_index_magnitude)                                                                  \
    DO(mixing_angle)                                                                               \
    DO(active_units)                                                                               \
    DO(margin)                                                                                     \
    DO(price)                                                                                      \
    DO(predicted_angle)                                                                            \
    DO(least_loss)                                                                                 \
    DO(gap)                                                                                        \
    DO(excess)

#define DECLARE(name) extern const struct score name##_score;
#define ENTRY(name) &name##_score,

EVERY_SCORE(DECLARE)

const struct score *const scores[] = {EVERY_SCORE(ENTRY) NULL};

/* Index of a matrix among those found so far, or `count`. */
static size_t scores_matrix_index(const struct score_matrix *matrix,
                                  const struct score_matrix *const *distinct, size_t count) {
    size_t index = 0;
    while (index < count && distinct[index] != matrix) {
        index++;
    }
    return index;
}

size_t score_matrices(const struct score *const *chosen, size_t count,
                      const struct score_matrix **distinct) {
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        const struct score_matrix *matrix = chosen[i]->matrix;
        if (matrix != NULL && scores_matrix_index(matrix, distinct, found) == found) {
            distinct[found++] = matrix;
        }
    }
    return found;
}

/* Computes the predictions of the theory that any score uses. */
static enum status scores_predict(const struct score *const *chosen, size_t count,
                                  struct arena *arena, struct prediction *prediction,
                                  struct score_input *input, struct error *error) {
    unsigned parts = 0;
    for (size_t i = 0; i < count; i++) {
        parts |= chosen[i]->predictions;
    }
    if (parts == 0) {
        return STATUS_OK;
    }
    input->prediction = prediction;
    return prediction_make(input, parts, arena, prediction, error);
}

/* The input with equal weights, where the settings ask for that. */
static enum status scores_weigh(const struct score_input *input, struct arena *arena,
                                struct score_input *weighed, struct error *error) {
    double *weights;
    *weighed = *input;
    if (input->scoring == NULL || input->scoring->samples == SAMPLES_WEIGHTED) {
        return STATUS_OK;
    }
    TRY(ARENA_NEW(arena, weights, input->samples, error));
    for (size_t n = 0; n < input->samples; n++) {
        weights[n] = 1.0 / (double)input->samples;
    }
    weighed->weights = weights;
    return STATUS_OK;
}

enum status score_all(const struct score *const *chosen, size_t count,
                      const struct score_input *given, struct arena *arena, double *values,
                      const double **matrices, struct error *error) {
    const struct score_matrix **distinct;
    struct prediction prediction;
    struct score_input predicted = *given;
    struct score_input of_latents;
    const struct score_input *input = &predicted;
    TRY(scores_predict(chosen, count, arena, &prediction, &predicted, error));
    TRY(scores_weigh(input, arena, &of_latents, error));
    TRY(ARENA_NEW(arena, distinct, count, error));
    size_t matrix_count = score_matrices(chosen, count, distinct);
    for (size_t m = 0; m < matrix_count; m++) {
        double *matrix;
        TRY(ARENA_NEW(arena, matrix, input->sources * input->latents, error));
        TRY(distinct[m]->compute(&of_latents, arena, matrix, error));
        matrices[m] = matrix;
    }
    for (size_t i = 0; i < count; i++) {
        const double *matrix =
            chosen[i]->matrix == NULL
                ? NULL
                : matrices[scores_matrix_index(chosen[i]->matrix, distinct, matrix_count)];
        TRY(chosen[i]->compute(chosen[i]->needs_latents ? &of_latents : input, matrix, arena,
                               &values[i], error));
    }
    return STATUS_OK;
}
