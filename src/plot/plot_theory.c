#include "plot/plot_theory.h"

#include "aggregate/choice.h"
#include "aggregate/correlation.h"

#include <math.h>
#include <string.h>

#define MARGIN "margin"

/* Scores of the theory. The first prediction that a sweep has is the default; the others judge the
 * optimum that was found, or depend on the trained loss. */
static const struct theory_score {
    const char *name;
    bool predicts;       /* from a job's data alone */
    const char *trained; /* the score of the same quantity after training, or NULL */
} theory_scores[] = {
    {"predicted_angle", true, "mixing_angle"},
    {MARGIN, true, NULL},
    {"price", true, NULL},
    {"least_loss", true, "loss"},
    {"gap", false, NULL},
    {"excess", false, NULL},
};
enum { THEORY_SCORE_COUNT = sizeof theory_scores / sizeof *theory_scores };

static const struct theory_score *plot_named(const char *name) {
    for (size_t k = 0; k < THEORY_SCORE_COUNT; k++) {
        if (strcmp(theory_scores[k].name, name) == 0) {
            return &theory_scores[k];
        }
    }
    return NULL;
}

static enum status plot_choose_prediction(const struct results_reader *reader, const char *asked,
                                          const struct theory_score **prediction,
                                          struct error *error) {
    if (asked != NULL) {
        bool is_key;
        TRY(choice_is_key(reader, asked, &is_key, error));
        *prediction = plot_named(asked);
        return *prediction != NULL && (*prediction)->predicts
                   ? STATUS_OK
                   : error_set(error, STATUS_BAD_INPUT,
                               "--kind theory: '%s' is not a prediction: expected predicted_angle, "
                               "margin, price or least_loss; --kind scatter takes any score",
                               asked);
    }
    for (size_t k = 0; k < THEORY_SCORE_COUNT; k++) {
        *prediction = &theory_scores[k];
        if ((*prediction)->predicts && choice_has_score(reader, (*prediction)->name)) {
            return STATUS_OK;
        }
    }
    return error_set(error, STATUS_BAD_INPUT,
                     "--kind theory needs a prediction, and this sweep has none: name "
                     "predicted_angle, margin, price or least_loss in its 'scores'");
}

enum status plot_theory_choose(const struct results_reader *reader,
                               const struct plot_request *request, const char **x,
                               const char **score, struct error *error) {
    const struct theory_score *prediction;
    TRY(plot_choose_prediction(reader, request->x, &prediction, error));
    *x = prediction->name;
    *score = NULL;
    if (request->score_count > 0) {
        return STATUS_OK;
    }
    if (prediction->trained != NULL && choice_has_score(reader, prediction->trained)) {
        *score = prediction->trained;
    }
    for (size_t s = 0; s < reader->score_count && *score == NULL; s++) {
        const char *name = reader->scores[s];
        *score = plot_named(name) == NULL && choice_has_score(reader, name) ? name : NULL;
    }
    *score = *score == NULL ? "loss" : *score;
    return STATUS_OK;
}

/* The points of a panel that have both numbers. */
static size_t plot_collect(const struct plot *plot, size_t panel, double *x, double *y) {
    size_t count = 0;
    for (size_t p = 0; p < plot->point_count; p++) {
        double mean = plot_reach(&plot->points[p], panel, 0);
        if (!isnan(mean)) {
            x[count] = plot->points[p].x;
            y[count++] = mean;
        }
    }
    return count;
}

enum status plot_theory_relate(struct plot *plot, struct error *error) {
    const struct theory_score *prediction = plot_named(plot->x);
    double *x;
    double *y;
    plot->marks_modular = strcmp(plot->x, MARGIN) == 0;
    TRY(ARENA_NEW(&plot->arena, plot->relations, plot->panel_count, error));
    TRY(ARENA_NEW(&plot->arena, x, plot->point_count, error));
    TRY(ARENA_NEW(&plot->arena, y, plot->point_count, error));
    for (size_t s = 0; s < plot->panel_count; s++) {
        struct plot_relation *relation = &plot->relations[s];
        const char *name = plot->table.scores[s].name;
        relation->same = strcmp(name, plot->x) == 0 ||
                         (prediction->trained != NULL && strcmp(name, prediction->trained) == 0);
        relation->count = plot_collect(plot, s, x, y);
        TRY(correlation_of_ranks(x, y, relation->count, &relation->spearman, error));
        double squares = 0.0;
        relation->positive = true;
        for (size_t k = 0; k < relation->count; k++) {
            squares += (y[k] - x[k]) * (y[k] - x[k]);
            relation->positive = relation->positive && y[k] > 0.0;
        }
        relation->distance = sqrt(squares / (double)relation->count);
    }
    return STATUS_OK;
}

enum status plot_theory_text(const struct plot_relation *relation, const char *unit,
                             struct arena *arena, const char **text, struct error *error) {
    if (isnan(relation->spearman)) {
        TRY(arena_strdup(arena, "no rank correlation: one of the two does not vary", text, error));
    } else {
        TRY(arena_printf(arena, text, error, "Spearman ρ = %.2f, n = %zu", relation->spearman,
                         relation->count));
    }
    if (!relation->same || relation->count == 0) {
        return STATUS_OK;
    }
    bool plain = unit[0] == '\0' || strcmp(unit, "1") == 0;
    return arena_printf(arena, text, error, "%s, r.m.s. difference %.3g%s%s", *text,
                        relation->distance, plain ? "" : " ", plain ? "" : unit);
}
