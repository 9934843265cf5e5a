#include "show/run_summary.h"

#include "base/text.h"
#include "show/duration.h"

static enum status run_summary_headline(const struct run_summary *summary, const char *output,
                                        struct document *document, struct error *error) {
    char time[DURATION_BYTES];
    if (summary->done + summary->failed == 0) {
        return document_line(document, NULL, error, "%s: nothing was missing, %lld jobs are there",
                             output, (long long)summary->total);
    }
    return document_line(document, NULL, error, "%s: %lld of %lld jobs done in %s on %d rank%s",
                         output, (long long)summary->done, (long long)summary->total,
                         duration_text(summary->seconds, time), summary->ranks,
                         TEXT_PLURAL(summary->ranks));
}

enum status run_summary_document(const struct run_summary *summary, const char *output,
                                 struct document *document, struct error *error) {
    const bool worked = summary->done + summary->failed > 0;
    const struct {
        int64_t count;
        const char *text;
    } lines[] = {
        {worked ? summary->before : 0, "were done before"},
        {summary->reused, "were copied from older files"},
        {summary->resumed, "resumed from checkpoints"},
        {summary->unusable,
         "of the checkpoints were damaged or of other jobs; those jobs started again"},
        {summary->torn, "were done again: their rows were damaged"},
    };
    TRY(run_summary_headline(summary, output, document, error));
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        if (lines[i].count > 0) {
            TRY(document_line(document, "  ", error, "%lld %s", (long long)lines[i].count,
                              lines[i].text));
        }
    }
    return summary->failed_all == 0
               ? STATUS_OK
               : document_line(document, "  ", error, "%lld failed; see 'modsweep status %s'",
                               (long long)summary->failed_all, output);
}
