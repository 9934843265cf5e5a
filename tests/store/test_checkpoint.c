/* Checkpoints come back as they were written, damaged ones do not. */
#include "store/checkpoint.h"

#include "check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { RUN = 3 };

/* The folder that was synced last, in which the checkpoint of job 3 had its name by then. */
static ino_t *synced_folder(void) {
    static ino_t folder;
    return &folder;
}

/* In the place of the system's. */
/* NOLINTNEXTLINE(readability-inconsistent-declaration-parameter-name) */
int fsync(int descriptor) {
    struct stat found;
    if (fstat(descriptor, &found) == 0 && S_ISDIR(found.st_mode) &&
        faccessat(descriptor, "3.bundle", F_OK, 0) == 0) {
        *synced_folder() = found.st_ino;
    }
    return fdatasync(descriptor);
}

struct place {
    char folder[PATH_BYTES];
    char results[PATH_BYTES];
    struct arena arena;
};

static int set_up(void **state) {
    static struct place place;
    place = (struct place){.arena = {0}};
    folder_make(place.folder);
    (void)snprintf(place.results, sizeof place.results, "%.200s/r.h5", place.folder);
    *state = &place;
    return 0;
}

static int tear_down(void **state) {
    struct place *place = *state;
    folder_remove(place->folder);
    arena_free(&place->arena);
    return 0;
}

static const char state_of_3[] = "three bytes more than eight";
static const char state_of_9[] = "nine";

static struct checkpoint example(int64_t key) {
    return (struct checkpoint){
        .key = key,
        .step = 1234,
        .seconds = 5.5,
        .cost = 7e9,
        .count = 2,
        .lanes = {{.job = 3, .hash = {{1, 2}}, .bytes = sizeof state_of_3, .data = state_of_3},
                  {.job = 9, .hash = {{3, 4}}, .bytes = sizeof state_of_9, .data = state_of_9}}};
}

static void test_its_name_is_on_the_disk(void **state) {
    struct place *place = *state;
    struct error error = {0};
    struct checkpoint written = example(3);
    struct stat folder;
    char path[2 * PATH_BYTES];
    *synced_folder() = 0;
    assert_ok(&error, checkpoint_write(place->results, &written, RUN, &error));
    (void)snprintf(path, sizeof path, "%s.checkpoints", place->results);
    assert_int_equal(stat(path, &folder), 0);
    assert_int_equal(*synced_folder(), folder.st_ino);
}

static void test_comes_back(void **state) {
    struct place *place = *state;
    struct error error = {0};
    struct checkpoint written = example(3);
    struct checkpoint read;
    assert_ok(&error, checkpoint_write(place->results, &written, RUN, &error));
    assert_ok(&error, checkpoint_read(place->results, 3, &place->arena, &read, &error));
    assert_int_equal(read.key, 3);
    assert_int_equal(read.step, 1234);
    assert_true(read.seconds == 5.5 && read.cost == 7e9);
    assert_int_equal(read.count, 2);
    for (size_t k = 0; k < read.count; k++) {
        assert_int_equal(read.lanes[k].job, written.lanes[k].job);
        assert_memory_equal(&read.lanes[k].hash, &written.lanes[k].hash, sizeof(struct job_hash));
        assert_int_equal(read.lanes[k].bytes, written.lanes[k].bytes);
        assert_memory_equal(read.lanes[k].data, written.lanes[k].data, read.lanes[k].bytes);
        assert_int_equal((uintptr_t)read.lanes[k].data % 8, 0);
    }
}

static void test_a_later_one_takes_its_place(void **state) {
    struct place *place = *state;
    struct error error = {0};
    struct checkpoint checkpoint = example(3);
    assert_ok(&error, checkpoint_write(place->results, &checkpoint, RUN, &error));
    checkpoint.step = 5678;
    assert_ok(&error, checkpoint_write(place->results, &checkpoint, RUN + 1, &error));
    assert_ok(&error, checkpoint_read(place->results, 3, &place->arena, &checkpoint, &error));
    assert_int_equal(checkpoint.step, 5678);
}

static void expect_keys(struct place *place, const int64_t *expected, size_t expected_count) {
    struct error error = {0};
    int64_t *keys;
    size_t count;
    assert_ok(&error, checkpoint_keys(place->results, &place->arena, &keys, &count, &error));
    assert_int_equal(count, expected_count);
    for (size_t k = 0; k < expected_count; k++) {
        assert_int_equal(keys[k], expected[k]);
    }
}

static char *path_in(const struct place *place, const char *name) {
    static char path[2 * PATH_BYTES];
    (void)snprintf(path, sizeof path, "%s.checkpoints/%s", place->results, name);
    return path;
}

static void test_are_listed_and_removed(void **state) {
    struct place *place = *state;
    struct error error = {0};
    expect_keys(place, NULL, 0);
    for (int64_t key = 20; key >= 0; key -= 10) {
        struct checkpoint checkpoint = example(key);
        assert_ok(&error, checkpoint_write(place->results, &checkpoint, RUN, &error));
    }
    file_write_text(path_in(place, "README"), "text");
    file_write_text(path_in(place, "10.bundle.new-2"), "text");
    expect_keys(place, (int64_t[]){0, 10, 20}, 3);
    assert_int_equal(access(path_in(place, "10.bundle.new-2"), F_OK), -1);
    assert_ok(&error, checkpoint_remove(place->results, 10, &error));
    assert_ok(&error, checkpoint_remove(place->results, 10, &error));
    expect_keys(place, (int64_t[]){0, 20}, 2);
    checkpoint_remove_folder(place->results); /* not empty */
    expect_keys(place, (int64_t[]){0, 20}, 2);
    assert_int_equal(unlink(path_in(place, "README")), 0);
    assert_ok(&error, checkpoint_remove(place->results, 0, &error));
    assert_ok(&error, checkpoint_remove(place->results, 20, &error));
    checkpoint_remove_folder(place->results);
    assert_int_equal(access(path_in(place, ""), F_OK), -1);
}

/* Every byte counts, and so does the length. */
static void test_damaged_ones_are_refused(void **state) {
    struct place *place = *state;
    struct error error = {0};
    struct checkpoint checkpoint = example(3);
    struct checkpoint read;
    assert_ok(&error, checkpoint_write(place->results, &checkpoint, RUN, &error));
    FILE *file = fopen(path_in(place, "3.bundle"), "r+b");
    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    long bytes = ftell(file);
    for (long at = 0; at < bytes; at++) {
        assert_int_equal(fseek(file, at, SEEK_SET), 0);
        int byte = fgetc(file);
        assert_int_equal(fseek(file, at, SEEK_SET), 0);
        assert_true(fputc(byte ^ 1, file) != EOF && fflush(file) == 0);
        assert_int_equal(checkpoint_read(place->results, 3, &place->arena, &read, &error),
                         STATUS_STORAGE);
        assert_int_equal(fseek(file, at, SEEK_SET), 0);
        assert_true(fputc(byte, file) != EOF && fflush(file) == 0);
    }
    assert_ok(&error, checkpoint_read(place->results, 3, &place->arena, &read, &error));
    assert_int_equal(fclose(file), 0);
    assert_int_equal(truncate(path_in(place, "3.bundle"), bytes - 1), 0);
    assert_int_equal(checkpoint_read(place->results, 3, &place->arena, &read, &error),
                     STATUS_STORAGE);
    assert_int_equal(checkpoint_read(place->results, 4, &place->arena, &read, &error),
                     STATUS_STORAGE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_its_name_is_on_the_disk, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_comes_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_later_one_takes_its_place, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_are_listed_and_removed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_damaged_ones_are_refused, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
