/* Data, network, training and scores of one job: which go together, and what errors name. */

#include "sweep/agreement.h"

#include "sweep/built.h"

#define REST "train: {steps: 100, batch: 0}\nloss: {fit: 1, weights: 0}\n"
#define DENSE "data: {kind: points, sources: 2}\nnetwork: {kind: dense}\n" REST

/* A job whose parts a test may exchange. */
struct subject {
    struct built built;
    struct job job;
    struct dataset_size size;
};

static void begin(struct subject *subject, const char *text) {
    struct error error = {0};
    built_begin(&subject->built, text);
    subject->job = (struct job){0};
    subject->size = (struct dataset_size){0};
    grid_resolve(&subject->built.grid, 0, &subject->job);
    if (subject->job.distribution != NULL) {
        assert_int_equal(
            subject->job.distribution->size(subject->job.data.bytes, &subject->size, &error),
            STATUS_OK);
    }
}

typedef enum status checked(const struct agreement *in, struct error *error);

static void expect(const struct subject *subject, checked *check, const char *message) {
    const struct agreement in = {&subject->built.sweep, &subject->job, &subject->size};
    struct error error = {0};
    enum status status = check(&in, &error);
    assert_string_equal(error.message, message == NULL ? "" : message);
    assert_int_equal(status, message == NULL ? STATUS_OK : STATUS_BAD_INPUT);
}

static void agree(const char *text, const char *message) {
    struct subject subject;
    begin(&subject, text);
    expect(&subject, agreement_check, message);
    built_end(&subject.built);
}

static void test_inputs_and_targets(void **state) {
    (void)state;
    agree(DENSE, NULL);
    agree("data: {kind: picture}\nnetwork: {kind: lookup}\n" REST, NULL);
    agree("data: {kind: picture}\nnetwork: {kind: dense}\n" REST,
          "s.yaml:1:14: data.kind: network 'dense' takes no one-hot inputs, and 'picture' has "
          "no others; expected another network, or data with dense inputs");
    agree("data: {kind: picture}\nnetwork: {kind: idle}\n", NULL);
    agree("data: {kind: tune}\nnetwork: {kind: mapper}\n" REST, NULL);
    agree("data: {kind: tune}\nnetwork: {kind: dense}\n" REST,
          "s.yaml:1:14: data.kind: network 'dense' reproduces its input, which the targets of "
          "'tune' are not; expected a network such as feedforward");
    agree("data: {kind: lattice, targets: /proc/self/status}\nnetwork: {kind: dense}\n" REST,
          "s.yaml:1:32: data.targets: network 'dense' reproduces its input and takes no targets");
}

static void test_sequences(void **state) {
    (void)state;
    agree("data: {kind: tune}\nnetwork: {kind: echo}\n" REST, NULL);
    agree("data: {kind: tune, steps: 0}\nnetwork: {kind: echo}\n" REST,
          "s.yaml:1:27: data.steps: network 'echo' takes sequences, and 'tune' has single samples; "
          "expected the steps of a sequence");
    agree(
        "data: {kind: points, sources: 2}\nnetwork: {kind: echo}\n" REST,
        "s.yaml:1:14: data.kind: network 'echo' takes sequences, and 'points' has single samples; "
        "expected data such as oscillation");
}

static void test_coefficients(void **state) {
    (void)state;
    struct subject subject;
    begin(&subject,
          "data: {kind: points, sources: 2}\nnetwork: {kind: dense, hidden: [3, 4]}\n" REST);
    static const double prices[] = {1, 2, 3};
    subject.job.loss.weights = (struct reals){prices, 2};
    expect(&subject, agreement_check, NULL);
    subject.job.loss.weights.count = 3;
    expect(
        &subject, agreement_check,
        "s.yaml:4:25: loss.weights: 3 coefficients; expected one, or one for each of the 2 weight "
        "matrices of 'dense'");
    built_end(&subject.built);
}

/* Samples, or whole sequences where the network takes them; of a bound, what there is for sure. */
static void test_batches(void **state) {
    (void)state;
    struct subject subject;
    begin(&subject, DENSE);
    subject.job.train.batch = 32;
    expect(&subject, agreement_check, NULL);
    subject.size.fewest = 31;
    expect(&subject, agreement_check,
           "s.yaml:3:28: train.batch: a batch of 32 samples, and the data set has 31: expected no "
           "more, or 0 for all of them");
    built_end(&subject.built);
    begin(&subject, "data: {kind: tune}\nnetwork: {kind: echo}\n" REST);
    subject.job.train.batch = 3;
    expect(&subject, agreement_check, NULL);
    subject.job.train.batch = 4;
    expect(&subject, agreement_check,
           "s.yaml:3:28: train.batch: a batch of 4 sequences, and the data set has 3: expected no "
           "more, or 0 for all of them");
    built_end(&subject.built);
}

