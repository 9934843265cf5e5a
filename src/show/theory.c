#include "show/theory.h"

#include "base/text.h"
#include "document/wrap.h"
#include "theory/angle.h"
#include "theory/matrix.h"

#include <math.h>
#include <stdio.h>

enum {
    MARGIN = 11,        /* where the text after a label begins */
    NEURONS_SHOWN = 24, /* of one optimum, in tables */
    TEXT_BYTES = 128,
};

/* Of the longest neuron: a smaller weight is shown as 0. */
static const double rounding_share = 1e-9;

static enum status theory_add_points(const struct theory_report *report, struct document *document,
                                     struct error *error) {
    const struct cloud *cloud = &report->geometry->cloud;
    const struct hull *hull = &report->geometry->hull;
    TRY(DOCUMENT_FIELDS(document, error, {"points", document_text(report->name)},
                        {"samples", document_integer((int64_t)cloud->samples)},
                        {"sources", document_integer((int64_t)cloud->sources)},
                        {"dimension", document_integer((int64_t)hull->dimension)}));
    TRY(document_line(document, "points", error, "%s: %zu sample%s of %zu source%s", report->name,
                      cloud->samples, TEXT_PLURAL(cloud->samples), cloud->sources,
                      TEXT_PLURAL(cloud->sources)));
    TRY(hull->complete
            ? document_line(document, "", error, "their hull has %zu vertices and %zu facets",
                            hull->vertex_count, hull->facet_count)
            : document_styled(document, DOCUMENT_PARAGRAPH, "", error,
                              "the hull in %zu dimensions cannot be computed: what follows are "
                              "certified bounds, and the best that was found",
                              hull->dimension));
    return hull->dimension == cloud->sources
               ? STATUS_OK
               : document_styled(document, DOCUMENT_PARAGRAPH, "", error,
                                 "they span %zu of %zu dimensions: some sources are constant or "
                                 "linear functions of others",
                                 hull->dimension, cloud->sources);
}

static enum status theory_add_verdict(const struct margin *margin, struct document *document,
                                      struct error *error) {
    if (!margin->known) {
        return document_styled(document, DOCUMENT_PARAGRAPH, "unknown", error,
                               "no direction was found that violates the condition, nor a proof "
                               "that there is none (margin at least %.6g)",
                               margin->bound);
    }
    return document_styled(
        document, DOCUMENT_PARAGRAPH, margin->modular ? "modular" : "mixed", error, "%s",
        margin->modular ? "in the optimal autoencoder every neuron serves one source"
                        : "the optimal autoencoder has neurons that mix sources");
}

/* The direction's components by name, in lines that fit a terminal. */
static enum status theory_add_components(const struct theory_report *report,
                                         struct document *document, struct error *error) {
    const size_t sources = report->geometry->cloud.sources;
    size_t column = MARGIN;
    TRY(document_line(document, "direction", error, "%s", ""));
    for (size_t j = 0; j < sources; j++) {
        char text[TEXT_BYTES];
        int length = snprintf(text, sizeof text, "%s %+.4f%s", report->names[j],
                              report->margin->direction[j], j + 1 < sources ? ", " : "");
        if (column > MARGIN && column + (size_t)length > WRAP_COLUMNS) {
            TRY(document_line(document, "", error, "%s", ""));
            column = MARGIN;
        }
        column += (size_t)length;
        TRY(document_continue(document, error, "%s", text));
    }
    return STATUS_OK;
}

