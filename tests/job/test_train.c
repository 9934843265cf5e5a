/* Settings of training that cannot work together. */

#include "job/train.h"

#include "check.h"

static void test_best_weights_need_the_whole_loss(void **state) {
    (void)state;
    struct error error = {0};
    struct train_settings settings = {.batch = 0, .keep = KEEP_BEST};
    assert_ok(&error, train_component.check(&settings, &error));
    settings.batch = 4;
    assert_int_equal(train_component.check(&settings, &error), STATUS_BAD_INPUT);
    assert_string_equal(error.culprit, "keep");
    assert_message(&error, "expected 'last' with train.batch");
    settings.keep = KEEP_LAST;
    assert_ok(&error, train_component.check(&settings, &error));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_best_weights_need_the_whole_loss)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
