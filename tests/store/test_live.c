/* Live status is read back as it was written, or not at all. */

#include "store/live.h"

#include "base/clock.h"
#include "check.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MANY_RANKS = 10000 };

struct place {
    char folder[PATH_BYTES];
    char results[2 * PATH_BYTES];
    char path[2 * PATH_BYTES];
    struct arena arena;
    struct error error;
};

static void open_place(struct place *place) {
    *place = (struct place){0};
    folder_make(place->folder);
    (void)snprintf(place->results, sizeof place->results, "%s/a.h5", place->folder);
    (void)snprintf(place->path, sizeof place->path, "%s/a.h5.live", place->folder);
}

/* The folder must be empty: no temporary file remains. */
static void close_place(struct place *place) {
    live_remove(place->results);
    assert_int_equal(rmdir(place->folder), 0);
    arena_free(&place->arena);
}

static struct live *read_back(struct place *place) {
    struct live *live;
    assert_ok(&place->error, live_read(place->results, &place->arena, &live, &place->error));
    return live;
}

static void test_everything_comes_back(void **state) {
    (void)state;
    struct place place;
    struct live_rank ranks[] = {{.host = "node\"1",
                                 .done = 5,
                                 .failed = 1,
                                 .busy = 0.1,
                                 .job = 1LL << 40,
                                 .jobs = 16,
                                 .since = 1700000000.123},
                                {.host = "node2"}};
    struct live said = {.run_epoch = 3,
                        .host = "node\"1",
                        .process = 4711,
                        .started = 1700000000.5,
                        .written = 1700000009.25,
                        .interval = 1.5,
                        .total = 1000,
                        .before = 10,
                        .done = 5,
                        .failed = 1,
                        .cost = 1e12 / 3,
                        .all_cost = 4e12,
                        .rank_count = 2,
                        .ranks = ranks,
                        .slow_count = 1,
                        .slow = {{12.5, 7, 16, 1}}};
    open_place(&place);
    assert_ok(&place.error, live_write(&said, place.results, &place.error));
    struct live *read = read_back(&place);
    assert_non_null(read);
    assert_string_equal(read->host, said.host);
    for (int k = 0; k < 2; k++) {
        assert_string_equal(read->ranks[k].host, ranks[k].host);
        read->ranks[k].host = ranks[k].host;
        assert_memory_equal(&read->ranks[k], &ranks[k], sizeof ranks[k]);
    }
    read->host = said.host;
    read->ranks = ranks;
    assert_memory_equal(read, &said, sizeof said);
    close_place(&place);
}

static void test_the_last_word_counts(void **state) {
    (void)state;
    struct place place;
    struct live said = {.host = "a"};
    open_place(&place);
    assert_null(read_back(&place));
    for (int64_t k = 1; k < 4; k++) {
        said.done = k;
        assert_ok(&place.error, live_write(&said, place.results, &place.error));
        assert_int_equal(read_back(&place)->done, k);
    }
    live_remove(place.results);
    assert_null(read_back(&place));
    close_place(&place);
}

static void test_what_is_not_understood_is_nothing(void **state) {
    (void)state;
    static const char *const texts[] = {
        "", "{", "[1]", "{}", "{\"format\":\"modsweep live 9\"}", "{\"format\":5}", "nonsense"};
    struct place place;
    open_place(&place);
    for (size_t k = 0; k < sizeof texts / sizeof texts[0]; k++) {
        file_write_text(place.path, texts[k]);
        assert_null(read_back(&place));
    }
    close_place(&place);
}

static void test_a_folder_that_is_not_there(void **state) {
    (void)state;
    struct live said = {.host = "a"};
    struct error error = {0};
    assert_int_equal(live_write(&said, "/nonexistent/a.h5", &error), STATUS_STORAGE);
    assert_message(&error, "/nonexistent/a.h5.live");
}

static void test_the_slowest_are_kept_in_order(void **state) {
    (void)state;
    enum { BUNDLES = 37 };
    struct live live = {.slow_count = 0};
    for (int64_t k = 0; k < BUNDLES; k++) {
        int64_t seconds = k * 11 % BUNDLES;
        live_note_slow(&live, &(struct live_slow){.seconds = (double)seconds, .job = seconds});
    }
    assert_int_equal(live.slow_count, LIVE_SLOW_MAX);
    for (size_t k = 0; k < LIVE_SLOW_MAX; k++) {
        assert_int_equal(live.slow[k].job, BUNDLES - 1 - (int64_t)k);
    }
}

static void test_many_ranks(void **state) {
    (void)state;
    struct place place;
    struct live said = {.host = "node1", .rank_count = MANY_RANKS};
    open_place(&place);
    assert_ok(&place.error, ARENA_NEW(&place.arena, said.ranks, MANY_RANKS, &place.error));
    for (int64_t k = 0; k < MANY_RANKS; k++) {
        said.ranks[k] = (struct live_rank){
            .host = "node1", .done = k, .busy = (double)k / 3, .job = k, .since = 1700000000.123};
    }
    double start = clock_seconds();
    assert_ok(&place.error, live_write(&said, place.results, &place.error));
    print_message("%d ranks are written in %.1f ms\n", MANY_RANKS, 1e3 * (clock_seconds() - start));
    struct live *read = read_back(&place);
    assert_int_equal(read->rank_count, MANY_RANKS);
    assert_int_equal(read->ranks[MANY_RANKS - 1].done, MANY_RANKS - 1);
    close_place(&place);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_everything_comes_back),
    cmocka_unit_test(test_the_last_word_counts),
    cmocka_unit_test(test_what_is_not_understood_is_nothing),
    cmocka_unit_test(test_a_folder_that_is_not_there),
    cmocka_unit_test(test_the_slowest_are_kept_in_order),
    cmocka_unit_test(test_many_ranks),
};

int main(void) {
    return cmocka_run_group_tests(tests, NULL, NULL);
}
