/* The sweep of a report: what it trains on which data, its axes, and its text. */
#include "report/report_parts.h"

#include "aggregate/totals.h"
#include "document/html.h"
#include "document/writers.h"
#include "sweep/section.h"
#include "sweep/sweep.h"

#include <math.h>
#include <string.h>

static const struct component *report_component_named(enum section section, const char *name) {
    for (size_t i = 0; section_component(section, i) != NULL; i++) {
        if (strcmp(section_component(section, i)->name, name) == 0) {
            return section_component(section, i);
        }
    }
    return NULL;
}

/* The axis by which components of a section are chosen, or NULL where all jobs have the same. */
static const struct report_values *report_selecting_axis(const struct report *report,
                                                         enum section section) {
    for (size_t k = 0; k < report->table.key_count; k++) {
        if (strcmp(report->table.keys[k].name, sections[section].selector) == 0) {
            return &report->axes[k];
        }
    }
    return NULL;
}

static enum status report_add_components(const struct report *report, const struct sweep *sweep,
                                         struct document *document, struct error *error) {
    struct job job;
    sweep_job(sweep, 0, &job);
    const struct {
        enum section section;
        const char *label;
        const struct component *component; /* of the first job, or NULL */
    } shown[] = {
        {SECTION_DATA, "data", job.distribution == NULL ? NULL : &job.distribution->component},
        {SECTION_NETWORK, "network", &job.network->component},
        {SECTION_SOLVER, "solver", job.solver == NULL ? NULL : &job.solver->component}};
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
        enum section section = shown[i].section;
        const struct report_values *axis = report_selecting_axis(report, section);
        const struct component *component = shown[i].component;
        const char *label = shown[i].label;
        for (size_t v = 0; v < (axis == NULL ? 1 : axis->count); v++) {
            component = axis == NULL ? component : report_component_named(section, axis->texts[v]);
            if (component != NULL) {
                TRY(document_fact(document, label, document_term(component->name, component->help),
                                  error));
                label = "";
            }
        }
    }
    return document_fact(document, "seed", document_integer(sweep->seed), error);
}

/* Reads the sweep again. A file that it names may be gone: then its text has to do. */
static enum status report_add_summary(const struct report *report, struct document *document,
                                      struct error *error) {
    SCOPED(sweep_release) struct sweep *sweep = NULL;
    struct error why = {0};
    enum status status =
        sweep_restore(report->yaml, report->sweep_file, report->overrides, &sweep, &why);
    if (status == STATUS_OK) {
        TRY(report_add_components(report, sweep, document, error));
    }
    TRY(document_fact(document, "replicates", document_integer(report->replicates), error));
    for (size_t i = 0; i < report->set_count; i++) {
        TRY(document_fact(document, i == 0 ? "set on the command line" : "",
                          document_code(report->sets[i]), error));
    }
    return status == STATUS_OK || report->yaml[0] == '\0'
               ? STATUS_OK
               : document_styled(document, DOCUMENT_NOTE, NULL, error,
                                 "The sweep cannot be read again here: %s", why.message);
}

/* "0.1, 0.2, 0.3", or the first ones and the last. */
static enum status report_sweep_values(const struct report_values *axis, struct arena *arena,
                                       const char **text, struct error *error) {
    bool brief = axis->count <= REPORT_VALUES_LISTED;
    size_t first = brief ? axis->count : REPORT_VALUES_LISTED / 2;
    *text = "";
    for (size_t v = 0; v < first; v++) {
        TRY(arena_append(arena, text, ", ", error, "%s",
                         axis->texts[v][0] == '\0' ? "–" : axis->texts[v]));
    }
    if (brief) {
        return STATUS_OK;
    }
    TRY(arena_append(arena, text, ", ", error, "… %s",
                     axis->more ? "" : axis->texts[axis->count - 1]));
    return isfinite(axis->least)
               ? arena_append(arena, text, " ", error, "(from %g to %g)", axis->least, axis->most)
               : STATUS_OK;
}

static enum status report_add_axes(const struct report *report, struct document *document,
                                   struct error *error) {
    static const struct document_column columns[] = {
        {.heading = "axis", .left = true},
        {.heading = "values"},
        {.heading = "", .class = "long", .left = true}};
    const struct document_table table = {.label = "axes", DOCUMENT_COLUMNS(columns)};
    struct document_table *added;
    if (report->table.key_count == 0) {
        return STATUS_OK;
    }
    TRY(document_styled(document, DOCUMENT_TITLE, NULL, error, "Axes"));
    TRY(document_table(document, &table, &added, error));
    for (size_t k = 0; k < report->table.key_count; k++) {
        const struct report_values *axis = &report->axes[k];
        const struct table_key *key = &report->table.keys[k];
        const char *heading;
        const char *count;
        const char *values;
        struct document_value *cells;
        TRY(totals_heading(document->arena, key->name, key->unit, &heading, error));
        TRY(arena_printf(document->arena, &count, error, "%s%zu", axis->more ? "> " : "",
                         axis->count));
        TRY(report_sweep_values(axis, document->arena, &values, error));
        TRY(document_row(added, &cells, error));
        DOCUMENT_CELLS(cells, document_text(heading), document_text(count), document_text(values));
    }
    return STATUS_OK;
}

enum status report_sweep(const struct report *report, FILE *page, struct error *error) {
    SCOPED(arena_free) struct arena arena = {0};
    struct document document = {.arena = &arena};
    TRY(report_add_summary(report, &document, error));
    TRY(report_add_axes(report, &document, error));
    TRY(document_write(&document, DOCUMENT_HTML_FORM, page, error));
    if (report->yaml[0] != '\0') {
        html_element(page, "h3", NULL, report->sweep_file);
        (void)fputs("<pre tabindex=\"0\">", page);
        html_text(page, report->yaml);
        html_end(page, "pre");
    }
    return STATUS_OK;
}
