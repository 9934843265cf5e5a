/* `modsweep plan`: what would run, how big, how long. */
#include "show/plan.h"

#include "base/text.h"
#include "command/finished.h"
#include "command/options.h"
#include "dispatch/record.h"
#include "kernel/kernel.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <unistd.h>

static const struct option_spec options[] = {
    {"set", 's', "KEY=VALUE", "replace a value of the sweep, e.g. train.steps=100; repeatable"},
    {"output", 'o', "FILE.h5", "count what this results file already holds"},
    {"ranks", 'n', "N", "ranks to estimate the time for (default: the cores of this machine)"},
    {"simulate", 0, "RANKS,...",
     "play the run through on so many ranks and tell how busy they are"},
    {"shard", 0, "I/N", "plan only part I of N of the sweep, as 'modsweep run' takes it"},
    {"json", 0, NULL, "print JSON"},
};

/* What every row holds besides the variables that workers write: index, hash, state and so on. */
enum { ROW_FIXED_BYTES = 64, COLUMN_BYTES = 8 };
/* Of the file without its rows, as measured: the runs, and every variable with its attributes. */
enum { HEADER_BYTES = 36 * 1024, VARIABLE_BYTES = 560 };

static enum status plan_command_read_simulated(const char *text, int *ranks, struct error *error) {
    int64_t value;
    if (!text_integer(text, 1, SIMULATED_RANKS_MAX, &value)) {
        return error_set(error, STATUS_BAD_INPUT,
                         "--simulate takes whole numbers from 1 to %d, not '%s'",
                         SIMULATED_RANKS_MAX, text);
    }
    *ranks = (int)value;
    return STATUS_OK;
}

static int64_t plan_command_cores_here(void) {
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    return cores > 0 && cores < INT_MAX ? cores : 1;
}

static enum status plan_command_read_shard(const struct arguments *arguments,
                                           const struct sweep *sweep, struct shard *shard,
                                           struct error *error) {
    const char *text = argument_value(arguments, "shard", NULL);
    *shard = shard_whole(sweep->job_count);
    if (text == NULL) {
        return STATUS_OK;
    }
    TRY(shard_parse(text, shard, error));
    return shard_measure(shard, sweep->job_count, error);
}

static size_t plan_command_row_bytes(const struct sweep *sweep,
                                     const struct results_layout *layout) {
    size_t bytes = layout->record_bytes + ROW_FIXED_BYTES;
    for (size_t c = 0; c < sweep->column_count; c++) {
        size_t text = sweep->columns[c].text_bytes;
        bytes += text > COLUMN_BYTES ? text : COLUMN_BYTES;
    }
    return bytes;
}

static double plan_command_bundle_seconds(void *context, const struct plan_bundle *bundle) {
    const struct plan_report *report = context;
    return estimate_bundle(&report->estimate, report->plan, bundle);
}

/* Plays the run through on each number of ranks that --simulate names. */
static enum status plan_command_simulate_all(const struct arguments *arguments,
                                             struct plan_progress known, struct arena *arena,
                                             struct plan_report *report, struct error *error) {
    const char *const *words;
    struct simulation *simulations;
    int64_t pending = shard_rows(&report->shard) - report->finished;
    TRY(argument_list(arguments, "simulate", arena, &words, &report->simulation_count, error));
    TRY(ARENA_NEW(arena, simulations, report->simulation_count, error));
    report->simulations = simulations;
    for (size_t k = 0; k < report->simulation_count; k++) {
        struct simulation_settings settings = {.latency = simulation_latency(),
                                               .handling = simulation_handling(),
                                               .deciding = (double)NAN,
                                               .seconds = plan_command_bundle_seconds,
                                               .context = report};
        TRY(plan_command_read_simulated(words[k], &settings.ranks, error));
        TRY(simulate(report->plan, known, pending, &settings, &simulations[k], error));
    }
    return STATUS_OK;
}

static enum status plan_command_show(const struct arguments *arguments, const struct sweep *sweep,
                                     struct arena *arena, struct error *error) {
    int64_t ranks;
    struct plan plan;
    struct record_map map;
    struct plan_report report = {.plan = &plan};
    const char *output = argument_value(arguments, "output", NULL);
    TRY(argument_count(arguments, "ranks", plan_command_cores_here(), &ranks, error));
    TRY(plan_command_read_shard(arguments, sweep, &report.shard, error));
    const int64_t jobs = shard_rows(&report.shard);
    TRY(plan_make(sweep, arena, &plan, error));
    TRY(record_map_make(&plan, arena, &map, error));
    report.row_bytes = plan_command_row_bytes(sweep, &map.layout);
    double variables = (double)(map.layout.variable_count + sweep->column_count);
    report.file_bytes =
        HEADER_BYTES + VARIABLE_BYTES * variables + (double)report.row_bytes * (double)jobs;
    const uint8_t *states = NULL;
    if (output != NULL) {
        TRY(finished_jobs(output, sweep, &report.shard, &map.layout, arena, &states,
                          &report.finished, error));
    } else if (argument_given(arguments, "simulate")) {
        TRY(finished_nothing(&report.shard, arena, &states, error));
    }
    TRY(estimate_make(&plan, jobs - report.finished, (int)ranks, &report.estimate, error));
    struct plan_progress known = {.states = states};
    TRY(plan_command_simulate_all(arguments, known, arena, &report, error));
    return argument_given(arguments, "json") ? plan_print_json(&report, error)
                                             : plan_print(&report, error);
}

static enum status plan_command_run(const struct arguments *arguments, struct error *error) {
    const char **overrides = calloc(arguments->given_count + 1, sizeof *overrides);
    if (overrides == NULL) {
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    }
    size_t count = argument_values(arguments, "set", overrides);
    struct arena arena = {0};
    struct sweep *sweep = NULL;
    kernel_prepare();
    enum status status = sweep_load(arguments->positional[0], overrides, count, &sweep, error);
    if (status == STATUS_OK) {
        status = plan_command_show(arguments, sweep, &arena, error);
    }
    sweep_free(sweep);
    arena_free(&arena);
    free(overrides);
    return status;
}

extern const struct command plan_command;

const struct command plan_command = {
    .name = "plan",
    .synopsis = "SWEEP.yaml",
    .help = "show what would run, how big and how long",
    .details = "Trains each kind of bundle for a moment to estimate the time; writes nothing.\n",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .positional_minimum = 1,
    .positional_maximum = 1,
    .run = plan_command_run,
};
