/* Where a report's numbers come from, and how to go on. */
#include "report/report_parts.h"

#include "base/shell_quote.h"
#include "document/html.h"
#include "show/size.h"
#include "store/format.h"

#include <string.h>
#include <sys/stat.h>

/* Attributes of the file that are told as they are. */
static const struct {
    const char *name;
    const char *attribute;
} facts[] = {
    {"modsweep", "modsweep_version"}, {"commit", "modsweep_commit"}, {"HDF5", "hdf5_version"},
    {"MPI", "mpi_version"},           {"BLAS", "openblas_version"},  {"created", "created"},
    {"created on", "host"},           {"sweep", "sweep_file"},
};

static void report_provenance_write_fact(FILE *page, const char *name, const char *value) {
    html_element(page, "dt", NULL, name);
    html_element(page, "dd", NULL, value);
}

static enum status report_provenance_write_file(const struct report *report, FILE *page,
                                                struct error *error) {
    enum { TEXT_BYTES = 64 };
    char text[TEXT_BYTES];
    struct stat about;
    uint64_t version;
    report_provenance_write_fact(page, "results file", report->reader->path);
    if (stat(report->reader->path, &about) == 0) {
        report_provenance_write_fact(page, "its size", size_text((double)about.st_size, text));
    }
    TRY(hdf_read_integer(report->reader->file, ATTRIBUTE_VERSION, &version, error));
    (void)snprintf(text, sizeof text, "%llu", (unsigned long long)version);
    report_provenance_write_fact(page, "its format", text);
    (void)snprintf(text, sizeof text, "%016llx", (unsigned long long)report->reader->fingerprint);
    report_provenance_write_fact(page, "fingerprint of the grid", text);
    return STATUS_OK;
}

static enum status report_provenance_write_facts(const struct report *report, struct arena *arena,
                                                 FILE *page, struct error *error) {
    html_begin(page, "dl", "facts");
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
        struct error missing;
        const char *value;
        if (hdf_read_text(report->reader->file, facts[i].attribute, arena, &value, &missing) ==
            STATUS_OK) {
            report_provenance_write_fact(page, facts[i].name, value);
        }
    }
    TRY(report_provenance_write_file(report, page, error));
    html_end(page, "dl");
    return STATUS_OK;
}

/* " --set a.b=v" for every line of the overrides. */
static enum status report_provenance_options_of(const char *overrides, struct arena *arena,
                                                const char **options, struct error *error) {
    *options = "";
    while (*overrides != '\0') {
        size_t length = strcspn(overrides, "\n");
        const char *word;
        TRY(arena_printf(arena, &word, error, "%.*s", (int)length, overrides));
        TRY(shell_quote(arena, word, &word, error));
        if (length > 0) {
            TRY(arena_printf(arena, options, error, "%s --set %s", *options, word));
        }
        overrides += length + (overrides[length] == '\n');
    }
    return STATUS_OK;
}

static void report_provenance_write_command(FILE *page, const char *name, const char *command) {
    html_element(page, "dt", NULL, name);
    html_begin(page, "dd", NULL);
    html_element(page, "code", NULL, command);
    html_end(page, "dd");
}

static enum status report_provenance_write_commands(const struct report *report,
                                                    struct arena *arena, FILE *page,
                                                    struct error *error) {
    const char *file;
    const char *sweep;
    const char *html;
    const char *options;
    const struct shard *shard = &report->reader->shard;
    TRY(shell_quote(arena, report->reader->path, &file, error));
    TRY(shell_quote(arena, report->sweep_file, &sweep, error));
    TRY(shell_quote(arena, report->path, &html, error));
    TRY(report_provenance_options_of(report->overrides, arena, &options, error));
    if (shard->count > 1) {
        TRY(arena_printf(arena, &options, error, "%s --shard %lld/%lld", options,
                         (long long)shard->index + 1, (long long)shard->count));
    }
    const struct {
        const char *name;
        const char *command;
    } commands[] = {
        {report->status.missing > 0 ? "resume" : "run",
         arena_format(arena, error, "modsweep run %s -o %s%s", sweep, file, options)},
        {"this page", arena_format(arena, error, "modsweep report %s -o %s", file, html)},
        {"a figure", arena_format(arena, error, "modsweep plot %s", file)},
        {"all means", arena_format(arena, error, "modsweep table %s --csv", file)},
    };
    html_element(page, "h3", NULL, "Commands");
    html_begin(page, "dl", "facts");
    /* Without a sweep, or with several, there is nothing to run. */
    size_t first = report->sweep_file[0] == '\0' || report->reader->sweeps > 1 ? 1 : 0;
    for (size_t i = first; i < sizeof commands / sizeof *commands; i++) {
        if (commands[i].command == NULL) {
            return error_status(error);
        }
        report_provenance_write_command(page, commands[i].name, commands[i].command);
    }
    html_end(page, "dl");
    return STATUS_OK;
}

enum status report_provenance(const struct report *report, FILE *page, struct error *error) {
    struct arena arena = {0};
    enum status status = report_provenance_write_facts(report, &arena, page, error);
    status = status == STATUS_OK ? report_merged(report, page, error) : status;
    status = status == STATUS_OK ? report_provenance_write_commands(report, &arena, page, error)
                                 : status;
    arena_free(&arena);
    return status;
}
