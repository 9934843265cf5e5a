/* Scores over all jobs of a report, at a glance. */
#include "report/report_parts.h"

#include "aggregate/totals.h"
#include "document/html.h"
#include "document/writers.h"
#include "show/cells.h"

#include <math.h>
#include <string.h>

static enum status scores_write_quartiles(const struct summary *summary,
                                          struct number_format format, struct arena *arena,
                                          FILE *page, struct error *error) {
    const double ends[] = {summary->least, summary->median, summary->most};
    static const char *const names[] = {"least", "median", "most"};
    html_begin(page, "p", "ends");
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        const char *text;
        TRY(number_text(format, ends[i], arena, &text, error));
        (void)fprintf(page, "<span>%s<br>%s</span>\n", names[i], text);
    }
    html_end(page, "p");
    return STATUS_OK;
}

static enum status scores_write_summary(const struct summary *summary, const char *name,
                                        struct arena *arena, FILE *page, struct error *error) {
    const struct number_format format =
        number_format_for(fmax(fabs(summary->least), fabs(summary->most)));
    const char *mean;
    const char *deviation;
    const char *label;
    TRY(number_text(format, summary->mean, arena, &mean, error));
    TRY(number_text(format, summary->deviation, arena, &deviation, error));
    TRY(arena_printf(arena, &label, error, "distribution of %s over %zu jobs", name,
                     summary->count));
    (void)fprintf(page, "<p class=\"value\">%s <span>± %s</span></p>\n", mean, deviation);
    summary_write_bars(page, summary, label);
    return scores_write_quartiles(summary, format, arena, page, error);
}

static enum status scores_write_card(const struct report *report, size_t score, struct arena *arena,
                                     FILE *page, struct error *error) {
    const struct summary *summary = &report->summaries[score];
    const struct table_score *about = &report->table.scores[score];
    const char *heading;
    TRY(totals_heading(arena, about->name, about->unit, &heading, error));
    html_begin(page, "article", "card");
    html_element(page, "h3", NULL, heading);
    html_element(page, "p", "help", about->help);
    if (summary->count == 0) {
        html_element(page, "p", "value", "–");
    } else {
        TRY(scores_write_summary(summary, about->name, arena, page, error));
    }
    html_end(page, "article");
    return STATUS_OK;
}

enum status report_scores(const struct report *report, FILE *page, struct error *error) {
    SCOPED(arena_free) struct arena arena = {0};
    struct document remarks = {.arena = &arena};
    const char *totals;
    TRY(totals_text(&report->table, &arena, &totals, error));
    html_element_format(page, "p", NULL, "%s. %s", totals,
                        report->score_count == 0
                            ? "The sweep has no scores."
                            : "Mean ± sample standard deviation and distribution over all jobs.");
    if (report->score_count > 0) {
        html_begin(page, "div", "cards");
        for (size_t s = 0; s < report->score_count; s++) {
            TRY(scores_write_card(report, s, &arena, page, error));
        }
        html_end(page, "div");
    }
    TRY(cells_remarks(&report->table, &remarks, error));
    return document_write(&remarks, DOCUMENT_HTML_FORM, page, error);
}
