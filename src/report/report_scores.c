/* Scores over all jobs of a report, at a glance. */
#include "report/report_parts.h"

#include "aggregate/totals.h"
#include "document/html.h"
#include "document/number.h"

#include <math.h>
#include <string.h>

static struct number_format report_scores_format_of_summary(const struct summary *summary) {
    return number_format_for(fmax(fabs(summary->least), fabs(summary->most)));
}

static enum status report_scores_write_quartiles(const struct summary *summary, struct arena *arena,
                                                 FILE *page, struct error *error) {
    const struct number_format format = report_scores_format_of_summary(summary);
    const double ends[] = {summary->least, summary->median, summary->most};
    static const char *const names[] = {"least", "median", "most"};
    html_begin(page, "p", "ends");
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        (void)fprintf(page, "<span>%s<br>", names[i]);
        TRY(report_number(format, ends[i], arena, page, error));
        (void)fputs("</span>\n", page);
    }
    html_end(page, "p");
    return STATUS_OK;
}

static enum status report_scores_write_card(const struct report *report, size_t score,
                                            struct arena *arena, FILE *page, struct error *error) {
    const struct summary *summary = &report->summaries[score];
    const struct table_score *about = &report->table.scores[score];
    const char *heading;
    TRY(totals_heading(arena, about->name, about->unit, &heading, error));
    html_begin(page, "article", "card");
    html_element(page, "h3", NULL, heading);
    html_element(page, "p", "help", layout_help(&report->reader->layout, about->name));
    if (summary->count == 0) {
        html_element(page, "p", "value", "–");
        html_end(page, "article");
        return STATUS_OK;
    }
    const struct number_format format = report_scores_format_of_summary(summary);
    html_begin(page, "p", "value");
    TRY(report_number(format, summary->mean, arena, page, error));
    (void)fputs(" <span>± ", page);
    TRY(report_number(format, summary->deviation, arena, page, error));
    (void)fputs("</span></p>\n", page);
    summary_write_bars(page, summary,
                       arena_format(arena, error, "distribution of %s over %zu jobs", about->name,
                                    summary->count));
    TRY(report_scores_write_quartiles(summary, arena, page, error));
    html_end(page, "article");
    return STATUS_OK;
}

static enum status report_scores_write_cards(const struct report *report, struct arena *arena,
                                             FILE *page, struct error *error) {
    const char *totals;
    TRY(totals_text(&report->table, arena, &totals, error));
    if (report->score_count == 0) {
        html_element_format(page, "p", NULL, "%s. The sweep has no scores.", totals);
        return STATUS_OK;
    }
    html_begin(page, "p", NULL);
    html_format(page, "%s. Mean ± sample standard deviation over all jobs, and where they lie.",
                totals);
    html_end(page, "p");
    html_begin(page, "div", "cards");
    for (size_t s = 0; s < report->score_count; s++) {
        TRY(report_scores_write_card(report, s, arena, page, error));
    }
    html_end(page, "div");
    return STATUS_OK;
}

enum status report_scores(const struct report *report, FILE *page, struct error *error) {
    struct arena arena = {0};
    enum status status = report_scores_write_cards(report, &arena, page, error);
    if (report->table.sweeps > 1) {
        html_begin(page, "p", "note");
        (void)fputs("These are ", page);
        totals_print_sweeps(&report->table, page);
        (void)fputs(".</p>\n", page);
    }
    for (size_t s = 0; s < report->score_count && status == STATUS_OK; s++) {
        int64_t undefined = report->table.rows.done - (int64_t)report->summaries[s].count;
        if (undefined > 0) {
            html_element_format(
                page, "p", "note", "%s is undefined for %lld done job%s, not in its means.",
                report->table.scores[s].name, (long long)undefined, undefined == 1 ? "" : "s");
        }
    }
    arena_free(&arena);
    return status;
}