static enum status theory_add_margin(const struct theory_report *report, struct document *document,
                                     struct error *error) {
    const struct margin *margin = report->margin;
    const struct cloud *cloud = &report->geometry->cloud;
    const double reach = cloud_support(cloud, margin->direction);
    const double needed = sqrt(fmax(cloud_demand(cloud, margin->direction), 0.0));
    TRY(theory_add_verdict(margin, document, error));
    TRY(document_line(document, "margin", error, "%.9g", margin->value));
    if (!margin->exact) {
        TRY(document_continue(document, error, ", at least %.9g", margin->bound));
    }
    TRY(theory_add_components(report, document, error));
    TRY(document_line(document, "", error, "farthest sample against it at %.6g, needed %.6g", reach,
                      needed));
    return DOCUMENT_FIELDS(
        document, error, {"margin", document_real(margin->value)},
        {"margin_bound", document_real(margin->bound)}, {"exact", document_flag(margin->exact)},
        {"modular", margin->known ? document_flag(margin->modular) : document_null()},
        {"tolerance", document_real(report->tolerance)},
        {"direction", document_numbers(margin->direction, cloud->sources)},
        {"reach", document_real(reach)}, {"needed", document_real(needed)});
}

/* --- optima ---------------------------------------------------------------------------------- */

static enum status theory_add_row(const char *label, const struct optimum *optimum,
                                  struct document_table *table, struct error *error) {
    struct document_value *cells;
    TRY(document_row(table, &cells, error));
    DOCUMENT_CELLS(cells, document_text(label), document_real(optimum->energy),
                   document_real(optimum->modular_energy), document_real(optimum->price),
                   document_real(optimum->gap), document_integer((int64_t)optimum->neurons.count),
                   document_real(optimum->angle));
    return STATUS_OK;
}

static enum status theory_add_table(const struct theory_report *report, struct document *document,
                                    struct error *error) {
    static const struct document_column columns[] = {
        {.heading = "lambda", .width = 12, .left = true},
        {.heading = "optimum", .format = "%.8g", .width = 14},
        {.heading = "if modular", .format = "%.8g", .width = 14},
        {.heading = "price", .format = "%.6f", .width = 10},
        {.heading = "gap", .format = "%.0e", .width = 8},
        {.heading = "neurons", .width = 8},
        {.heading = "angle", .format = "%.4f", .width = 8}};
    const struct document_table table = {.label = "optima", DOCUMENT_COLUMNS(columns), .gap = 1};
    struct document_table *added;
    TRY(document_line(document, NULL, error, "%s", ""));
    TRY(document_table(document, &table, &added, error));
    for (size_t k = 0; k < report->lambda_count; k++) {
        const char *label;
        TRY(arena_printf(document->arena, &label, error, "%.6g", report->lambdas[k]));
        TRY(theory_add_row(label, &report->optima[k], added, error));
    }
    return report->loss == NULL ? STATUS_OK
                                : theory_add_row("loss", report->penalised, added, error);
}

/* Columns of neurons: for programs their weights as lists, for people one for each source. */
static enum status theory_neuron_columns(const struct theory_report *report, struct arena *arena,
                                         struct document_table *table, struct error *error) {
    enum { LEAST = 12, LEAST_ANGLE = 8, BESIDE_SOURCES = 4 };
    const size_t sources = report->geometry->cloud.sources;
    struct document_column *columns;
    TRY(ARENA_NEW(arena, columns, sources + BESIDE_SOURCES, error));
    table->columns = columns;
    table->column_count = sources + BESIDE_SOURCES;
    *columns++ = (struct document_column){.key = "weights"};
    for (size_t j = 0; j < sources; j++) {
        *columns++ =
            (struct document_column){.heading = report->names[j], .format = "%.6g", .width = LEAST};
    }
    *columns++ = (struct document_column){
        .key = "bias", .heading = "bias", .format = "%.6g", .width = LEAST};
    *columns++ = (struct document_column){.key = "weights_out"};
    *columns = (struct document_column){
        .key = "angle", .heading = "angle", .format = "%.4f", .width = LEAST_ANGLE};
    return STATUS_OK;
}

