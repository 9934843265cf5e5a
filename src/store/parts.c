#include "store/parts.h"

#include "store/blueprint.h"
#include "store/format.h"
#include "store/runs.h"

#include <stdio.h>
#include <string.h>

enum {
    GROUP_NAME_BYTES = 32,
    /* Of the runs of a part and of HDF5's own, about 30 KiB as measured. */
    PART_OVERHEAD_BYTES = 1 << 16,
};

static const char *const texts[] = {ATTRIBUTE_NAME,      ATTRIBUTE_YAML,    ATTRIBUTE_FILE,
                                    ATTRIBUTE_OVERRIDES, ATTRIBUTE_PROGRAM, ATTRIBUTE_COMMIT,
                                    ATTRIBUTE_HDF5,      ATTRIBUTE_MPI,     ATTRIBUTE_BLAS,
                                    ATTRIBUTE_CREATED,   ATTRIBUTE_HOST};
static const char *const numbers[] = {ATTRIBUTE_VERSION, ATTRIBUTE_SHARD,  ATTRIBUTE_SHARDS,
                                      ATTRIBUTE_JOBS,    ATTRIBUTE_SWEEPS, ATTRIBUTE_SEED};

static void parts_name_group(int64_t number, char name[static GROUP_NAME_BYTES]) {
    (void)snprintf(name, GROUP_NAME_BYTES, "%s/%lld", GROUP_PARTS, (long long)number);
}

int64_t parts_count(const struct results_reader *reader) {
    H5G_info_t found;
    if (H5Lexists(reader->file, GROUP_PARTS, H5P_DEFAULT) <= 0 ||
        H5Gget_info_by_name(reader->file, GROUP_PARTS, &found, H5P_DEFAULT) < 0) {
        return 0;
    }
    return (int64_t)found.nlinks;
}

/* Opens the group of a part, or for number 0 that of the file itself; the caller closes it. */
static enum status parts_open(const struct results_reader *reader, int64_t number, hid_t *group,
                              struct error *error) {
    char name[GROUP_NAME_BYTES] = "/";
    if (number > 0) {
        parts_name_group(number, name);
    }
    *group = H5Gopen2(reader->file, name, H5P_DEFAULT);
    return *group >= 0 ? STATUS_OK
                       : hdf_fail(error, STATUS_STORAGE, "%s: there is no part %lld", reader->path,
                                  (long long)number);
}

/* Where the part's file was; for number 0 where the file itself is. */
static enum status parts_read_path(const struct results_reader *reader, int64_t number, hid_t group,
                                   struct arena *arena, const char **path, struct error *error) {
    return number > 0 ? hdf_read_optional_text(group, ATTRIBUTE_PATH, arena, path, error)
                      : arena_strdup(arena, reader->path, path, error);
}

static enum status parts_read_texts(hid_t group, struct arena *arena, struct results_part *part,
                                    struct error *error) {
    const struct {
        const char *attribute;
        const char **text;
    } wanted[] = {{ATTRIBUTE_NAME, &part->name},       {ATTRIBUTE_YAML, &part->yaml},
                  {ATTRIBUTE_FILE, &part->file},       {ATTRIBUTE_OVERRIDES, &part->overrides},
                  {ATTRIBUTE_PROGRAM, &part->program}, {ATTRIBUTE_COMMIT, &part->commit},
                  {ATTRIBUTE_CREATED, &part->created}, {ATTRIBUTE_HOST, &part->host}};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        TRY(hdf_read_optional_text(group, wanted[i].attribute, arena, wanted[i].text, error));
    }
    return STATUS_OK;
}

static enum status parts_read_numbers(hid_t group, struct results_part *part, struct error *error) {
    uint64_t shard;
    uint64_t shards;
    uint64_t jobs;
    TRY(hdf_read_optional(group, ATTRIBUTE_FINGERPRINT, 0, &part->fingerprint, error));
    TRY(hdf_read_optional(group, ATTRIBUTE_SWEEPS, 1, &part->sweeps, error));
    TRY(hdf_read_optional(group, ATTRIBUTE_SHARD, 1, &shard, error));
    TRY(hdf_read_optional(group, ATTRIBUTE_SHARDS, 1, &shards, error));
    TRY(hdf_read_optional(group, ATTRIBUTE_JOBS, 0, &jobs, error));
    part->shard = (struct shard){(int64_t)shard - 1, (int64_t)shards, (int64_t)jobs};
    return STATUS_OK;
}

enum status parts_read(const struct results_reader *reader, int64_t number, struct arena *arena,
                       struct results_part *part, struct error *error) {
    SCOPED(hdf_release) hid_t group = H5I_INVALID_HID;
    *part = (struct results_part){0};
    TRY(parts_open(reader, number, &group, error));
    TRY(parts_read_path(reader, number, group, arena, &part->path, error));
    TRY(parts_read_texts(group, arena, part, error));
    TRY(parts_read_numbers(group, part, error));
    TRY(ARENA_NEW(arena, part->runs, RUN_SLOTS, error));
    TRY_WITHIN(runs_read(group, reader->version, part->runs, &part->run_count, error), error, "%s",
               reader->path);
    return STATUS_OK;
}

