/* `modsweep table`: scores of a results file, averaged over replicates or more. */
#include "show/table.h"

#include "command/common.h"
#include "command/names.h"
#include "document/writers.h"

struct table_settings {
    struct texts by, score;
    bool csv, json;
};

static const struct option options[] = {
    {OPTION(table_settings, by, "by", TEXTS,
            .help = "group by these axes; 'replicate' is one, 'part' of a merged file, '' is none"),
     .letter = 'b', .argument = "KEY,...", .otherwise = "all that vary"},
    {OPTION(table_settings, score, "score", TEXTS, .help = "scores to average"), .retired = 's',
     .argument = "NAME,...", .otherwise = "the sweep's scores and the loss"},
    {OPTION(table_settings, csv, "csv", FLAG, .help = "print comma-separated values")},
    OPTION_JSON(table_settings),
};

static enum status table_run(const struct arguments *arguments, struct arena *arena,
                             struct error *error) {
    const struct table_settings *settings = arguments->settings;
    SCOPED(reader_release) struct results_reader *reader = NULL;
    SCOPED(table_free) struct table table = {0};
    struct document document = {.arena = arena};
    if (settings->csv && settings->json) {
        return error_set(error, STATUS_BAD_INPUT, "--csv and --json exclude each other");
    }
    struct texts by;
    struct texts score;
    TRY(names_once("by", &settings->by, true, arena, &by, error));
    TRY(names_once("score", &settings->score, false, arena, &score, error));
    const struct table_request request = {.keys = by.values,
                                          .key_count = by.count,
                                          .whole = names_none(&settings->by),
                                          .scores = score.values,
                                          .score_count = score.count};
    TRY(reader_open(arguments->positional[0], &reader, error));
    TRY(table_compute(reader, &request, &table, error));
    TRY(table_document(&table, &document, error));
    return document_write(&document,
                          settings->csv    ? DOCUMENT_CSV_FORM
                          : settings->json ? DOCUMENT_JSON_FORM
                                           : DOCUMENT_TEXT_FORM,
                          stdout, error);
}

const struct command table_command = {
    .name = "table",
    .synopsis = "FILE.h5",
    .help = "average scores over replicates, or by chosen axes",
    .details = "Shows mean ± sample standard deviation over the jobs that are done. Jobs that\n"
               "are missing, diverged or quarantined are counted, and never enter a mean.\n",
    COMMAND_OPTIONS(options, table_settings),
    .positional_minimum = 1,
    .positional_maximum = 1,
    .run = table_run,
};
