#include "score/labels.h"

#include "score/scored.h"

enum { SAMPLES = 6 };

/* Sources a, b, c; c is a and b together. */
static const double SOURCE[] = {0.1, 5, 1, -0.0, 5, 2, 0.1, 7, 3, 0.0, 7, 4, 0.1, 5, 1, 0.0, 5, 2};
static const double WEIGHTS[] = {0.1, 0.1, 0.2, 0.2, 0.3, 0.1};
static const struct score_input INPUT = {
    .samples = SAMPLES, .sources = 3, .source = SOURCE, .weights = WEIGHTS};

static struct labels without(size_t i, struct arena *arena) {
    struct error error = {0};
    struct labels labels;
    assert_ok(&error, labels_without(&INPUT, i, arena, &labels, &error));
    return labels;
}

static double entropy_of(const double *masses, size_t count) {
    double entropy = 0.0;
    for (size_t l = 0; l < count; l++) {
        entropy -= masses[l] * log(masses[l]);
    }
    return entropy;
}

/* Samples have equal codes exactly where their values are equal. */
static void test_codes(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    static const size_t counts[] = {4, 4, 4, 4}; /* without a, b, c, none */
    for (size_t left_out = 0; left_out <= 3; left_out++) {
        struct labels labels = without(left_out, &arena);
        assert_int_equal(labels.count, counts[left_out]);
        for (size_t n = 0; n < SAMPLES; n++) {
            assert_true(labels.codes[n] < labels.count);
            for (size_t m = 0; m < SAMPLES; m++) {
                bool equal = true;
                for (size_t i = 0; i < 3; i++) {
                    equal = equal && (i == left_out || SOURCE[3 * n + i] == SOURCE[3 * m + i]);
                }
                assert_int_equal(labels.codes[n] == labels.codes[m], equal);
            }
        }
    }
}

static void test_entropy_is_weighted(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct error error = {0};
    struct labels labels;
    const double a[] = {0.6, 0.4};
    const double all[] = {0.4, 0.2, 0.2, 0.2};
    assert_ok(&error, labels_none(&INPUT, &arena, &labels, &error));
    assert_int_equal(labels.count, 1);
    assert_true(labels_entropy(&labels) == 0.0);
    assert_ok(&error, labels_split(&INPUT, 0, &arena, &labels, &error));
    assert_int_equal(labels.count, 2);
    assert_near(labels_entropy(&labels), entropy_of(a, 2), 1e-15);
    labels = without(3, &arena);
    assert_near(labels_entropy(&labels), entropy_of(all, 4), 1e-15);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_codes),
        cmocka_unit_test(test_entropy_is_weighted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
