/* The files that a report's file was merged from. */
#include "report/report_parts.h"

#include "document/writers.h"
#include "show/merged.h"
#include "store/parts.h"

enum status report_merged(const struct report *report, FILE *page, struct error *error) {
    SCOPED(arena_free) struct arena arena = {0};
    struct document document = {.arena = &arena};
    const int64_t count = parts_count(report->reader);
    if (count == 0) {
        return STATUS_OK;
    }
    TRY(document_styled(&document, DOCUMENT_TITLE, NULL, error, "Merged from"));
    TRY(merged_parts(report->reader, false, &document, error));
    TRY(document_write(&document, DOCUMENT_HTML_FORM, page, error));
    return count <= MERGED_ROWS_SHOWN
               ? STATUS_OK
               : report_advise(report, "Not all parts are shown; all of them:", "modsweep status",
                               " --json", page, error);
}
