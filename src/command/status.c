/* `modsweep status`: how far a sweep is, also while it runs. */
#include "show/status.h"

#include "command/options.h"
#include "show/parts.h"

static const struct option_spec options[] = {
    {"json", 0, NULL, "print JSON"},
};

static enum status run(const struct arguments *arguments, struct error *error) {
    struct results_reader *reader;
    struct status_report report;
    TRY(reader_open(arguments->positional[0], &reader, error));
    enum status status = status_read(reader, &report, error);
    if (status == STATUS_OK && argument_given(arguments, "json")) {
        status = status_print_json(&report, error);
    } else if (status == STATUS_OK) {
        status_print(&report);
        status = parts_print(reader, error);
    }
    reader_close(reader);
    return status;
}

const struct command status_command = {
    .name = "status",
    .synopsis = "FILE.h5",
    .help = "show how far a sweep is, also while it runs",
    .details = "Reads every finished row and checks it against its checksum.\n",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .positional_minimum = 1,
    .positional_maximum = 1,
    .run = run,
};
