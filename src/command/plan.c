/* `modsweep plan`: what would run, how big, how long. */
#include "show/plan.h"

#include "command/common.h"
#include "command/finished.h"
#include "dispatch/record.h"
#include "document/writers.h"

#include <limits.h>
#include <math.h>
#include <unistd.h>

/* More than any machine has. */
enum { RANKS_MAX = 100 * 1000 * 1000 };

struct plan_settings {
    const char *output, *shard;
    struct texts set;
    int64_t ranks; /* 0: the cores of this machine */
    struct integers simulate;
    bool json;
};

static const struct option options[] = {
    OPTION_SET(plan_settings),
    {OPTION(plan_settings, output, "output", TEXT,
            .help = "results file, whose finished jobs are left out"),
     .letter = 'o', .argument = "FILE.h5"},
    {OPTION(plan_settings, ranks, "ranks", INTEGER, .minimum = 1, .maximum = RANKS_MAX,
            .help = "ranks to estimate the time for"),
     .letter = 'n', .argument = "N", .otherwise = "the cores of this machine"},
    {OPTION(plan_settings, simulate, "simulate", INTEGERS, .minimum = 1,
            .maximum = SIMULATED_RANKS_MAX,
            .help = "simulate the run on these numbers of ranks and show how busy they are"),
     .argument = "RANKS,..."},
    {OPTION(plan_settings, shard, "shard", TEXT,
            .help = "plan only part I of N of the sweep, as for 'modsweep run'"),
     .argument = "I/N"},
    OPTION_JSON(plan_settings),
};

/* Bytes of a row besides the variables that workers write: index, hash, state and so on. */
enum { ROW_FIXED_BYTES = 64, COLUMN_BYTES = 8 };
/* Measured bytes of a file without its rows: the runs, and each variable with its attributes. */
enum { HEADER_BYTES = 36 * 1024, VARIABLE_BYTES = 560 };

static int64_t plan_cores_here(void) {
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    return cores > 0 && cores < INT_MAX ? cores : 1;
}

static enum status plan_read_shard(const char *text, const struct sweep *sweep, struct shard *shard,
                                   struct error *error) {
    *shard = shard_whole(sweep->job_count);
    if (text == NULL) {
        return STATUS_OK;
    }
    TRY(shard_parse(text, shard, error));
    return shard_measure(shard, sweep->job_count, error);
}

static size_t plan_row_bytes(const struct sweep *sweep, const struct results_layout *layout) {
    size_t bytes = layout->record_bytes + ROW_FIXED_BYTES;
    for (size_t c = 0; c < sweep->column_count; c++) {
        size_t text = sweep->columns[c].text_bytes;
        bytes += text > COLUMN_BYTES ? text : COLUMN_BYTES;
    }
    return bytes;
}

static double plan_bundle_seconds(void *context, const struct plan_bundle *bundle) {
    const struct plan_report *report = context;
    return estimate_bundle(&report->estimate, report->plan, bundle);
}

/* Simulates the run on each number of ranks that --simulate names. */
static enum status plan_simulate_all(const struct integers *ranks, struct plan_progress known,
                                     struct arena *arena, struct plan_report *report,
                                     struct error *error) {
    struct simulation *simulations;
    int64_t pending = shard_rows(&report->shard) - report->finished;
    TRY(ARENA_NEW(arena, simulations, ranks->count, error));
    report->simulations = simulations;
    report->simulation_count = ranks->count;
    for (size_t k = 0; k < ranks->count; k++) {
        struct simulation_settings settings = {.ranks = (int)ranks->values[k],
                                               .latency = simulation_latency,
                                               .handling = simulation_handling,
                                               .deciding = (double)NAN,
                                               .seconds = plan_bundle_seconds,
                                               .context = report};
        TRY(simulate_run(report->plan, known, pending, &settings, &simulations[k], error));
    }
    return STATUS_OK;
}

static enum status plan_show(const struct plan_settings *settings, const struct sweep *sweep,
                             struct arena *arena, struct error *error) {
    struct plan plan;
    struct record_map map;
    struct plan_report report = {.plan = &plan};
    struct document document = {.arena = arena};
    int64_t ranks = settings->ranks > 0 ? settings->ranks : plan_cores_here();
    TRY(plan_read_shard(settings->shard, sweep, &report.shard, error));
    const int64_t jobs = shard_rows(&report.shard);
    TRY(plan_make(sweep, arena, &plan, error));
    TRY(record_map_make(&plan, arena, &map, error));
    report.row_bytes = plan_row_bytes(sweep, &map.layout);
    double variables = (double)(map.layout.variable_count + sweep->column_count);
    report.file_bytes =
        HEADER_BYTES + VARIABLE_BYTES * variables + (double)report.row_bytes * (double)jobs;
    const uint8_t *states = NULL;
    if (settings->output != NULL) {
        TRY(finished_jobs(settings->output, sweep, &report.shard, &map.layout, arena, &states,
                          &report.finished, error));
    } else if (settings->simulate.count > 0) {
        TRY(finished_nothing(&report.shard, arena, &states, error));
    }
    TRY(estimate_make(&plan, jobs - report.finished, (int)ranks, &report.estimate, error));
    struct plan_progress known = {.states = states};
    TRY(plan_simulate_all(&settings->simulate, known, arena, &report, error));
    TRY(plan_document(&report, &document, error));
    return document_print(&document, settings->json, error);
}

static enum status plan_run(const struct arguments *arguments, struct arena *arena,
                            struct error *error) {
    const struct plan_settings *settings = arguments->settings;
    SCOPED(sweep_release) struct sweep *sweep = NULL;
    TRY(sweep_load(arguments->positional[0], settings->set.values, settings->set.count, &sweep,
                   error));
    return plan_show(settings, sweep, arena, error);
}

const struct command plan_command = {
    .name = "plan",
    .synopsis = "SWEEP.yaml",
    .help = "show what would run, how big and how long",
    .details = "Trains each kind of bundle for a moment to estimate the time, and writes\n"
               "nothing.\n",
    COMMAND_OPTIONS(options, plan_settings),
    .positional_minimum = 1,
    .positional_maximum = 1,
    .run = plan_run,
};
