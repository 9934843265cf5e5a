/* What the parts of a report share: tables, fields, commands. */
#include "report/report_parts.h"

#include "base/shell_quote.h"
#include "document/html.h"

void report_table_begin(FILE *page, const char *label, bool sortable) {
    (void)fputs("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"", page);
    html_text(page, label);
    (void)fprintf(page, "\"><table%s>\n<thead><tr>", sortable ? " class=\"sortable\"" : "");
}

void report_table_end(FILE *page) {
    (void)fputs("</tbody></table></div>\n", page);
}

/* Lets a name be broken after its dots, so that columns are not wider than what stands in them. */
static void report_table_write_breakable(FILE *page, const char *text) {
    char letter[] = " ";
    for (; *text != '\0'; text++) {
        letter[0] = *text;
        html_text(page, letter);
        (void)fputs(*text == '.' ? "<wbr>" : "", page);
    }
}

void report_heading(FILE *page, const char *text, bool number) {
    (void)fputs(number ? "<th scope=\"col\" class=\"number\">" : "<th scope=\"col\">", page);
    report_table_write_breakable(page, text);
    (void)fputs("</th>", page);
}

void report_field(FILE *page, const char *text, bool number) {
    html_begin(page, "td", number ? "number" : NULL);
    html_text(page, text[0] == '\0' ? "–" : text);
    (void)fputs("</td>", page);
}

enum status report_number(struct number_format format, double value, struct arena *arena,
                          FILE *page, struct error *error) {
    const char *text;
    TRY(number_text(format, value, arena, &text, error));
    html_text(page, text);
    return STATUS_OK;
}

enum status report_advise(const struct report *report, const char *words, const char *command,
                          const char *more, FILE *page, struct error *error) {
    SCOPED(arena_free) struct arena arena = {0};
    const char *file;
    TRY(shell_quote(&arena, report->reader->path, &file, error));
    html_begin(page, "p", "command");
    html_text(page, words);
    html_begin(page, "code", NULL);
    html_text(page, command);
    (void)fputc(' ', page);
    html_text(page, file);
    html_text(page, more);
    (void)fputs("</code></p>\n", page);
    return STATUS_OK;
}
