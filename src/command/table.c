/* `modsweep table`: scores of a results file, averaged over replicates or more. */
#include "show/table.h"

#include "command/options.h"
#include "document/writers.h"

static const struct option_spec options[] = {
    {"by", 'b', "KEY,...",
     "group by these axes (default: all that vary); 'replicate' is one, 'part' of a "
     "merged file, '' is none"},
    {"score", 's', "NAME,...", "average these (default: the sweep's scores and the loss)"},
    {"csv", 0, NULL, "print comma-separated values"},
    {"json", 0, NULL, "print JSON"},
};

static enum status table_command_show(const struct arguments *arguments,
                                      const struct results_reader *reader, struct arena *arena,
                                      struct error *error) {
    struct table_request request;
    SCOPED(table_free) struct table table = {0};
    struct document document = {.arena = arena};
    bool no_score;
    TRY(argument_names(arguments, "by", arena, &request.keys, &request.key_count, &request.whole,
                       error));
    TRY(argument_names(arguments, "score", arena, &request.scores, &request.score_count, &no_score,
                       error));
    if (no_score) {
        return error_set(error, STATUS_BAD_INPUT, "--score: expected names of scores, got none");
    }
    TRY(table_compute(reader, &request, &table, error));
    TRY(table_document(&table, &document, error));
    return document_write(&document,
                          argument_given(arguments, "csv")    ? DOCUMENT_CSV_FORM
                          : argument_given(arguments, "json") ? DOCUMENT_JSON_FORM
                                                              : DOCUMENT_TEXT_FORM,
                          stdout, error);
}

static enum status table_command_run(const struct arguments *arguments, struct error *error) {
    if (argument_given(arguments, "csv") && argument_given(arguments, "json")) {
        return error_set(error, STATUS_BAD_INPUT, "--csv and --json exclude each other");
    }
    struct results_reader *reader;
    SCOPED(arena_free) struct arena arena = {0};
    TRY(reader_open(arguments->positional[0], &reader, error));
    enum status status = table_command_show(arguments, reader, &arena, error);
    reader_close(reader);
    return status;
}

const struct command table_command = {
    .name = "table",
    .synopsis = "FILE.h5",
    .help = "average scores over replicates, or by chosen axes",
    .details = "Shows mean ± sample standard deviation over the jobs that are done. Jobs that\n"
               "are missing, diverged or quarantined are counted, never averaged.\n",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .positional_minimum = 1,
    .positional_maximum = 1,
    .run = table_command_run,
};
