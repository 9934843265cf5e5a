/* What the settings of a nonlinear autoencoder make; its gradients are in test_layers.c. */
#include "network/stacks.h"

enum { INPUTS = 4, SAMPLES = 8 };

static void expect_widths(const struct stack *stack, const size_t *widths, size_t count) {
    SCOPED(arena_free) struct arena arena = {0};
    struct trial trial = stack_trial(1, SAMPLES, stack, &arena);
    assert_int_equal(trial.shape.tensor_count, 2 * (count - 1));
    for (size_t k = 0; k + 1 < count; k++) {
        assert_int_equal(trial.shape.tensors[2 * k].columns, widths[k]);
        assert_int_equal(trial.shape.tensors[2 * k].rows, widths[k + 1]);
        assert_int_equal(trial.shape.tensors[2 * k + 1].rows, widths[k + 1]);
    }
    assert_int_equal(trial.shape.latent_layer, stack->depth);
    assert_int_equal(trial.shape.latents, stack->latent);
    assert_int_equal(trial.shape.rectified, stack->rectified);
    assert_false(trial.shape.one_hot);
}

/* The decoder has the encoder's layers in reverse. */
static void test_decoder_mirrors_encoder(void **state) {
    (void)state;
    static const struct stack none = {"mlp_autoencoder", {0}, 0, 6, false, INPUTS, 0, false, 1, 0};
    static const struct stack two = {
        "mlp_autoencoder", {16, 8}, 2, 3, true, INPUTS, 0, false, 1, 0};
    static const size_t none_widths[] = {INPUTS, 6, INPUTS};
    static const size_t two_widths[] = {INPUTS, 16, 8, 3, 8, 16, INPUTS};
    expect_widths(&none, none_widths, sizeof none_widths / sizeof none_widths[0]);
    expect_widths(&two, two_widths, sizeof two_widths / sizeof two_widths[0]);
}

static enum status check(size_t depth, struct error *error) {
    const struct stack stack = {"mlp_autoencoder", {1}, 1, 1, false, INPUTS, 0, false, 1, 0};
    return stack_check_depth(&stack, depth, error);
}

/* Encoder, latents and decoder fill the tensors that there are room for. */
static void test_too_many_layers_are_refused(void **state) {
    (void)state;
    const size_t most = LAYERS_MAX / 2 - 1;
    struct error error = {0};
    assert_ok(&error, check(0, &error));
    assert_ok(&error, check(most, &error));
    assert_int_equal(check(most + 1, &error), STATUS_BAD_INPUT);
    assert_message(&error, "16 layers in encoder and decoder each: expected at "
                           "most 15");
}

static void test_gains_are_the_settings_own(void **state) {
    (void)state;
    expect_gains_of_settings(
        &(struct stack){"mlp_autoencoder", {9}, 1, 3, false, INPUTS, 0, false, 1, 0});
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_decoder_mirrors_encoder),
        cmocka_unit_test(test_too_many_layers_are_refused),
        cmocka_unit_test(test_gains_are_the_settings_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
