/*
 * Sources joined by a Gaussian copula with one correlation for all pairs: x = a·e + b·Σe of
 * independent standard normals e has unit variances and correlation ρ for
 * a = √(1−ρ), b = (√(1+(S−1)ρ) − a)/S; each x then becomes the quantile of its source's marginal
 * at Φ(x) (Nelsen 2006, An Introduction to Copulas).
 */
#include "base/text.h"
#include "data/sources.h"

#include <math.h>

enum marginal { UNIFORM, NORMAL, EXPONENTIAL, LAPLACE, BIMODAL };

static const char *const marginals[] = {"uniform", "normal",  "exponential",
                                        "laplace", "bimodal", NULL};

struct correlated_settings {
    struct sources_settings size; /* first: SOURCES_PARAMETERS */
    double correlation;
    struct integers marginal; /* of enum marginal; one for all, or one per source */
};

static const double PI = 3.14159265358979323846;
static const double ROOT_HALF = 0.70710678118654752440;

static double correlated_normal_below(double x) {
    return 0.5 * erfc(-x * ROOT_HALF);
}

/* Quantile of a marginal at Φ(x), formed so that both tails keep their precision. */
static double correlated_quantile(enum marginal marginal, double x) {
    switch (marginal) {
    case UNIFORM: /* on [0, 1] */
        return correlated_normal_below(x);
    case NORMAL: /* mean 0, variance 1 */
        return x;
    case EXPONENTIAL: /* mean 1 */
        return -log(correlated_normal_below(-x));
    case LAPLACE: /* mean 0, variance 1 */
        return copysign(ROOT_HALF * log(2 * correlated_normal_below(-fabs(x))), x);
    case BIMODAL: /* arcsine: Beta(1/2, 1/2) on [0, 1], densest at both ends */
        return pow(sin(0.5 * PI * correlated_normal_below(x)), 2);
    }
    return x;
}

static enum marginal correlated_marginal_of(const struct correlated_settings *settings,
                                            size_t source) {
    const struct integers *list = &settings->marginal;
    return (enum marginal)list->values[list->count == 1 ? 0 : source];
}

/* One sample: independent normals in, sources out. */
static void correlated_correlate(const struct correlated_settings *settings, double *sample) {
    size_t sources = (size_t)settings->size.sources;
    double alone = sqrt(1 - settings->correlation);
    double whole = sqrt(1 + (double)(settings->size.sources - 1) * settings->correlation);
    double shared = 0;
    for (size_t i = 0; i < sources; i++) {
        shared += sample[i];
    }
    shared *= (whole - alone) / (double)sources;
    for (size_t i = 0; i < sources; i++) {
        sample[i] =
            correlated_quantile(correlated_marginal_of(settings, i), alone * sample[i] + shared);
    }
}

static enum status correlated_draw(const void *data, struct random_stream *stream,
                                   struct arena *arena, struct dataset *dataset,
                                   struct error *error) {
    const struct correlated_settings *settings = data;
    struct dataset_size shape;
    TRY(sources_size_of(settings, &shape, error));
    double *sources;
    TRY(ARENA_NEW(arena, sources, shape.samples * shape.sources, error));
    for (size_t n = 0; n < shape.samples; n++) {
        double *sample = sources + n * shape.sources;
        for (size_t i = 0; i < shape.sources; i++) {
            sample[i] = random_normal(stream);
        }
        correlated_correlate(settings, sample);
    }
    return sources_dataset(sources, shape, arena, dataset, error);
}

static enum status correlated_check(const void *data, struct error *error) {
    const struct correlated_settings *settings = data;
    char text[32];
    if (settings->size.sources > 1 &&
        settings->correlation * (double)(settings->size.sources - 1) <= -1) {
        return error_refuse(
            error, "correlation",
            "%lld sources cannot all be correlated by %s with one another: expected "
            "more than -1/%lld",
            (long long)settings->size.sources, text_of_real(settings->correlation, text),
            (long long)settings->size.sources - 1);
    }
    if (settings->marginal.count != 1 &&
        settings->marginal.count != (size_t)settings->size.sources) {
        return error_refuse(error, "marginal",
                            "%zu marginals for %lld sources: expected one, or one per source",
                            settings->marginal.count, (long long)settings->size.sources);
    }
    return STATUS_OK;
}

static const struct parameter parameters[] = {
    SOURCES_PARAMETERS,
    {.type = PARAMETER_REAL,
     PARAMETER_FIELD(struct correlated_settings, correlation),
     PARAMETER_RANGE(-1, 1),
     .fallback = "0",
     .flags = PARAMETER_ABOVE_MINIMUM,
     .help = "correlation of every pair in the Gaussian copula, above -1/(sources-1)"},
    {.type = PARAMETER_CHOICES,
     PARAMETER_FIELD(struct correlated_settings, marginal),
     .fallback = "uniform",
     .choices = marginals,
     .help = "marginal distribution of the sources: one for all, or a list"},
};

const struct distribution correlated_distribution = {
    .component = {.name = "correlated",
                  .help = "sources of given marginals joined by a Gaussian copula",
                  COMPONENT_PARAMETERS(parameters),
                  .settings_size = sizeof(struct correlated_settings),
                  .check = correlated_check},
    .size = sources_size_of,
    .draw = correlated_draw,
};