/* Creates a group; the caller closes it. */
static enum status parts_create_group(hid_t file, const char *name, hid_t *group,
                                      struct error *error) {
    *group = H5Gcreate2(file, name, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    return *group >= 0 ? STATUS_OK
                       : hdf_fail(error, STATUS_STORAGE, "cannot create group %s", name);
}

enum status parts_prepare(hid_t file, struct extent job, struct error *error) {
    const struct blueprint blueprint = {VARIABLE_PART,
                                        HDF_INT64,
                                        "1",
                                        "number of the group in `parts` that tells where the row "
                                        "comes from; 0: from a run on this file, or nowhere",
                                        1,
                                        {job}};
    SCOPED(hdf_release) hid_t group = H5I_INVALID_HID;
    TRY(parts_create_group(file, GROUP_PARTS, &group, error));
    return blueprint_add(file, &blueprint, error);
}

static enum status parts_copy_text(hid_t from, hid_t to, const char *name, struct arena *arena,
                                   struct error *error) {
    const char *text;
    if (H5Aexists(from, name) <= 0) {
        return STATUS_OK;
    }
    TRY(hdf_read_text(from, name, arena, &text, error));
    return hdf_write_text(to, name, text, error);
}

static enum status parts_copy_number(hid_t from, hid_t to, const char *name, struct error *error) {
    int64_t number;
    if (H5Aexists(from, name) <= 0) {
        return STATUS_OK;
    }
    TRY(hdf_read_signed(from, name, &number, error));
    return hdf_write_attribute(to, name, HDF_INT64, 1, &number, error);
}

static enum status parts_copy_attributes(hid_t from, hid_t to, struct arena *arena,
                                         struct error *error) {
    uint64_t fingerprint;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        TRY(parts_copy_text(from, to, texts[i], arena, error));
    }
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        TRY(parts_copy_number(from, to, numbers[i], error));
    }
    TRY(hdf_read_optional(from, ATTRIBUTE_FINGERPRINT, 0, &fingerprint, error));
    return hdf_write_attribute(to, ATTRIBUTE_FINGERPRINT, HDF_UINT64, 1, &fingerprint, error);
}

/* Copies a variable of runs whole, where the part has it: older files lack some. */
static herr_t parts_copy_runs(hid_t to, const char *name, const H5L_info_t *info, void *context) {
    const hid_t from = *(const hid_t *)context;
    (void)info;
    if (strncmp(name, RUN_VARIABLES, sizeof RUN_VARIABLES - 1) != 0 ||
        H5Lexists(from, name, H5P_DEFAULT) <= 0) {
        return 0;
    }
    unsigned char values[RUN_SLOTS * RUN_HOSTS_BYTES]; /* of the widest variable */
    SCOPED(hdf_release) hid_t source = H5Dopen2(from, name, H5P_DEFAULT);
    SCOPED(hdf_release) hid_t target = H5Dopen2(to, name, H5P_DEFAULT);
    SCOPED(hdf_release) hid_t type = H5Dget_type(target);
    hsize_t bytes = H5Dget_storage_size(target);
    bool copied = bytes <= sizeof values && H5Dget_storage_size(source) == bytes &&
                  H5Dread(source, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values) >= 0 &&
                  H5Dwrite(target, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values) >= 0;
    return copied ? 0 : -1;
}

enum status parts_add(hid_t file, int64_t number, const struct results_reader *reader, int64_t from,
                      struct error *error) {
    SCOPED(arena_free) struct arena arena = {0};
    SCOPED(hdf_release) hid_t group = H5I_INVALID_HID;
    SCOPED(hdf_release) hid_t source = H5I_INVALID_HID;
    char name[GROUP_NAME_BYTES];
    const char *path;
    parts_name_group(number, name);
    TRY(parts_create_group(file, name, &group, error));
    TRY(parts_open(reader, from, &source, error));
    TRY(parts_copy_attributes(source, group, &arena, error));
    TRY(parts_read_path(reader, from, source, &arena, &path, error));
    TRY(hdf_write_text(group, ATTRIBUTE_PATH, path, error));
    TRY(runs_create(group, error));
    return H5Literate(group, H5_INDEX_NAME, H5_ITER_INC, NULL, parts_copy_runs, &source) >= 0
               ? STATUS_OK
               : hdf_fail(error, STATUS_STORAGE, "%s: cannot copy its runs", path);
}

uint64_t parts_size_bound(const struct results_part *part) {
    return PART_OVERHEAD_BYTES + strlen(part->path) + strlen(part->yaml) + strlen(part->overrides);
}
