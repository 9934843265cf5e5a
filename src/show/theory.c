#include "show/theory.h"

#include "document/wrap.h"
#include "theory/angle.h"
#include "theory/matrix.h"

#include <stdio.h>
#include <string.h>

enum {
    LABEL_COLUMN = 11,  /* where the text after a label begins */
    NEURONS_SHOWN = 24, /* of one optimum, in tables */
    NAME_BYTES = 32,
};

/* Of the longest neuron: a smaller weight is shown as 0. */
static const double rounding_share = 1e-9;

static const char *theory_source_name(const struct theory_report *report, size_t source,
                                      char text[static NAME_BYTES]) {
    if (report->names != NULL) {
        return report->names[source];
    }
    (void)snprintf(text, NAME_BYTES, "source %zu", source + 1);
    return text;
}

/* A label and text broken into lines behind it. */
static void theory_paragraph(const char *label, const char *text) {
    printf("%-*s", LABEL_COLUMN, label);
    wrap_print(stdout, LABEL_COLUMN, LABEL_COLUMN, text);
}

static void theory_print_points(const struct theory_report *report) {
    const struct cloud *cloud = &report->geometry->cloud;
    const struct hull *hull = &report->geometry->hull;
    char text[256];
    printf("%-*s%s: %zu sample%s of %zu source%s", LABEL_COLUMN, "points", report->name,
           cloud->samples, cloud->samples == 1 ? "" : "s", cloud->sources,
           cloud->sources == 1 ? "" : "s");
    puts("");
    if (hull->complete) {
        printf("%-*stheir hull has %zu vertices and %zu facets\n", LABEL_COLUMN, "",
               hull->vertex_count, hull->facet_count);
    } else {
        (void)snprintf(text, sizeof text,
                       "the hull in %zu dimensions is out of reach: what follows are certified "
                       "bounds, and the best that was found",
                       hull->dimension);
        theory_paragraph("", text);
    }
    if (hull->dimension < cloud->sources) {
        (void)snprintf(text, sizeof text,
                       "they span %zu of %zu dimensions: some sources are constant or linear "
                       "functions of others",
                       hull->dimension, cloud->sources);
        theory_paragraph("", text);
    }
}

static void theory_print_verdict(const struct theory_report *report) {
    const struct margin *margin = report->margin;
    char text[256];
    if (!margin->known) {
        (void)snprintf(text, sizeof text,
                       "no direction was found that violates the condition, nor a proof that "
                       "there is none (margin at least %.6g)",
                       margin->bound);
        theory_paragraph("unknown", text);
    } else if (margin->modular) {
        theory_paragraph("modular",
                         "the optimal autoencoder gives every source neurons of its own");
    } else {
        theory_paragraph("mixed", "the optimal autoencoder has neurons that mix sources");
    }
}

/* The direction's components by name, in lines that fit a terminal. */
static void theory_print_components(const struct theory_report *report) {
    size_t sources = report->geometry->cloud.sources;
    size_t column = LABEL_COLUMN;
    printf("%-*s", LABEL_COLUMN, "direction");
    for (size_t j = 0; j < sources; j++) {
        char name[NAME_BYTES];
        char text[2 * NAME_BYTES];
        int length = snprintf(text, sizeof text, "%.*s %+.4f%s", NAME_BYTES,
                              theory_source_name(report, j, name), report->margin->direction[j],
                              j + 1 < sources ? ", " : "");
        if (length > 0 && column + (size_t)length > WRAP_COLUMNS) {
            printf("\n%-*s", LABEL_COLUMN, "");
            column = LABEL_COLUMN;
        }
        column += length > 0 ? (size_t)length : 0;
        printf("%s", text);
    }
    puts("");
}

static void theory_print_direction(const struct theory_report *report) {
    const struct cloud *cloud = &report->geometry->cloud;
    const struct margin *margin = report->margin;
    double support = cloud_support(cloud, margin->direction);
    double demand = sqrt(fmax(cloud_demand(cloud, margin->direction), 0.0));
    printf("%-*s%.9g", LABEL_COLUMN, "margin", margin->value);
    if (!margin->exact) {
        printf(", at least %.9g", margin->bound);
    }
    puts("");
    theory_print_components(report);
    printf("%-*sfarthest sample against it at %.6g, needed %.6g\n", LABEL_COLUMN, "", support,
           demand);
}

static void theory_print_optimum_row(const char *label, const struct optimum *optimum) {
    char gap[NAME_BYTES];
    (void)snprintf(gap, sizeof gap, "%.0e", optimum->gap);
    printf("%-12s %14.8g %14.8g %10.6f %8s %8zu %8.4f\n", label, optimum->energy,
           optimum->modular_energy, optimum->price, gap, optimum->neurons.count, optimum->angle);
}

static void theory_print_optima(const struct theory_report *report) {
    printf("\n%-12s %14s %14s %10s %8s %8s %8s\n", "lambda", "optimum", "if modular", "price",
           "gap", "neurons", "angle");
    for (size_t k = 0; k < report->lambda_count; k++) {
        char label[NAME_BYTES];
        (void)snprintf(label, sizeof label, "%.6g", report->lambdas[k]);
        theory_print_optimum_row(label, &report->optima[k]);
    }
    if (report->loss != NULL) {
        theory_print_optimum_row("loss", report->penalised);
    }
}

