#include "store/metadata.h"

#include "base/version.h"
#include "store/blueprint.h"
#include "store/format.h"
#include "store/run_epoch.h"
#include "store/runs.h"

#include <mpi.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { LINE_BYTES = 128 };

/* What HDF5 adds to the values, with room to spare: about 2 KiB a variable were measured. */
enum { OVERHEAD_BYTES = 1 << 20, VARIABLE_OVERHEAD_BYTES = 1 << 14 };

/* Bytes of a row outside the record: job, replicate, hash, state, attempts, steps, seconds,
 * incarnation and checksum, each as if it had eight, the hash sixteen. */
enum { FIXED_ROW_BYTES = 80 };

/* From OpenBLAS, whose header declares it only for C++-clean compilers of other settings. */
char *openblas_get_config(void);

/* What the columns are: lists of names, separated by spaces. */
static enum status metadata_write_lists(hid_t file, const struct results_origin *origin,
                                        const struct results_layout *layout, struct error *error) {
    SCOPED(arena_free) struct arena arena = {0};
    const char *axes = "";
    const char *score_names = "";
    const char *record = "";
    for (size_t i = 0; i < origin->axis_count; i++) {
        TRY(arena_append(&arena, &axes, " ", error, "%s", origin->axes[i].key));
    }
    for (size_t i = 0; i < origin->score_count; i++) {
        TRY(arena_append(&arena, &score_names, " ", error, "%s", origin->scores[i]));
    }
    for (size_t i = 0; i < layout->variable_count; i++) {
        TRY(arena_append(&arena, &record, " ", error, "%s", layout->variables[i].name));
    }
    TRY(hdf_write_text(file, ATTRIBUTE_AXES, axes, error));
    TRY(hdf_write_text(file, ATTRIBUTE_SCORES, score_names, error));
    return hdf_write_text(file, ATTRIBUTE_RECORD, record, error);
}

static enum status metadata_write_shard(hid_t file, const struct shard *shard,
                                        struct error *error) {
    const int64_t number = shard->index + 1;
    TRY(hdf_write_attribute(file, ATTRIBUTE_SHARD, HDF_INT64, 1, &number, error));
    TRY(hdf_write_attribute(file, ATTRIBUTE_SHARDS, HDF_INT64, 1, &shard->count, error));
    return hdf_write_attribute(file, ATTRIBUTE_JOBS, HDF_INT64, 1, &shard->jobs, error);
}

static enum status metadata_write_sweep(hid_t file, const struct results_origin *origin,
                                        struct error *error) {
    const int64_t version = FORMAT_VERSION;
    TRY(hdf_write_text(file, "Conventions", "CF-1.8", error));
    TRY(hdf_write_text(file, ATTRIBUTE_NAME, origin->name, error));
    TRY(hdf_write_text(file, ATTRIBUTE_FORMAT, FORMAT_NAME, error));
    TRY(hdf_write_attribute(file, ATTRIBUTE_VERSION, HDF_INT64, 1, &version, error));
    TRY(hdf_write_text(file, ATTRIBUTE_YAML, origin->text, error));
    TRY(hdf_write_text(file, ATTRIBUTE_FILE, origin->path, error));
    TRY(hdf_write_text(file, ATTRIBUTE_OVERRIDES, origin->overrides, error));
    TRY(metadata_write_shard(file, &origin->shard, error));
    TRY(hdf_write_attribute(file, ATTRIBUTE_SWEEPS, HDF_INT64, 1, &origin->sweeps, error));
    if (origin->sweeps == 1) {
        TRY(hdf_write_attribute(file, ATTRIBUTE_SEED, HDF_INT64, 1, &origin->seed, error));
    }
    return hdf_write_attribute(file, ATTRIBUTE_FINGERPRINT, HDF_UINT64, 1, &origin->fingerprint,
                               error);
}

static enum status metadata_write_versions(hid_t file, struct error *error) {
    char mpi[MPI_MAX_LIBRARY_VERSION_STRING];
    int length = 0;
    if (MPI_Get_library_version(mpi, &length) != MPI_SUCCESS) {
        return error_set(error, STATUS_SYSTEM, "cannot read the version of MPI");
    }
    mpi[strcspn(mpi, ",\n")] = '\0';
    TRY(hdf_write_text(file, ATTRIBUTE_PROGRAM, version_number(), error));
    TRY(hdf_write_text(file, ATTRIBUTE_COMMIT, version_commit(), error));
    unsigned parts[3];
    char hdf5[LINE_BYTES];
    if (H5get_libversion(&parts[0], &parts[1], &parts[2]) < 0) {
        return hdf_fail(error, STATUS_SYSTEM, "cannot read the version of HDF5");
    }
    (void)snprintf(hdf5, sizeof hdf5, "%u.%u.%u", parts[0], parts[1], parts[2]);
    TRY(hdf_write_text(file, ATTRIBUTE_HDF5, hdf5, error));
    TRY(hdf_write_text(file, ATTRIBUTE_MPI, mpi, error));
    return hdf_write_text(file, ATTRIBUTE_BLAS, openblas_get_config(), error);
}

