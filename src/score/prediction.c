/*
 * Scores that compare a trained network with the exact theory of its own data (arXiv 2410.06232,
 * theorem 2.1; theory/optimum.h). A sample of weight 2w scores as two samples of weight w.
 */
#include "score/prediction.h"

#include "solver/costs.h"
#include "theory/fit_threshold.h"
#include "theory/margin.h"

static enum status prediction_find_price(const struct geometry *geometry,
                                         const struct loss_settings *loss, struct arena *arena,
                                         double *price, struct error *error) {
    struct costs costs = costs_of_exact_loss(loss);
    struct optimum optimum;
    if (!costs_are_bounded(&costs)) {
        return STATUS_OK;
    }
    TRY(optimum_find(geometry, &costs, 0, arena, &optimum, error));
    *price = optimum.price;
    return STATUS_OK;
}

static enum status prediction_find_least(const struct geometry *geometry,
                                         const struct loss_settings *loss, struct arena *arena,
                                         struct prediction *prediction, struct error *error) {
    struct costs costs = costs_of_loss(loss, geometry->cloud.sources);
    struct optimum optimum;
    if (!costs_are_bounded(&costs)) {
        return STATUS_OK;
    }
    double threshold = costs_threshold(loss, geometry->cloud.sources);
    TRY(fit_threshold_optimum(geometry, &costs, threshold, 0, arena, &optimum, error));
    prediction->least = optimum.energy;
    prediction->gap = optimum.gap;
    prediction->angle = optimum.angle;
    return STATUS_OK;
}

static enum status prediction_fill(const struct score_input *input, unsigned parts,
                                   struct arena *arena, struct prediction *prediction,
                                   struct error *error) {
    struct geometry geometry;
    struct margin margin;
    TRY(geometry_make(input->source, input->weights, input->samples, input->sources, arena,
                      &geometry, error));
    if (!geometry.hull.complete) {
        return STATUS_OK;
    }
    if ((parts & PREDICTION_MARGIN) != 0) {
        TRY(margin_find(&geometry, MARGIN_TOLERANCE, arena, &margin, error));
        prediction->margin = margin.value;
    }
    if ((parts & PREDICTION_PRICE) != 0 && input->loss != NULL) {
        TRY(prediction_find_price(&geometry, input->loss, arena, &prediction->price, error));
    }
    if ((parts & PREDICTION_LEAST) != 0 && input->loss != NULL) {
        TRY(prediction_find_least(&geometry, input->loss, arena, prediction, error));
    }
    return STATUS_OK;
}

enum status prediction_make(const struct score_input *input, unsigned parts, struct arena *arena,
                            struct prediction *prediction, struct error *error) {
    *prediction = (struct prediction){NAN, NAN, NAN, NAN, NAN};
    enum status status = prediction_fill(input, parts, arena, prediction, error);
    /* Data outside the theory, such as equal points, have no prediction. */
    return status == STATUS_BAD_INPUT ? STATUS_OK : status;
}

/* Defines the function of a score that is a field of the prediction. */
#define READS(name, expression)                                                                    \
    static enum status name(const struct score_input *input, const double *matrix,                 \
                            struct arena *arena, double *value, struct error *error) {             \
        (void)matrix;                                                                              \
        (void)arena;                                                                               \
        (void)error;                                                                               \
        *value = (expression);                                                                     \
        return STATUS_OK;                                                                          \
    }

READS(margin, input->prediction->margin)
READS(price, input->prediction->price)
READS(predicted_angle, input->prediction->angle)
READS(least_loss, input->prediction->least)
READS(gap, input->prediction->gap)
READS(excess,
      input->prediction->least > 0.0 ? input->trained_loss / input->prediction->least - 1.0 : NAN)

const struct score margin_score = {
    .component = {.name = "margin",
                  .help =
                      "margin of the condition for modularity: 0 modular, negative mixed (theory)"},
    .predictions = PREDICTION_MARGIN,
    .compute = margin,
};

const struct score price_score = {
    .component = {.name = "price",
                  .help = "share of energy that mixing saves, with exact reproduction (theory)"},
    .needs_loss = true,
    .predictions = PREDICTION_PRICE,
    .compute = price,
};

const struct score predicted_angle_score = {
    .component = {.name = "predicted_angle", .help = "mixing_angle at the least loss (theory)"},
    .unit = "rad",
    .needs_loss = true,
    .predictions = PREDICTION_LEAST,
    .compute = predicted_angle,
};

const struct score least_loss_score = {
    .component = {.name = "least_loss",
                  .help = "loss of the best linear autoencoder with nonnegative latents (theory)"},
    .needs_loss = true,
    .predictions = PREDICTION_LEAST,
    .compute = least_loss,
};

const struct score gap_score = {
    .component = {.name = "gap",
                  .help = "certificate of least_loss: no loss is lower by a larger share"},
    .needs_loss = true,
    .predictions = PREDICTION_LEAST,
    .compute = gap,
};

const struct score excess_score = {
    .component = {.name = "excess",
                  .help =
                      "trained loss over least_loss, minus 1: how far from the optimum (theory)"},
    .needs_loss = true,
    .predictions = PREDICTION_LEAST,
    .compute = excess,
};
