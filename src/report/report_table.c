/* What the parts of a report share. */
#include "report/report_parts.h"

#include "base/shell_quote.h"

enum status report_add_command(const struct report *report, const char *words, const char *command,
                               const char *more, struct document *document, struct error *error) {
    const char *file;
    TRY(shell_quote(document->arena, report->reader->path, &file, error));
    return document_styled(document, DOCUMENT_COMMAND, words, error, "%s %s%s", command, file,
                           more);
}
