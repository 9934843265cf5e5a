#include "data/sources.h"

#include "check.h"

static void test_sources_serve_as_everything(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct error error = {0};
    struct dataset data;
    const double sources[] = {1, 2, 3, 4, 5, 6, 7, 8};
    struct dataset_size size = sources_size(4, 2);
    assert_ok(&error, sources_dataset(sources, size, &arena, &data, &error));
    assert_int_equal(data.size.samples, 4);
    assert_int_equal(data.size.sources, 2);
    assert_int_equal(data.size.inputs, 2);
    assert_int_equal(data.size.targets, 2);
    assert_ptr_equal(data.sources, sources);
    assert_ptr_equal(data.inputs, sources);
    assert_ptr_equal(data.targets, sources);
    for (size_t n = 0; n < 4; n++) {
        assert_true(data.weights[n] == 0.25);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_sources_serve_as_everything)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
