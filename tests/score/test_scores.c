#include "score/samples.h"

/* Names are variables of results files and words of sweeps: each is unique and described. */
static void test_table(void **state) {
    (void)state;
    for (const struct score *const *score = scores; *score != NULL; score++) {
        assert_ptr_equal(score_named((*score)->component.name), *score);
        assert_true(strlen((*score)->component.help) > 0);
        assert_true((*score)->unit == NULL || strlen((*score)->unit) > 1);
        assert_non_null((*score)->compute);
        if ((*score)->matrix != NULL) {
            assert_true((*score)->needs_latents);
        }
    }
}

static void test_matrices_once_each(void **state) {
    (void)state;
    const struct score *chosen[] = {score_named("multiinformation"), score_named("linear_cinfoc"),
                                    score_named("linear_infom"), score_named("linear_cinfom")};
    const struct score_matrix *distinct[4];
    assert_int_equal(score_matrices(chosen, 4, distinct), 2);
    assert_string_equal(distinct[0]->name, "linear_ncmi");
    assert_string_equal(distinct[1]->name, "linear_nmi");
    assert_int_equal(score_matrices(chosen, 1, distinct), 0);
    assert_int_equal(score_matrices(chosen, 0, distinct), 0);
}

/* All together, in any order, give what each gives alone, to the last bit. */
static void test_together_as_alone(void **state) {
    (void)state;
    struct samples samples;
    make_samples(&samples, 1);
    const struct score *chosen[] = {score_named("linear_cinfoc"), score_named("mixing_angle"),
                                    score_named("linear_infom"), score_named("multiinformation")};
    double values[4];
    const double *matrices[4];
    double matrix[SOURCES * LATENTS];
    SCOPED(arena_free) struct arena arena = {0};
    struct error error = {0};
    assert_ok(&error, score_all(chosen, 4, &samples.input, &arena, values, matrices, &error));
    for (size_t k = 0; k < 4; k++) {
        double alone = score_of(chosen[k]->component.name, &samples.input, NULL);
        assert_memory_equal(&alone, &values[k], sizeof alone);
    }
    (void)score_of("linear_cinfom", &samples.input, matrix);
    assert_memory_equal(matrices[0], matrix, sizeof matrix);
    (void)score_of("linear_infom", &samples.input, matrix);
    assert_memory_equal(matrices[1], matrix, sizeof matrix);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table),
        cmocka_unit_test(test_matrices_once_each),
        cmocka_unit_test(test_together_as_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
