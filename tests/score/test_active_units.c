#include "score/scored.h"

/* Ranges 1, 0.1, 0.11 and 0: the second and the fourth are not above a tenth of the largest. */
static void test_count(void **state) {
    (void)state;
    const double source[] = {0, 1, 2};
    const double weights[] = {0.25, 0.25, 0.5};
    const double latent[] = {0, 5, 1, 3, 1, 5.1, 1.11, 3, 0.5, 5, 1.05, 3};
    struct score_input input = {.samples = 3,
                                .sources = 1,
                                .latents = 4,
                                .source = source,
                                .latent = latent,
                                .weights = weights};
    assert_true(score_of("active_units", &input, NULL) == 2.0);
    const double dead[] = {1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4};
    input.latent = dead;
    assert_true(score_of("active_units", &input, NULL) == 0.0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_count)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