static enum status theory_add_neurons(const struct theory_report *report,
                                      const struct neurons *neurons, bool hidden,
                                      struct document *document, struct error *error) {
    const size_t sources = report->geometry->cloud.sources;
    const double longest = neurons->count == 0 ? 0 : matrix_length(sources, neurons->weights_in);
    struct document_table table = {
        .key = "neurons", .label = "neurons", .indent = 1, .gap = 1, .hidden = hidden};
    struct document_table *added;
    TRY(theory_neuron_columns(report, document->arena, &table, error));
    TRY(document_table(document, &table, &added, error));
    for (size_t k = 0; k < neurons->count; k++) {
        const double *weights = neurons->weights_in + k * sources;
        struct document_value *cells;
        TRY(document_row(added, &cells, error));
        *cells++ = document_numbers(weights, sources);
        for (size_t j = 0; j < sources; j++) {
            bool nothing = fabs(weights[j]) < rounding_share * longest;
            *cells++ = document_real(nothing ? 0 : weights[j]);
        }
        DOCUMENT_CELLS(cells, document_real(neurons->biases[k]),
                       document_numbers(neurons->weights_out + k * sources, sources),
                       document_real(angle_from_axis(weights, sources)));
    }
    if (neurons->count <= NEURONS_SHOWN || hidden) {
        return STATUS_OK;
    }
    added->rows_shown = NEURONS_SHOWN;
    return document_line(document, NULL, error, " … %zu more, shorter ones; --json has them all",
                         neurons->count - NEURONS_SHOWN);
}

/* The members of an optimum; people see its neurons below `title`, if there is one. */
static enum status theory_add_optimum(const struct theory_report *report,
                                      const struct optimum *optimum, const char *title,
                                      struct document *document, struct error *error) {
    TRY(DOCUMENT_FIELDS(
        document, error, {"optimum", document_real(optimum->energy)},
        {"bound", document_real(optimum->bound)}, {"gap", document_real(optimum->gap)},
        {"modular_energy", document_real(optimum->modular_energy)},
        {"price", document_real(optimum->price)}, {"angle", document_real(optimum->angle)}));
    if (title != NULL) {
        TRY(document_line(document, NULL, error, "\nneurons at %s: z = weights . (s - mean) + bias",
                          title));
    }
    return theory_add_neurons(report, &optimum->neurons, title == NULL, document, error);
}

static enum status theory_add_loss(const struct theory_report *report, struct document *document,
                                   struct error *error) {
    struct document *loss;
    TRY(document_object(document, "loss", &loss, error));
    TRY(DOCUMENT_FIELDS(loss, error, {"sufficient_negativity", document_real(report->negativity)}));
    TRY(theory_add_optimum(report, report->penalised, "the loss", loss, error));
    if (isnan(report->negativity)) {
        return STATUS_OK;
    }
    TRY(document_line(loss, NULL, error, "%s", ""));
    return document_styled(loss, DOCUMENT_PARAGRAPH, NULL, error,
                           "the loss's row is the least that any network reaches when "
                           "loss.negativity is at least %.3g (negativity_power 1); with less, "
                           "latents may profit from being negative",
                           report->negativity);
}

enum status theory_document(const struct theory_report *report, struct document *document,
                            struct error *error) {
    document->margin = MARGIN;
    TRY(theory_add_points(report, document, error));
    TRY(theory_add_margin(report, document, error));
    TRY(theory_add_table(report, document, error));
    TRY(DOCUMENT_FIELDS(document, error, {"lambda", document_real(report->lambdas[0])}));
    TRY(theory_add_optimum(report, &report->optima[0], NULL, document, error));
    TRY(DOCUMENT_FIELDS(document, error, {"optima", document_list()}));
    for (size_t k = 0; k < report->lambda_count; k++) {
        struct document *element;
        char title[TEXT_BYTES];
        (void)snprintf(title, sizeof title, "lambda %.6g", report->lambdas[k]);
        TRY(document_element(document, "optima", &element, error));
        TRY(DOCUMENT_FIELDS(element, error, {"lambda", document_real(report->lambdas[k])}));
        TRY(theory_add_optimum(report, &report->optima[k], title, element, error));
    }
    return report->loss == NULL ? STATUS_OK : theory_add_loss(report, document, error);
}
