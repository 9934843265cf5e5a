#include "data/drawn.h"

static void test_defaults(void **state) {
    (void)state;
    struct drawn drawn;
    begin(&drawn, "uniform");
    const struct dataset *data = draw(&drawn, 1);
    assert_int_equal(data->size.samples, 32);
    assert_int_equal(data->size.sources, 2);
    assert_ptr_equal(data->inputs, data->sources);
    assert_ptr_equal(data->targets, data->sources);
    end(&drawn);
}

static void test_moments(void **state) {
    (void)state;
    enum { SAMPLES = 20000, SOURCES = 3 };
    struct drawn drawn;
    begin(&drawn, "uniform");
    set_named(&drawn, "points", "20000");
    set_named(&drawn, "sources", "3");
    const struct dataset *data = draw(&drawn, 2);
    for (size_t i = 0; i < SOURCES; i++) {
        double mean = 0;
        double square = 0;
        double product = 0;
        for (size_t n = 0; n < SAMPLES; n++) {
            double s = data->sources[n * SOURCES + i] - 0.5;
            assert_true(fabs(s) < 0.5);
            mean += s / SAMPLES;
            square += s * s / SAMPLES;
            product += s * (data->sources[n * SOURCES + (i + 1) % SOURCES] - 0.5) / SAMPLES;
        }
        const double error = 5 / sqrt(SAMPLES);
        assert_true(fabs(mean) < error * sqrt(1.0 / 12));
        assert_near(square, 1.0 / 12, error * sqrt(1.0 / 180));
        assert_true(fabs(product) < error / 12);
    }
    end(&drawn);
}

static void test_only_the_stream_decides(void **state) {
    (void)state;
    struct drawn first;
    struct drawn again;
    struct drawn other;
    begin(&first, "uniform");
    begin(&again, "uniform");
    begin(&other, "uniform");
    const double *a = draw(&first, 7)->sources;
    const double *b = draw(&again, 7)->sources;
    const double *c = draw(&other, 8)->sources;
    assert_memory_equal(a, b, 64 * sizeof *a);
    for (int k = 0; k < 64; k++) {
        assert_true(a[k] != c[k]);
    }
    end(&first);
    end(&again);
    end(&other);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_defaults),
        cmocka_unit_test(test_moments),
        cmocka_unit_test(test_only_the_stream_decides),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
