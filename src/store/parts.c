#include "store/parts.h"

#include "store/blueprint.h"
#include "store/format.h"
#include "store/metadata.h"

#include <stdio.h>
#include <stdlib.h>
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
static const char *const numbers[] = {ATTRIBUTE_VERSION, ATTRIBUTE_SHARD, ATTRIBUTE_SHARDS,
                                      ATTRIBUTE_JOBS, ATTRIBUTE_SWEEPS};

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

/* The group of a part, or the file itself; to be closed in either case. */
static enum status open_part(const struct results_reader *reader, int64_t number, hid_t *object,
                             struct error *error) {
    char name[GROUP_NAME_BYTES] = "/";
    if (number > 0) {
        parts_name_group(number, name);
    }
    *object = H5Gopen2(reader->file, name, H5P_DEFAULT);
    return *object < 0 ? hdf_fail(error, STATUS_STORAGE, "%s: there is no part %lld", reader->path,
                                  (long long)number)
                       : STATUS_OK;
}

static enum status parts_text_of(hid_t object, const char *name, struct arena *arena,
                                 const char **text, struct error *error) {
    *text = "";
    return H5Aexists(object, name) > 0 ? hdf_read_text(object, name, arena, text, error)
                                       : STATUS_OK;
}

static enum status parts_read_texts(hid_t object, struct arena *arena, struct results_part *part,
                                    struct error *error) {
    const struct {
        const char *attribute;
        const char **text;
    } wanted[] = {{ATTRIBUTE_NAME, &part->name},       {ATTRIBUTE_YAML, &part->yaml},
                  {ATTRIBUTE_FILE, &part->file},       {ATTRIBUTE_OVERRIDES, &part->overrides},
                  {ATTRIBUTE_PROGRAM, &part->program}, {ATTRIBUTE_COMMIT, &part->commit},
                  {ATTRIBUTE_CREATED, &part->created}, {ATTRIBUTE_HOST, &part->host}};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        TRY(parts_text_of(object, wanted[i].attribute, arena, wanted[i].text, error));
    }
    return STATUS_OK;
}

static enum status parts_read_numbers(hid_t object, struct results_part *part,
                                      struct error *error) {
    uint64_t shard;
    uint64_t shards;
    uint64_t jobs;
    TRY(hdf_read_optional(object, ATTRIBUTE_FINGERPRINT, 0, &part->fingerprint, error));
    TRY(hdf_read_optional(object, ATTRIBUTE_SWEEPS, 1, &part->sweeps, error));
    TRY(hdf_read_optional(object, ATTRIBUTE_SHARD, 1, &shard, error));
    TRY(hdf_read_optional(object, ATTRIBUTE_SHARDS, 1, &shards, error));
    TRY(hdf_read_optional(object, ATTRIBUTE_JOBS, 0, &jobs, error));
    part->shard = (struct shard){(int64_t)shard - 1, (int64_t)shards, (int64_t)jobs};
    return STATUS_OK;
}

static enum status read_part(const struct results_reader *reader, hid_t object, struct arena *arena,
                             struct results_part *part, struct error *error) {
    struct results_reader own = *reader;
    own.file = object; /* of which the names of runs are read */
    TRY(parts_read_texts(object, arena, part, error));
    TRY(parts_read_numbers(object, part, error));
    TRY(ARENA_NEW(arena, part->runs, RUN_SLOTS, error));
    return reader_runs(&own, part->runs, &part->run_count, error);
}

enum status parts_read(const struct results_reader *reader, int64_t number, struct arena *arena,
                       struct results_part *part, struct error *error) {
    hid_t object;
    *part = (struct results_part){0};
    TRY(open_part(reader, number, &object, error));
    enum status status = read_part(reader, object, arena, part, error);
    part->path = arena_string(arena, reader->path, error);
    if (status == STATUS_OK && number > 0) {
        status = parts_text_of(object, ATTRIBUTE_PATH, arena, &part->path, error);
    }
    hdf_close(object);
    return status == STATUS_OK && part->path == NULL ? error_status(error) : status;
}