static void theory_print_neurons(const struct theory_report *report, const char *title,
                                 const struct optimum *optimum) {
    size_t sources = report->geometry->cloud.sources;
    const struct neurons *neurons = &optimum->neurons;
    double longest = neurons->count == 0 ? 0.0 : matrix_length(sources, neurons->weights_in);
    printf("\nneurons %s: z = weights . (s - mean) + bias\n", title);
    for (size_t j = 0; j < sources; j++) {
        char name[NAME_BYTES];
        printf(" %12.12s", theory_source_name(report, j, name));
    }
    printf(" %12s %8s\n", "bias", "angle");
    for (size_t k = 0; k < neurons->count && k < NEURONS_SHOWN; k++) {
        const double *weights = neurons->weights_in + k * sources;
        for (size_t j = 0; j < sources; j++) {
            bool nothing = fabs(weights[j]) < rounding_share * longest;
            printf(" %12.6g", nothing ? 0.0 : weights[j]);
        }
        printf(" %12.6g %8.4f\n", neurons->biases[k], angle_from_axis(weights, sources));
    }
    if (neurons->count > NEURONS_SHOWN) {
        printf(" … %zu more, shorter ones; --json has them all\n", neurons->count - NEURONS_SHOWN);
    }
}

static void theory_print_negativity(const struct theory_report *report) {
    char text[256];
    if (isnan(report->negativity)) {
        return;
    }
    (void)snprintf(text, sizeof text,
                   "the loss's row is the least that any network reaches when loss.negativity is "
                   "at least %.3g (negativity_power 1); with less, latents may profit from being "
                   "negative",
                   report->negativity);
    puts("");
    wrap_print(stdout, 0, 0, text);
}

void theory_print(const struct theory_report *report) {
    theory_print_points(report);
    theory_print_verdict(report);
    theory_print_direction(report);
    theory_print_optima(report);
    for (size_t k = 0; k < report->lambda_count; k++) {
        char title[NAME_BYTES + 16];
        (void)snprintf(title, sizeof title, "at lambda %.6g", report->lambdas[k]);
        theory_print_neurons(report, title, &report->optima[k]);
    }
    if (report->loss != NULL) {
        theory_print_neurons(report, "at the loss", report->penalised);
        theory_print_negativity(report);
    }
}

static enum status theory_fill_neurons(const struct neurons *neurons, size_t sources,
                                       struct json_object *parent, struct error *error) {
    struct json_object *list;
    TRY(json_add_array(parent, "neurons", &list, error));
    for (size_t k = 0; k < neurons->count; k++) {
        struct json_object *neuron;
        const double *weights = neurons->weights_in + k * sources;
        TRY(json_append_object(list, &neuron, error));
        TRY(json_add_reals(neuron, "weights", weights, sources, error));
        TRY(json_add_real(neuron, "bias", neurons->biases[k], error));
        TRY(json_add_reals(neuron, "weights_out", neurons->weights_out + k * sources, sources,
                           error));
        TRY(json_add_real(neuron, "angle", angle_from_axis(weights, sources), error));
    }
    return STATUS_OK;
}

static enum status theory_fill_optimum(const struct optimum *optimum, size_t sources,
                                       struct json_object *parent, struct error *error) {
    TRY(json_add_real(parent, "optimum", optimum->energy, error));
    TRY(json_add_real(parent, "bound", optimum->bound, error));
    TRY(json_add_real(parent, "gap", optimum->gap, error));
    TRY(json_add_real(parent, "modular_energy", optimum->modular_energy, error));
    TRY(json_add_real(parent, "price", optimum->price, error));
    TRY(json_add_real(parent, "angle", optimum->angle, error));
    return theory_fill_neurons(&optimum->neurons, sources, parent, error);
}

static enum status theory_fill_optima(const struct theory_report *report, struct json_object *root,
                                      struct error *error) {
    size_t sources = report->geometry->cloud.sources;
    struct json_object *list;
    TRY(json_add_real(root, "lambda", report->lambdas[0], error));
    TRY(theory_fill_optimum(&report->optima[0], sources, root, error));
    TRY(json_add_array(root, "optima", &list, error));
    for (size_t k = 0; k < report->lambda_count; k++) {
        struct json_object *one;
        TRY(json_append_object(list, &one, error));
        TRY(json_add_real(one, "lambda", report->lambdas[k], error));
        TRY(theory_fill_optimum(&report->optima[k], sources, one, error));
    }
    if (report->loss != NULL) {
        struct json_object *loss;
        TRY(json_add_object(root, "loss", &loss, error));
        TRY(json_add_real(loss, "sufficient_negativity", report->negativity, error));
        TRY(theory_fill_optimum(report->penalised, sources, loss, error));
    }
    return STATUS_OK;
}

enum status theory_fill_json(const struct theory_report *report, struct json_object *root,
                             struct error *error) {
    const struct margin *margin = report->margin;
    const struct cloud *cloud = &report->geometry->cloud;
    TRY(json_add_text(root, "points", report->name, error));
    TRY(json_add_integer(root, "samples", (int64_t)cloud->samples, error));
    TRY(json_add_integer(root, "sources", (int64_t)cloud->sources, error));
    TRY(json_add_integer(root, "dimension", (int64_t)report->geometry->hull.dimension, error));
    TRY(json_add_real(root, "margin", margin->value, error));
    TRY(json_add_real(root, "margin_bound", margin->bound, error));
    TRY(json_add_flag(root, "exact", margin->exact, error));
    if (margin->known) {
        TRY(json_add_flag(root, "modular", margin->modular, error));
    } else {
        TRY(json_add_null(root, "modular", error));
    }
    TRY(json_add_real(root, "tolerance", report->tolerance, error));
    TRY(json_add_reals(root, "direction", margin->direction, cloud->sources, error));
    TRY(json_add_real(root, "reach", cloud_support(cloud, margin->direction), error));
    TRY(json_add_real(root, "needed", sqrt(fmax(cloud_demand(cloud, margin->direction), 0.0)),
                      error));
    return theory_fill_optima(report, root, error);
}
