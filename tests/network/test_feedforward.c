/* What the settings of a supervised network make; its gradients are in test_layers.c. */
#include "network/stacks.h"

enum { INPUTS = 9, TARGETS = 2, SAMPLES = 5 };

static void expect_widths(const struct stack *stack, const size_t *widths, size_t count) {
    SCOPED(arena_free) struct arena arena = {0};
    struct trial trial = stack_trial(1, SAMPLES, stack, &arena);
    assert_int_equal(trial.shape.tensor_count, 2 * (count - 1));
    for (size_t k = 0; k + 1 < count; k++) {
        assert_int_equal(trial.shape.tensors[2 * k].columns, widths[k]);
        assert_int_equal(trial.shape.tensors[2 * k].rows, widths[k + 1]);
        assert_int_equal(trial.shape.tensors[2 * k + 1].rows, widths[k + 1]);
    }
    assert_int_equal(trial.shape.latent_layer, stack->depth - 1);
    assert_int_equal(trial.shape.latents, stack->hidden[stack->depth - 1]);
    assert_int_equal(trial.shape.one_hot, stack->one_hot);
    assert_true(trial.shape.rectified);
}

/* The last hidden layer holds the latents, and a readout follows. */
static void test_readout_follows_hidden_layers(void **state) {
    (void)state;
    static const struct stack one = {"feedforward", {25}, 1, 0, true, INPUTS, TARGETS, true, 1, 0};
    static const struct stack three = {"feedforward", {6, 8, 3}, 3,     0, true,
                                       INPUTS,        TARGETS,   false, 1, 0};
    static const size_t one_widths[] = {INPUTS, 25, TARGETS};
    static const size_t three_widths[] = {INPUTS, 6, 8, 3, TARGETS};
    expect_widths(&one, one_widths, sizeof one_widths / sizeof one_widths[0]);
    expect_widths(&three, three_widths, sizeof three_widths / sizeof three_widths[0]);
}

static enum status check(size_t depth, struct error *error) {
    const struct stack stack = {"feedforward", {1}, 1, 0, true, INPUTS, TARGETS, false, 1, 0};
    return stack_check_depth(&stack, depth, error);
}

static void test_none_and_too_many_layers_are_refused(void **state) {
    (void)state;
    struct error error = {0};
    assert_int_equal(check(0, &error), STATUS_BAD_INPUT);
    assert_message(&error, "0 hidden layers: expected 1 to 31");
    assert_ok(&error, check(1, &error));
    assert_ok(&error, check(LAYERS_MAX - 1, &error));
    assert_int_equal(check(LAYERS_MAX, &error), STATUS_BAD_INPUT);
}

static void test_gains_are_the_settings_own(void **state) {
    (void)state;
    expect_gains_of_settings(
        &(struct stack){"feedforward", {9}, 1, 0, true, INPUTS, TARGETS, false, 1, 0});
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_readout_follows_hidden_layers),
        cmocka_unit_test(test_gains_are_the_settings_own),
        cmocka_unit_test(test_none_and_too_many_layers_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
