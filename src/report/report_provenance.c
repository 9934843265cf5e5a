/* Where a report's numbers come from, and how to resume. */
#include "report/report_parts.h"

#include "base/shell_quote.h"
#include "document/writers.h"
#include "show/merge.h"
#include "show/size.h"
#include "store/format.h"
#include "store/parts.h"

#include <sys/stat.h>

/* Attributes of the file that are shown as they are. */
static const struct {
    const char *label;
    const char *attribute;
} facts[] = {
    {"modsweep", "modsweep_version"}, {"commit", "modsweep_commit"}, {"HDF5", "hdf5_version"},
    {"MPI", "mpi_version"},           {"BLAS", "openblas_version"},  {"created", "created"},
    {"created on", "host"},           {"sweep", "sweep_file"},
};

static enum status provenance_add_facts(const struct report *report, struct document *document,
                                        struct error *error) {
    char size[SIZE_BYTES];
    struct stat about;
    uint64_t version;
    const char *text;
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
        TRY(report_attribute(report, facts[i].attribute, document->arena, &text, error));
        if (text[0] != '\0') {
            TRY(document_fact(document, facts[i].label, document_text(text), error));
        }
    }
    TRY(document_fact(document, "results file", document_text(report->reader->path), error));
    if (stat(report->reader->path, &about) == 0) {
        TRY(arena_strdup(document->arena, size_text((double)about.st_size, size), &text, error));
        TRY(document_fact(document, "its size", document_text(text), error));
    }
    TRY(hdf_read_integer(report->reader->file, ATTRIBUTE_VERSION, &version, error));
    TRY(document_fact(document, "its format", document_integer((int64_t)version), error));
    TRY(arena_printf(document->arena, &text, error, "%016llx",
                     (unsigned long long)report->reader->fingerprint));
    return document_fact(document, "fingerprint of the grid", document_text(text), error);
}

/* What a merged file was merged from. */
static enum status provenance_add_parts(const struct report *report, struct document *document,
                                        struct error *error) {
    const int64_t count = parts_count(report->reader);
    if (count == 0) {
        return STATUS_OK;
    }
    TRY(document_styled(document, DOCUMENT_TITLE, NULL, error, "Merged from"));
    TRY(merge_parts(report->reader, false, document, error));
    return count <= MERGE_PARTS_SHOWN
               ? STATUS_OK
               : report_add_command(report,
                                    "Not all parts are shown. All of them: ", "modsweep status",
                                    " --json", document, error);
}

/* The command that runs the sweep, or resumes it. */
static enum status provenance_add_run(const struct report *report, const char *file,
                                      struct document *document, struct error *error) {
    const struct shard *shard = &report->reader->shard;
    const char *command;
    const char *word;
    if (report->sweep_file[0] == '\0' || report->reader->sweeps > 1) {
        return STATUS_OK; /* without a sweep, or with several, there is nothing to run */
    }
    TRY(shell_quote(document->arena, report->sweep_file, &word, error));
    TRY(arena_printf(document->arena, &command, error, "modsweep run %s -o %s", word, file));
    for (size_t i = 0; i < report->set_count; i++) {
        TRY(shell_quote(document->arena, report->sets[i], &word, error));
        TRY(arena_append(document->arena, &command, " ", error, "--set %s", word));
    }
    if (shard->count > 1) {
        TRY(arena_append(document->arena, &command, " ", error, "--shard %lld/%lld",
                         (long long)shard->index + 1, (long long)shard->count));
    }
    return document_fact(document, report->status.missing > 0 ? "resume" : "run",
                         document_code(command), error);
}

static enum status provenance_add_commands(const struct report *report, struct document *document,
                                           struct error *error) {
    const char *file;
    const char *page;
    TRY(shell_quote(document->arena, report->reader->path, &file, error));
    TRY(shell_quote(document->arena, report->path, &page, error));
    TRY(document_styled(document, DOCUMENT_TITLE, NULL, error, "Commands"));
    TRY(provenance_add_run(report, file, document, error));
    const struct {
        const char *label, *command, *more;
    } commands[] = {{"this page", "report", " -o "},
                    {"a figure", "plot", ""},
                    {"all means", "table", " --csv"}};
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        const char *text;
        TRY(arena_printf(document->arena, &text, error, "modsweep %s %s%s%s", commands[i].command,
                         file, commands[i].more, i == 0 ? page : ""));
        TRY(document_fact(document, commands[i].label, document_code(text), error));
    }
    return STATUS_OK;
}

enum status report_provenance(const struct report *report, FILE *page, struct error *error) {
    SCOPED(arena_free) struct arena arena = {0};
    struct document document = {.arena = &arena};
    TRY(provenance_add_facts(report, &document, error));
    TRY(provenance_add_parts(report, &document, error));
    TRY(provenance_add_commands(report, &document, error));
    return document_write(&document, DOCUMENT_HTML_FORM, page, error);
}
