/**
 * @file
 * Files of independent results, with one group for each case: those in tests/reference, or in the
 * folder $REFERENCE; and the published data, which are no part of this repository.
 */
#pragma once

#include "check.h"
#include "data/hdf5.h"

#include <hdf5.h>
#include <hdf5_hl.h>
#include <stdbool.h>

enum { CASES_MAX = 10000, NAME_BYTES = 64, REFERENCE_BYTES = 4096 };

/** An open file. */
struct reference {
    char path[REFERENCE_BYTES];
    hid_t file;
};

/** Where a case is. */
struct reference_case {
    const char *path;
    hid_t file;
    const char *group;
};

/** The groups whose names begin with `prefix`. */
struct reference_cases {
    const char *prefix;
    size_t count;
    char names[CASES_MAX][NAME_BYTES];
};

/** Opens a file of the folder; skips the test when it is not there. */
static inline struct reference reference_open(const char *name) {
    const char *folder = getenv("REFERENCE");
    struct reference reference;
    (void)snprintf(reference.path, sizeof reference.path, "%s/%s",
                   folder == NULL ? "tests/reference" : folder, name);
    if (access(reference.path, F_OK) != 0) {
        print_message("skipped: no file %s\n", reference.path);
        skip();
    }
    hid_t unlocked = H5Pcreate(H5P_FILE_ACCESS); /* as hdf5_read opens the same file meanwhile */
    assert_true(H5Pset_file_locking(unlocked, false, true) >= 0);
    reference.file = H5Fopen(reference.path, H5F_ACC_RDONLY, unlocked);
    assert_true(reference.file >= 0);
    assert_true(H5Pclose(unlocked) >= 0);
    return reference;
}

static inline void reference_close(struct reference *reference) {
    assert_true(H5Fclose(reference->file) >= 0);
}

static inline herr_t reference_collect(hid_t file, const char *group, const H5L_info_t *info,
                                       void *context) {
    (void)file, (void)info;
    struct reference_cases *cases = context;
    if (strncmp(group, cases->prefix, strlen(cases->prefix)) == 0) {
        assert_in_range(cases->count, 0, CASES_MAX - 1);
        (void)snprintf(cases->names[cases->count++], NAME_BYTES, "%s", group);
    }
    return 0;
}

/** The cases of one kind, in the order of their names; owned by the arena. */
static inline const struct reference_cases *
reference_find(const struct reference *reference, const char *prefix, struct arena *arena) {
    struct error error = {0};
    struct reference_cases *cases;
    assert_ok(&error, ARENA_NEW(arena, cases, 1, &error));
    cases->prefix = prefix;
    assert_true(H5Literate(reference->file, H5_INDEX_NAME, H5_ITER_INC, NULL, reference_collect,
                           cases) >= 0);
    print_message("%zu cases %s* of %s\n", cases->count, prefix, reference->path);
    return cases;
}

static inline struct reference_case reference_case(const struct reference *reference,
                                                   const char *group) {
    return (struct reference_case){reference->path, reference->file, group};
}

/** The data set NAME of a case. */
static inline struct points reference_read(const struct reference_case *place, const char *name,
                                           struct arena *arena) {
    struct error error = {0};
    struct points points = {0};
    char dataset[4 * NAME_BYTES];
    (void)snprintf(dataset, sizeof dataset, "/%s/%s", place->group, name);
    assert_ok(&error, hdf5_read(place->path, dataset, arena, &points, &error));
    return points;
}

static inline bool reference_has_number(const struct reference_case *place, const char *name) {
    return H5Aexists_by_name(place->file, place->group, name, H5P_DEFAULT) > 0;
}

/** The attribute NAME of a case, which must have it. */
static inline double reference_number(const struct reference_case *place, const char *name) {
    double value = (double)NAN;
    if (!reference_has_number(place, name) ||
        H5LTget_attribute_double(place->file, place->group, name, &value) < 0) {
        fail_msg("%s has no number %s", place->group, name);
    }
    return value;
}

/** The file with the published data, $AUTHORS; skips the test when it is not there. */
static inline const char *authors_path(void) {
    const char *given = getenv("AUTHORS");
    const char *path = given == NULL || *given == '\0' ? "../shared/reference/authors.h5" : given;
    if (access(path, F_OK) != 0) {
        print_message("skipped: no published data in %s; AUTHORS=FILE names the file\n", path);
        skip();
    }
    return path;
}
