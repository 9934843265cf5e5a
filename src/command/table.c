/* `modsweep table`: scores of a results file, averaged over replicates or more. */
#include "aggregate/table.h"

#include "command/options.h"

static const struct option_spec options[] = {
    {"by", 'b', "KEY,...",
     "group by these axes (default: all that vary); 'replicate' is one, 'part' of a "
     "merged file, '' is none"},
    {"score", 's', "NAME,...", "average these (default: the sweep's scores and the loss)"},
    {"csv", 0, NULL, "print comma-separated values"},
    {"json", 0, NULL, "print JSON"},
};

static enum status table_command_print(const struct arguments *arguments, const struct table *table,
                                       struct error *error) {
    return argument_given(arguments, "csv")    ? table_print_csv(table, error)
           : argument_given(arguments, "json") ? table_print_json(table, error)
                                               : table_print(table, error);
}

static enum status table_command_show(const struct arguments *arguments,
                                      const struct results_reader *reader, struct arena *arena,
                                      struct error *error) {
    struct table_request request;
    struct table table;
    bool no_score;
    TRY(argument_names(arguments, "by", arena, &request.keys, &request.key_count, &request.whole,
                       error));
    TRY(argument_names(arguments, "score", arena, &request.scores, &request.score_count, &no_score,
                       error));
    if (no_score) {
        return error_set(error, STATUS_BAD_INPUT, "--score: expected names of scores, got none");
    }
    enum status status = table_compute(reader, &request, &table, error);
    status = status == STATUS_OK ? table_command_print(arguments, &table, error) : status;
    table_free(&table);
    return status;
}

static enum status table_command_run(const struct arguments *arguments, struct error *error) {
    if (argument_given(arguments, "csv") && argument_given(arguments, "json")) {
        return error_set(error, STATUS_BAD_INPUT, "--csv and --json exclude each other");
    }
    struct results_reader *reader;
    struct arena arena = {0};
    TRY(reader_open(arguments->positional[0], &reader, error));
    enum status status = table_command_show(arguments, reader, &arena, error);
    arena_free(&arena);
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
