/* What a run says when it ends. */
#include "show/run_summary.h"

#include "check.h"
#include "document/writers.h"

/* The text for a summary; free it. */
static char *text_of(const struct run_summary *summary) {
    SCOPED(arena_free) struct arena arena = {0};
    struct document document = {.arena = &arena};
    struct error error = {0};
    char *text = NULL;
    size_t bytes = 0;
    FILE *stream = open_memstream(&text, &bytes);
    assert_non_null(stream);
    assert_ok(&error, run_summary_document(summary, "r.h5", &document, &error));
    assert_ok(&error, document_write(&document, DOCUMENT_TEXT_FORM, stream, &error));
    assert_int_equal(fclose(stream), 0);
    return text;
}

static void test_a_whole_run(void **state) {
    (void)state;
    char *text = text_of(&(struct run_summary){.total = 9, .done = 9, .seconds = 2.0, .ranks = 1});
    assert_string_equal(text, "r.h5: 9 of 9 jobs done in 2 s on 1 rank\n");
    free(text);
}

static void test_nothing_to_do(void **state) {
    (void)state;
    char *text = text_of(&(struct run_summary){.total = 9, .before = 9, .ranks = 2});
    assert_string_equal(text, "r.h5: nothing was missing, 9 jobs are there\n");
    free(text);
}

static void test_every_line(void **state) {
    (void)state;
    char *text = text_of(&(struct run_summary){.total = 20,
                                               .before = 2,
                                               .reused = 3,
                                               .torn = 1,
                                               .resumed = 4,
                                               .unusable = 5,
                                               .done = 14,
                                               .failed = 1,
                                               .failed_all = 6,
                                               .seconds = 2.0,
                                               .ranks = 2});
    assert_string_equal(
        text, "r.h5: 14 of 20 jobs done in 2 s on 2 ranks\n"
              "  2 were done before\n"
              "  3 were copied from older files\n"
              "  4 resumed from checkpoints\n"
              "  5 of the checkpoints were damaged or of other jobs; those jobs started again\n"
              "  1 were done again: their rows were damaged\n"
              "  6 failed; see 'modsweep status r.h5'\n");
    free(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_whole_run),
        cmocka_unit_test(test_nothing_to_do),
        cmocka_unit_test(test_every_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
