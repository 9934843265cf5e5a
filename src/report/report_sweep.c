/* The sweep of a report: what it trains on which data, its axes, and its text. */
#include "report/report_parts.h"

#include "aggregate/totals.h"
#include "document/html.h"
#include "sweep/section.h"
#include "sweep/sweep.h"

#include <math.h>
#include <string.h>

/* Slots that are worth a line, and what to call them. */
static const struct {
    enum section section;
    const char *name;
} shown_slots[] = {
    {SECTION_DATA, "data"}, {SECTION_NETWORK, "network"}, {SECTION_SOLVER, "solver"}};
enum { SHOWN_SLOTS = sizeof shown_slots / sizeof *shown_slots };

static const struct component *report_sweep_component_of(const struct job *job,
                                                         enum section section) {
    switch (section) {
    case SECTION_DATA:
        return job->distribution == NULL ? NULL : &job->distribution->component;
    case SECTION_NETWORK:
        return &job->network->component;
    default:
        return job->solver == NULL ? NULL : &job->solver->component;
    }
}

static const struct component *report_sweep_component_named(enum section section,
                                                            const char *name) {
    for (size_t i = 0; section_component(section, i) != NULL; i++) {
        if (strcmp(section_component(section, i)->name, name) == 0) {
            return section_component(section, i);
        }
    }
    return NULL;
}

static void report_sweep_write_component(const struct component *component, FILE *page) {
    html_begin(page, "dd", NULL);
    html_element(page, "b", NULL, component->name);
    html_format(page, " – %s", component->help);
    html_end(page, "dd");
}

/* The axis by which components of a slot are chosen, or NULL where all jobs have the same. */
static const struct report_values *report_sweep_selecting_axis(const struct report *report,
                                                               enum section section) {
    for (size_t k = 0; k < report->table.key_count; k++) {
        if (strcmp(report->table.keys[k].name, section_selector(section)) == 0) {
            return &report->axes[k];
        }
    }
    return NULL;
}

static void report_sweep_write_components(const struct report *report, const struct sweep *sweep,
                                          FILE *page) {
    struct job job;
    sweep_job(sweep, 0, &job);
    for (size_t i = 0; i < SHOWN_SLOTS; i++) {
        enum section section = shown_slots[i].section;
        const struct report_values *axis = report_sweep_selecting_axis(report, section);
        const struct component *only = report_sweep_component_of(&job, section);
        if (axis == NULL && only == NULL) {
            continue;
        }
        html_element(page, "dt", NULL, shown_slots[i].name);
        if (axis == NULL) {
            report_sweep_write_component(only, page);
        }
        for (size_t v = 0; axis != NULL && v < axis->count; v++) {
            const struct component *component =
                report_sweep_component_named(section, axis->texts[v]);
            if (component != NULL) {
                report_sweep_write_component(component, page);
            }
        }
    }
    html_element(page, "dt", NULL, "seed");
    html_element_format(page, "dd", NULL, "%lld", (long long)sweep->seed);
}

/* Lines of a text as words of an array; cuts the text. */
static enum status report_sweep_split_lines(char *text, struct arena *arena, const char ***lines,
                                            size_t *count, struct error *error) {
    char *rest = NULL;
    *count = 0;
    TRY(ARENA_NEW(arena, *lines, strlen(text) / 2 + 1, error));
    for (char *line = strtok_r(text, "\n", &rest); line != NULL;
         line = strtok_r(NULL, "\n", &rest)) {
        (*lines)[(*count)++] = line;
    }
    return STATUS_OK;
}

/* Reads the sweep again. A file that it names may be gone: then its text has to do. */
static enum status report_sweep_write_summary(const struct report *report, struct arena *arena,
                                              FILE *page, struct error *error) {
    const char **overrides;
    size_t count;
    struct error why = {0};
    struct sweep *sweep = NULL;
    char *copy = arena_string(arena, report->overrides, error);
    if (copy == NULL) {
        return error_status(error);
    }
    TRY(report_sweep_split_lines(copy, arena, &overrides, &count, error));
    enum status status =
        sweep_parse(report->yaml, report->sweep_file, overrides, count, &sweep, &why);
    html_begin(page, "dl", "facts");
    if (status == STATUS_OK) {
        report_sweep_write_components(report, sweep, page);
        sweep_free(sweep);
    }
    html_element(page, "dt", NULL, "replicates");
    html_element_format(page, "dd", NULL, "%lld", (long long)report->replicates);
    for (size_t i = 0; i < count; i++) {
        html_element(page, "dt", NULL, i == 0 ? "set on the command line" : "");
        html_begin(page, "dd", NULL);
        html_element(page, "code", NULL, overrides[i]);
        html_end(page, "dd");
    }
    html_end(page, "dl");
    if (status != STATUS_OK && report->yaml[0] != '\0') {
        html_element_format(page, "p", "note", "The sweep cannot be read again here: %s",
                            why.message);
    }
    return STATUS_OK;
}

/* "0.1, 0.2, 0.3", or the first ones and the last. */
static void report_sweep_write_values(const struct report_values *axis, FILE *page) {
    bool brief = axis->count <= REPORT_VALUES_LISTED;
    size_t first = brief ? axis->count : REPORT_VALUES_LISTED / 2;
    for (size_t v = 0; v < first; v++) {
        html_format(page, "%s%s", v == 0 ? "" : ", ",
                    axis->texts[v][0] == '\0' ? "–" : axis->texts[v]);
    }
    if (brief) {
        return;
    }
    html_format(page, ", … %s", axis->more ? "" : axis->texts[axis->count - 1]);
    if (isfinite(axis->least)) {
        html_format(page, " (from %g to %g)", axis->least, axis->most);
    }
}

static enum status report_sweep_write_axes(const struct report *report, struct arena *arena,
                                           FILE *page, struct error *error) {
    if (report->table.key_count == 0) {
        return STATUS_OK;
    }
    html_element(page, "h3", NULL, "Axes");
    report_table_begin(page, "axes", false);
    report_heading(page, "axis", false);
    report_heading(page, "values", true);
    (void)fputs("<th scope=\"col\"></th></tr></thead>\n<tbody>\n", page);
    for (size_t k = 0; k < report->table.key_count; k++) {
        const struct report_values *axis = &report->axes[k];
        const char *heading;
        TRY(totals_heading(arena, report->table.keys[k].name, report->table.keys[k].unit, &heading,
                           error));
        (void)fputs("<tr>", page);
        report_field(page, heading, false);
        html_begin(page, "td", "number");
        html_format(page, "%s%zu", axis->more ? "> " : "", axis->count);
        (void)fputs("</td><td class=\"long\">", page);
        report_sweep_write_values(axis, page);
        (void)fputs("</td></tr>\n", page);
    }
    report_table_end(page);
    return STATUS_OK;
}

enum status report_sweep(const struct report *report, FILE *page, struct error *error) {
    struct arena arena = {0};
    enum status status = report_sweep_write_summary(report, &arena, page, error);
    status = status == STATUS_OK ? report_sweep_write_axes(report, &arena, page, error) : status;
    arena_free(&arena);
    if (status == STATUS_OK && report->yaml[0] != '\0') {
        html_element_format(page, "h3", NULL, "%s", report->sweep_file);
        (void)fputs("<pre tabindex=\"0\">", page);
        html_text(page, report->yaml);
        html_end(page, "pre");
    }
    return status;
}