/* What exceeds every machine's memory, and the key that contributes most. */
static void test_memory(void **state) {
    (void)state;
    struct subject subject;
    struct error error = {0};
    begin(&subject, DENSE);
    const struct agreement in = {&subject.built.sweep, &subject.job, &subject.size};
    subject.size.samples = (size_t)1 << 50;
    assert_int_equal(agreement_check(&in, &error), STATUS_BAD_INPUT);
    assert_message(&error, "s.yaml:1:14: data.kind: network 'dense' with ");
    assert_message(&error, " GB a rank, and this machine has ");
    built_end(&subject.built);
}

static void test_scores(void **state) {
    (void)state;
    agree(DENSE "scores: [spread, order]\n", NULL);
    agree("network: {kind: idle}\nscores: [spread]\n",
          "s.yaml:2:10: scores: 'spread' needs a data section");
    agree("data: {kind: points, sources: 2}\nnetwork: {kind: idle}\nscores: [spread, order]\n",
          "s.yaml:3:18: scores: 'order' needs latents, and network 'idle' has none");
    agree(DENSE "scores: census\n",
          "s.yaml:5:9: scores: 'census' counts labels; the sources of 'points' are continuous; "
          "use 'spread'");
}

/* Only whether it is NULL matters. */
static enum status known_optimum(const struct network_shape *shape, const struct dataset *data,
                                 const struct costs *costs, double threshold, struct arena *arena,
                                 double *weights, double *latents, double *outputs,
                                 struct error *error) {
    (void)shape, (void)data, (void)costs, (void)threshold, (void)arena;
    weights[0] = latents[0] = outputs[0] = 0;
    return error_set(error, STATUS_SYSTEM, "for tests");
}

static void test_predictions(void **state) {
    (void)state;
    static const struct score theory = {.component = {.name = "theory"},
                                        .compares_sources = true,
                                        .predictions = ~(unsigned)PREDICTION_MARGIN};
    static const struct score *const of_theory[] = {&theory};
    static const struct network solved = {.component = {.name = "solved"},
                                          .trains = true,
                                          .shape = dense_shape,
                                          .optimal = known_optimum};
    struct subject subject;
    begin(&subject, DENSE "scores: [spread]\n");
    subject.built.sweep.scores[0] = of_theory[0];
    expect(&subject, agreement_check,
           "s.yaml:5:10: scores: 'theory' is known for networks such as linear_autoencoder, not "
           "'dense'");
    subject.job.network = &solved;
    expect(&subject, agreement_check, NULL);
    subject.job.loss.sparsity = 1;
    expect(&subject, agreement_check,
           "s.yaml:5:10: scores: 'theory' is only known for a loss without sparsity");
    subject.size.sources = 1;
    expect(&subject, agreement_check,
           "s.yaml:5:10: scores: 'theory' compares sources; 'points' has one");
    built_end(&subject.built);
}

static void test_exact_solvers(void **state) {
    (void)state;
    static const struct solver exact = {.component = {.name = "exact"}, .exact = true};
    static const struct network solved = {.component = {.name = "solved"},
                                          .trains = true,
                                          .shape = dense_shape,
                                          .optimal = known_optimum};
    static const double prices[] = {0.1, 0.2};
    struct subject subject;
    begin(&subject, DENSE);
    expect(&subject, agreement_check_exact, NULL);
    subject.job.solver = &exact;
    subject.job.loss.weights = (struct reals){prices, 2};
    expect(
        &subject, agreement_check_exact,
        "s.yaml:1:1: train.solver: solver 'exact' knows no optimum of network 'dense'; expected a "
        "network such as linear_autoencoder");
    subject.job.network = &solved;
    expect(&subject, agreement_check_exact, NULL);
    subject.job.train.batch = 2;
    expect(&subject, agreement_check_exact,
           "s.yaml:3:28: train.batch: solver 'exact' takes no steps; expected 0");
    subject.job.train.batch = 0;
    subject.job.loss.fit = 0;
    expect(
        &subject, agreement_check_exact,
        "s.yaml:4:13: loss.fit: solver 'exact': without fit no network is best; expected it above "
        "0");
    subject.job.loss.fit = 1;
    static const double free_readout[] = {0.1, 0};
    subject.job.loss.weights.values = free_readout;
    expect(
        &subject, agreement_check_exact,
        "s.yaml:4:25: loss.weights: solver 'exact': without a price on weights no network is best; "
        "expected it above 0");
    subject.job.loss.sparsity = 1;
    expect(&subject, agreement_check_exact,
           "s.yaml:1:1: loss.sparsity: solver 'exact' knows no optimum with sparsity; expected 0");
    built_end(&subject.built);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_inputs_and_targets),
        cmocka_unit_test(test_sequences),
        cmocka_unit_test(test_coefficients),
        cmocka_unit_test(test_batches),
        cmocka_unit_test(test_memory),
        cmocka_unit_test(test_scores),
        cmocka_unit_test(test_predictions),
        cmocka_unit_test(test_exact_solvers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