static enum status metadata_write_origin(hid_t file, struct error *error) {
    char host[LINE_BYTES] = "";
    char created[LINE_BYTES] = "";
    time_t now = time(NULL);
    struct tm utc;
    (void)gethostname(host, sizeof host - 1);
    if (gmtime_r(&now, &utc) != NULL) {
        (void)strftime(created, sizeof created, "%Y-%m-%dT%H:%M:%SZ", &utc);
    }
    TRY(hdf_write_text(file, ATTRIBUTE_CREATED, created, error));
    return hdf_write_text(file, ATTRIBUTE_HOST, host, error);
}

enum status metadata_attributes(hid_t file, const struct results_origin *origin,
                                const struct results_layout *layout, struct error *error) {
    TRY(metadata_write_sweep(file, origin, error));
    TRY(metadata_write_lists(file, origin, layout, error));
    TRY(metadata_write_versions(file, error));
    return metadata_write_origin(file, error);
}

static enum status metadata_add_states(hid_t file, struct extent job, struct error *error) {
    const uint8_t values[] = {0, 1, 2, 3};
    const struct blueprint blueprint = {VARIABLE_STATE,     HDF_UINT8, "",
                                        "state of the job", 1,         {job}};
    SCOPED(hdf_release) hid_t dataset = H5I_INVALID_HID;
    TRY(blueprint_add(file, &blueprint, error));
    TRY(hdf_open_dataset(file, VARIABLE_STATE, &dataset, error));
    TRY(hdf_write_attribute(dataset, "flag_values", HDF_UINT8, sizeof values, values, error));
    return hdf_write_text(dataset, "flag_meanings", "missing done diverged quarantined", error);
}

static enum status metadata_add_rows(hid_t file, struct extent job, struct error *error) {
    const struct blueprint blueprints[] = {
        {VARIABLE_ATTEMPTS,
         HDF_UINT8,
         "1",
         "times a process died by a fault while training the job",
         1,
         {job}},
        {VARIABLE_STEPS,
         HDF_INT64,
         "1",
         "training steps done; of a diverged job the step whose loss was not finite",
         1,
         {job}},
        {VARIABLE_SECONDS, HDF_FLOAT64, "s", "time of one core, the job's share", 1, {job}},
        {VARIABLE_ROW_EPOCH,
         HDF_INT64,
         "1",
         "number of the run that wrote the row; 0: none",
         1,
         {job}},
        {VARIABLE_CHECKSUM,
         HDF_UINT64,
         "",
         "XXH3-64 of the row's recorded variables, its state and its steps",
         1,
         {job}},
    };
    TRY(metadata_add_states(file, job, error));
    for (size_t i = 0; i < sizeof blueprints / sizeof *blueprints; i++) {
        TRY(blueprint_add(file, &blueprints[i], error));
    }
    return STATUS_OK;
}

/* Axes as CF coordinates, so that readers keep them with every variable taken from the file. */
static enum status metadata_write_coordinates(hid_t file, const char *name,
                                              const struct results_origin *origin,
                                              struct error *error) {
    SCOPED(arena_free) struct arena arena = {0};
    SCOPED(hdf_release) hid_t dataset = H5I_INVALID_HID;
    const char *names = VARIABLE_REPLICATE;
    for (size_t i = 0; i < origin->axis_count; i++) {
        TRY(arena_append(&arena, &names, " ", error, "%s", origin->axes[i].key));
    }
    TRY(hdf_open_dataset(file, name, &dataset, error));
    return hdf_write_text(dataset, "coordinates", names, error);
}

static enum status metadata_add_variable(hid_t file, const struct results_origin *origin,
                                         struct extent job, const struct variable *variable,
                                         struct error *error) {
    struct blueprint blueprint = {.name = variable->name,
                                  .storage = hdf_storage_of(variable->type),
                                  .unit = variable->unit,
                                  .help = variable->help,
                                  .dimension_count = variable->extent_count + 1,
                                  .dimensions = {job}};
    for (size_t d = 0; d < variable->extent_count; d++) {
        blueprint.dimensions[d + 1] = variable->extents[d];
    }
    TRY(blueprint_add(file, &blueprint, error));
    return metadata_write_coordinates(file, variable->name, origin, error);
}

enum status metadata_variables(hid_t file, const struct results_origin *origin,
                               const struct results_layout *layout, struct error *error) {
    const struct extent job = {DIMENSION_JOB, (size_t)shard_rows(&origin->shard)};
    for (size_t i = 0; i < layout->variable_count; i++) {
        TRY(metadata_add_variable(file, origin, job, &layout->variables[i], error));
    }
    TRY(metadata_add_rows(file, job, error));
    TRY(run_epoch_create(file, error));
    return runs_create(file, error);
}

uint64_t metadata_size_bound(const struct results_origin *origin,
                             const struct results_layout *layout) {
    uint64_t row = FIXED_ROW_BYTES + layout->record_bytes;
    uint64_t keys = 0;
    for (size_t i = 0; i < origin->axis_count; i++) {
        row += results_axis_bytes(&origin->axes[i]);
        keys += strlen(origin->axes[i].key) + 1;
    }
    uint64_t variables = layout->variable_count + origin->axis_count;
    uint64_t rows = (uint64_t)shard_rows(&origin->shard);
    uint64_t all_rows;
    if (__builtin_mul_overflow(row, rows, &all_rows) || all_rows > INT64_MAX) {
        return UINT64_MAX;
    }
    return all_rows + strlen(origin->text) + strlen(origin->overrides) + OVERHEAD_BYTES +
           variables * (VARIABLE_OVERHEAD_BYTES + keys);
}
