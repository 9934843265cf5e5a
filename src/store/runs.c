#include "store/runs.h"

#include "store/blueprint.h"
#include "store/format.h"

#include <string.h>

enum status runs_create(hid_t group, struct error *error) {
    const struct extent run = {DIMENSION_RUN, RUN_SLOTS};
    const struct extent letters = {"text_256", RUN_HOSTS_BYTES};
    const char *since = "milliseconds since 1970-01-01 00:00:00";
    const struct blueprint blueprints[] = {
        {VARIABLE_RUN_STARTED,
         HDF_INT64,
         since,
         "when a run began, UTC; 1970: no such run",
         1,
         {run}},
        {VARIABLE_RUN_ENDED, HDF_INT64, since, "when a run ended, UTC; 1970: it has not", 1, {run}},
        {VARIABLE_RUN_RANKS, HDF_INT64, "1", "processes of a run", 1, {run}},
        {VARIABLE_RUN_BEFORE, HDF_INT64, "1", "rows finished when a run began", 1, {run}},
        {VARIABLE_RUN_EPOCH, HDF_INT64, "1", "number of a run, as in `incarnation`", 1, {run}},
        blueprint_of_text(VARIABLE_RUN_HOSTS, "hosts of a run", run, &letters),
    };
    _Static_assert(RUN_HOSTS_BYTES == 256, "the name of the dimension tells its length");
    for (size_t i = 0; i < sizeof blueprints / sizeof *blueprints; i++) {
        TRY(blueprint_add(group, &blueprints[i], error));
    }
    return STATUS_OK;
}

enum status runs_read(hid_t group, uint64_t version, struct run_note *notes, size_t *count,
                      struct error *error) {
    int64_t started[RUN_SLOTS], ended[RUN_SLOTS], ranks[RUN_SLOTS], before[RUN_SLOTS];
    int64_t run_epochs[RUN_SLOTS] = {0};
    char hosts[RUN_SLOTS][RUN_HOSTS_BYTES];
    TRY(hdf_read_rows(group, VARIABLE_RUN_STARTED, HDF_INT64, 0, RUN_SLOTS, started, error));
    TRY(hdf_read_rows(group, VARIABLE_RUN_ENDED, HDF_INT64, 0, RUN_SLOTS, ended, error));
    TRY(hdf_read_rows(group, VARIABLE_RUN_RANKS, HDF_INT64, 0, RUN_SLOTS, ranks, error));
    TRY(hdf_read_rows(group, VARIABLE_RUN_BEFORE, HDF_INT64, 0, RUN_SLOTS, before, error));
    TRY(hdf_read_rows(group, VARIABLE_RUN_HOSTS, HDF_LETTER, 0, RUN_SLOTS, hosts, error));
    if (version >= FORMAT_WITH_INCARNATIONS) {
        TRY(hdf_read_rows(group, VARIABLE_RUN_EPOCH, HDF_INT64, 0, RUN_SLOTS, run_epochs, error));
    }
    for (*count = 0; *count < RUN_SLOTS && started[*count] != 0; (*count)++) {
        struct run_note *note = &notes[*count];
        *note = (struct run_note){.started = (double)started[*count] / RUN_TIME_UNITS,
                                  .ended = (double)ended[*count] / RUN_TIME_UNITS,
                                  .ranks = ranks[*count],
                                  .finished_before = before[*count],
                                  .run_epoch = run_epochs[*count]};
        memcpy(note->hosts, hosts[*count], sizeof note->hosts);
        note->hosts[sizeof note->hosts - 1] = '\0';
    }
    return STATUS_OK;
}

enum status runs_next_slot(const char *path, int64_t *slot, struct error *error) {
    SCOPED(reader_release) struct results_reader *reader = NULL;
    struct run_note notes[RUN_SLOTS];
    size_t count;
    TRY(reader_open(path, &reader, error));
    TRY_WITHIN(runs_read(reader->file, reader->version, notes, &count, error), error, "%s", path);
    *slot = count < RUN_SLOTS ? (int64_t)count : RUN_SLOTS - 1;
    return STATUS_OK;
}