enum status parts_prepare(hid_t file, struct extent job, struct error *error) {
    const struct blueprint blueprint = {VARIABLE_PART,
                                        HDF_INT64,
                                        "1",
                                        "number of the group in `parts` that tells where the row "
                                        "comes from; 0: from a run on this file, or nowhere",
                                        1,
                                        {job}};
    hid_t group = H5Gcreate2(file, GROUP_PARTS, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    if (group < 0) {
        return hdf_fail(error, STATUS_STORAGE, "cannot create group %s", GROUP_PARTS);
    }
    hdf_close(group);
    return blueprint_add(file, &blueprint, error);
}

static enum status parts_copy_attributes(hid_t from, hid_t to, struct arena *arena,
                                         struct error *error) {
    uint64_t value;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const char *text;
        if (H5Aexists(from, texts[i]) > 0) {
            TRY(hdf_read_text(from, texts[i], arena, &text, error));
            TRY(hdf_write_text(to, texts[i], text, error));
        }
    }
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        if (H5Aexists(from, numbers[i]) > 0) {
            TRY(hdf_read_integer(from, numbers[i], &value, error));
            const int64_t number = (int64_t)value;
            TRY(hdf_write_attribute(to, numbers[i], HDF_INT64, 1, &number, error));
        }
    }
    if (H5Aexists(from, ATTRIBUTE_SEED) > 0) {
        int64_t seed;
        TRY(hdf_read_signed(from, ATTRIBUTE_SEED, &seed, error));
        TRY(hdf_write_attribute(to, ATTRIBUTE_SEED, HDF_INT64, 1, &seed, error));
    }
    TRY(hdf_read_optional(from, ATTRIBUTE_FINGERPRINT, 0, &value, error));
    return hdf_write_attribute(to, ATTRIBUTE_FINGERPRINT, HDF_UINT64, 1, &value, error);
}

/* Copies a variable of runs whole, where the part has it: older files lack some. */
static herr_t parts_copy_runs(hid_t to, const char *name, const H5L_info_t *info, void *context) {
    const hid_t from = *(const hid_t *)context;
    (void)info;
    if (strncmp(name, RUN_VARIABLES, sizeof RUN_VARIABLES - 1) != 0 ||
        H5Lexists(from, name, H5P_DEFAULT) <= 0) {
        return 0;
    }
    hid_t source = H5Dopen2(from, name, H5P_DEFAULT);
    hid_t target = H5Dopen2(to, name, H5P_DEFAULT);
    hid_t type = H5Dget_type(target);
    hsize_t bytes = target < 0 ? 0 : H5Dget_storage_size(target);
    void *values = source < 0 || bytes == 0 || H5Dget_storage_size(source) != bytes
                       ? NULL
                       : malloc((size_t)bytes);
    bool copied = values != NULL &&
                  H5Dread(source, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values) >= 0 &&
                  H5Dwrite(target, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values) >= 0;
    free(values);
    hdf_close(type);
    hdf_close(target);
    hdf_close(source);
    return copied ? 0 : -1;
}

static enum status fill_part(hid_t group, const struct results_reader *reader, int64_t from,
                             struct arena *arena, struct error *error) {
    hid_t object;
    const char *path = reader->path;
    TRY(open_part(reader, from, &object, error));
    enum status status = parts_copy_attributes(object, group, arena, error);
    if (status == STATUS_OK && from > 0) {
        status = parts_text_of(object, ATTRIBUTE_PATH, arena, &path, error);
    }
    if (status == STATUS_OK) {
        status = hdf_write_text(group, ATTRIBUTE_PATH, path, error);
    }
    if (status == STATUS_OK) {
        status = metadata_runs(group, error);
    }
    if (status == STATUS_OK &&
        H5Literate(group, H5_INDEX_NAME, H5_ITER_INC, NULL, parts_copy_runs, &object) < 0) {
        status = hdf_fail(error, STATUS_STORAGE, "%s: cannot copy its runs", path);
    }
    hdf_close(object);
    return status;
}

enum status parts_add(hid_t file, int64_t number, const struct results_reader *reader, int64_t from,
                      struct error *error) {
    struct arena arena = {0};
    char name[GROUP_NAME_BYTES];
    parts_name_group(number, name);
    hid_t group = H5Gcreate2(file, name, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    enum status status = group < 0 ? hdf_fail(error, STATUS_STORAGE, "cannot create group %s", name)
                                   : fill_part(group, reader, from, &arena, error);
    hdf_close(group);
    arena_free(&arena);
    return status;
}

uint64_t parts_size_bound(const struct results_part *part) {
    return PART_OVERHEAD_BYTES + strlen(part->path) + strlen(part->yaml) + strlen(part->overrides);
}
