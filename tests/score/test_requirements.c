#include "score/requirements.h"

#include "score/scored.h"

static const struct score_subject SUBJECT = {.data = "'grid'",
                                             .owner = "network 'n'",
                                             .sources = 2,
                                             .latents = 4,
                                             .periodic = true,
                                             .labels = true};

static void assert_refused(const char *name, const struct score_subject *subject,
                           const char *message) {
    struct error error = {0};
    assert_int_equal(score_check_requirements(score_named(name), subject, &error),
                     STATUS_BAD_INPUT);
    assert_string_equal(error.message, message);
}

static void test_what_suits(void **state) {
    (void)state;
    struct error error = {0};
    struct score_subject numbers = SUBJECT;
    numbers.labels = false;
    for (const struct score *const *score = scores; *score != NULL; score++) {
        assert_ok(&error, score_check_requirements(*score, &SUBJECT, &error));
        if (!(*score)->needs_labels) {
            assert_ok(&error, score_check_requirements(*score, &numbers, &error));
        }
    }
}

static void test_what_does_not(void **state) {
    (void)state;
    struct score_subject subject = SUBJECT;
    subject.latents = 0;
    assert_refused("cinfom", &subject, "'cinfom' needs latents, and network 'n' has none");
    subject = SUBJECT;
    subject.labels = false;
    subject.data = "'uniform'";
    assert_refused("cinfoc", &subject,
                   "'cinfoc' counts labels; the sources of 'uniform' are continuous; "
                   "use 'linear_cinfoc'");
    subject.hint = "x is y";
    assert_refused("infoe", &subject,
                   "'infoe' counts labels; the sources of 'uniform' are continuous unless x is y");
    subject.hint = NULL;
    subject.evidence = "all differ";
    assert_refused("infoe", &subject,
                   "'infoe' counts labels; the sources of 'uniform' (all differ) are continuous");
    subject = SUBJECT;
    subject.sources = 3;
    assert_refused("variance_index", &subject, "'variance_index' needs 2 sources; 'grid' has 3");
}

static void test_unknown_frequencies(void **state) {
    (void)state;
    struct error error = {0};
    struct score_subject subject = SUBJECT;
    subject.periodic = false;
    assert_refused("frequency_index", &subject,
                   "'frequency_index' needs sources of known frequencies, and 'grid' has none");
    subject.expected = "data such as oscillation";
    assert_refused("frequency_index_magnitude", &subject,
                   "'frequency_index_magnitude' needs sources of known frequencies, and 'grid' has "
                   "none; expected data such as oscillation");
    for (const struct score *const *score = scores; *score != NULL; score++) {
        if (!(*score)->needs_frequencies) {
            assert_ok(&error, score_check_requirements(*score, &subject, &error));
        }
    }
}

/* The score that a message suggests exists and takes any sources. */
static void test_alternatives(void **state) {
    (void)state;
    size_t counted = 0;
    for (const struct score *const *score = scores; *score != NULL; score++) {
        if ((*score)->continuous != NULL) {
            assert_true((*score)->needs_labels);
            assert_false(score_named((*score)->continuous)->needs_labels);
            counted++;
        }
    }
    assert_true(counted > 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_suits),
        cmocka_unit_test(test_what_does_not),
        cmocka_unit_test(test_unknown_frequencies),
        cmocka_unit_test(test_alternatives),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
