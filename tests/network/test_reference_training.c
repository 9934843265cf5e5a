/*
 * Every case of the reference file: first gradient, first and last loss, and weights after some
 * steps, on every variant of the kernels.
 */
#include "network/training_cases.h"

/* The coefficients that the text names, in the convention of struct loss_settings. */
static void set_linear_loss(const struct reference_case *place, struct trial *trial,
                            struct arena *arena) {
    char text[LOSS_BYTES] = "";
    double activity = NAN;
    double half = NAN;
    double negativity = NAN;
    double weights = NAN;
    double half_weights = NAN;
    int end = -1;
    read_loss_text(place, text);
    /* A number out of range makes every comparison fail. NOLINTNEXTLINE(cert-err34-c) */
    int found = sscanf(text,
                       "mean((x-xh)^2) + %lf*%lf*mean_n|z|^2 + %lf*mean_n sum_j relu(-z) + "
                       "%lf*%lf*(|W1|^2+|W2|^2)%n",
                       &activity, &half, &negativity, &weights, &half_weights, &end);
    if (found != 5 || end < 0 || text[end] != '\0') {
        fail_msg("%s: the loss '%s' is of a form not known here", place->group, text);
    }
    trial->job.loss.activity = activity * half;
    trial->job.loss.negativity = negativity;
    trial_penalise_weights(trial, weights * half_weights, arena);
}

static struct trial read_linear(const struct reference_case *place, struct arena *arena) {
    struct points x = reference_read(place, "data/x", arena);
    struct points hidden = reference_read(place, "init/b1", arena);
    struct trial trial = trial_make(x.rows, x.columns, hidden.rows, arena);
    trial.data.sources = trial.data.inputs = trial.data.targets = x.values;
    trial.initial = read_tensors(place, "init", &trial.shape, arena);
    trial.job.train.learning_rate = reference_number(place, "learning_rate");
    set_linear_loss(place, &trial, arena);
    return trial;
}

static struct integers list_of(const int64_t *values, size_t count, struct arena *arena) {
    struct error error = {0};
    int64_t *copy;
    assert_ok(&error, ARENA_NEW(arena, copy, count, &error));
    memcpy(copy, values, count * sizeof *copy);
    return (struct integers){copy, count};
}

/* Makes the trial one of another network, with the hidden widths given. */
static void set_network(struct trial *trial, const char *name, struct integers hidden) {
    struct job *job = &trial->job;
    job->network = network_called(name);
    memset(&job->network_settings, 0, sizeof job->network_settings);
    memcpy(
        setting_of(&job->network_settings, &job->network->component, "hidden", PARAMETER_INTEGERS),
        &hidden, sizeof hidden);
}

static void find_shape(struct trial *trial) {
    struct error error = {0};
    assert_int_equal(trial->job.network->shape(trial->job.network_settings.bytes, &trial->data.size,
                                               &trial->shape, &error),
                     STATUS_OK);
}

/* The widths of layers first to last, as their biases tell. */
static struct integers read_widths(const struct reference_case *place, int first, int last,
                                   struct arena *arena) {
    int64_t widths[NETWORK_TENSORS_MAX];
    for (int k = first; k <= last; k++) {
        char name[NAME_BYTES];
        (void)snprintf(name, sizeof name, "init/b%d", k);
        widths[k - first] = (int64_t)reference_read(place, name, arena).rows;
    }
    return list_of(widths, (size_t)last + 1 - (size_t)first, arena);
}

static int count_layers(const struct reference_case *place) {
    int layers = 0;
    char name[NAME_BYTES];
    do {
        (void)snprintf(name, sizeof name, "init/b%d", layers + 1);
    } while (has_group(place, name) && ++layers < NETWORK_TENSORS_MAX);
    return layers;
}

static struct trial read_mlp(const struct reference_case *place, struct arena *arena) {
    struct points x = reference_read(place, "data/x", arena);
    struct trial trial = trial_make(x.rows, x.columns, 1, arena);
    int middle = count_layers(place) / 2;
    int64_t latent = read_widths(place, middle, middle, arena).values[0];
    set_network(&trial, "mlp_autoencoder", read_widths(place, 1, middle - 1, arena));
    memcpy(setting_of(&trial.job.network_settings, &trial.job.network->component, "latent",
                      PARAMETER_INTEGER),
           &latent, sizeof latent);
    find_shape(&trial);
    trial.data.sources = trial.data.inputs = trial.data.targets = x.values;
    trial.initial = read_tensors(place, "init", &trial.shape, arena);
    trial.job.train.learning_rate = reference_number(place, "learning_rate");
    char text[LOSS_BYTES] = "";
    double activity = NAN;
    double weights = NAN;
    int end = -1;
    read_loss_text(place, text);
    const char *form =
        "mean((x-xh)^2) + %lf*mean(z^2) + mean(relu(-z)) + %lf*sum|W|^2 ; z = output "
        "of layer 3, linear; hidden layers relu%n";
    /* A number out of range makes every comparison fail. NOLINTNEXTLINE(cert-err34-c) */
    int found = sscanf(text, form, &activity, &weights, &end);
    if (found != 2 || end < 0 || text[end] != '\0') {
        fail_msg("%s: the loss '%s' is of a form not known here", place->group, text);
    }
    trial.job.loss.activity = activity / (double)latent; /* its mean is over units as well */
    trial.job.loss.negativity = 1.0 / (double)latent;
    trial_penalise_weights(&trial, weights, arena);
    return trial;
}

/* Samples of weight above 0 in the order of their inputs, as distributions give them. */
static void read_one_hot(const struct reference_case *place, struct trial *trial,
                         struct arena *arena) {
    struct error error = {0};
    struct points x = reference_read(place, "data/x", arena);
    struct points y = reference_read(place, "data/y", arena);
    struct points weight = reference_read(place, "data/weight", arena);
    uint32_t *hot;
    double *targets = numbers_of(arena, y.rows * y.columns);
    double *weights = numbers_of(arena, y.rows);
    double total = 0.0;
    size_t count = 0;
    assert_ok(&error, ARENA_NEW(arena, hot, x.rows, &error));
    for (size_t n = 0; n < x.rows; n++) {
        total += weight.values[n];
    }
    for (size_t input = 0; input < x.columns; input++) {
        for (size_t n = 0; n < x.rows; n++) {
            if (x.values[n * x.columns + input] != 1.0 || weight.values[n] == 0.0) {
                continue;
            }
            memcpy(targets + count * y.columns, y.values + n * y.columns,
                   y.columns * sizeof *targets);
            weights[count] = weight.values[n] / total;
            hot[count++] = (uint32_t)input;
        }
    }
    trial->data = (struct dataset){.size = {.samples = count,
                                            .sources = y.columns,
                                            .inputs = x.columns,
                                            .targets = y.columns,
                                            .one_hot = true},
                                   .sources = targets,
                                   .hot = hot,
                                   .targets = targets,
                                   .weights = weights};
}

static struct trial read_what_where(const struct reference_case *place, struct arena *arena) {
    struct trial trial = trial_make(1, 1, 1, arena);
    read_one_hot(place, &trial, arena);
    set_network(&trial, "feedforward", read_widths(place, 1, count_layers(place) - 1, arena));
    find_shape(&trial);
    trial.initial = read_tensors(place, "init", &trial.shape, arena);
    trial.job.train.learning_rate = reference_number(place, "learning_rate");
    char text[LOSS_BYTES] = "";
    double weights = NAN;
    int end = -1;
    read_loss_text(place, text);
    /* NOLINTNEXTLINE(cert-err34-c) */
    int found = sscanf(text,
                       "weighted mean over inputs of mean_k (y-yh)^2 + %lf*|h|^2, weights "
                       "weight/sum(weight); + %lf*(|W1|^2+|W2|^2)%n",
                       &trial.job.loss.activity, &weights, &end);
    if (found != 2 || end < 0 || text[end] != '\0') {
        fail_msg("%s: the loss '%s' is of a form not known here", place->group, text);
    }
    trial_penalise_weights(&trial, weights, arena);
    return trial;
}

/* A table of any number of dimensions, the last of them its columns; *steps is the one before it.
 */
static struct points read_sequences(const struct reference_case *place, const char *name,
                                    size_t *steps, struct arena *arena) {
    enum { DIMENSIONS_MAX = 3 };
    hsize_t extents[DIMENSIONS_MAX];
    H5T_class_t type;
    size_t bytes;
    int dimensions = 0;
    char dataset[2 * NAME_BYTES];
    (void)snprintf(dataset, sizeof dataset, "/%s/%s", place->group, name);
    assert_true(H5LTget_dataset_ndims(place->file, dataset, &dimensions) >= 0);
    assert_in_range(dimensions, 2, DIMENSIONS_MAX);
    assert_true(H5LTget_dataset_info(place->file, dataset, extents, &type, &bytes) >= 0);
    size_t columns = (size_t)extents[dimensions - 1];
    *steps = (size_t)extents[dimensions - 2];
    size_t rows = *steps * (dimensions == DIMENSIONS_MAX ? (size_t)extents[0] : 1);
    struct points points = {.rows = rows, .columns = columns};
    points.values = numbers_of(arena, rows * columns);
    assert_true(H5LTread_dataset_double(place->file, dataset, points.values) >= 0);
    return points;
}

static struct trial read_recurrent(const struct reference_case *place, const char *name,
                                   struct arena *arena) {
    size_t steps;
    struct points x = read_sequences(place, "data/x", &steps, arena);
    struct points y = read_sequences(place, "data/y", &steps, arena);
    int64_t hidden = (int64_t)reference_read(place, "init/br", arena).rows;
    struct trial trial = trial_make(x.rows, x.columns, 1, arena);
    trial.job.network = network_called(name);
    memset(&trial.job.network_settings, 0, sizeof trial.job.network_settings);
    memcpy(setting_of(&trial.job.network_settings, &trial.job.network->component, "hidden",
                      PARAMETER_INTEGER),
           &hidden, sizeof hidden);
    trial.data.size.steps = steps;
    trial.data.size.targets = y.columns;
    trial.data.inputs = x.values;
    trial.data.sources = trial.data.targets = y.values;
    find_shape(&trial);
    trial.initial = read_tensors(place, "init", &trial.shape, arena);
    trial.job.train.learning_rate = reference_number(place, "learning_rate");
    trial.job.train.clip = CLIP_NORM;
    trial.job.train.clip_at = reference_number(place, "clip");
    return trial;
}

static struct trial read_linear_rnn(const struct reference_case *place, struct arena *arena) {
    struct trial trial = read_recurrent(place, "linear_rnn", arena);
    char text[LOSS_BYTES] = "";
    double activity = NAN;
    double weights = NAN;
    double negativity = NAN;
    double half = NAN;
    double clip = NAN;
    int end = -1;
    read_loss_text(place, text);
    const char *form = "mean((y-yh)^2) + %lf*mean(h^2) + %lf*(|Wr|^2+|Wi|^2+|Wo|^2) + "
                       "%lf*mean(%lf*(h-|h|)^2); h0=0; h=Wr h+br+Wi x+bi; gradient clipped to "
                       "global norm %lf%n";
    /* A number out of range makes every comparison fail. NOLINTNEXTLINE(cert-err34-c) */
    int found = sscanf(text, form, &activity, &weights, &negativity, &half, &clip, &end);
    if (found != 5 || end < 0 || text[end] != '\0') {
        fail_msg("%s: the loss '%s' is of a form not known here", place->group, text);
    }
    /* Its means are over units as well, and h − |h| is twice the negative part. */
    trial.job.loss.activity = activity / (double)trial.shape.latents;
    trial.job.loss.negativity = 4.0 * half * negativity / (double)trial.shape.latents;
    trial.job.loss.negativity_power = 2;
    trial_penalise_weights(&trial, weights, arena);
    return trial;
}

static void penalise_means(struct trial *trial, struct arena *arena) {
    double *coefficients = numbers_of(arena, trial->shape.tensor_count);
    size_t count = 0;
    for (size_t t = 0; t < trial->shape.tensor_count; t++) {
        const struct tensor_shape *tensor = &trial->shape.tensors[t];
        if (tensor->penalised) {
            coefficients[count++] = 1.0 / (double)(tensor->rows * tensor->columns);
        }
    }
    trial->job.loss.weights = (struct reals){coefficients, count};
}

static struct trial read_relu_rnn(const struct reference_case *place, struct arena *arena) {
    struct trial trial = read_recurrent(place, "relu_rnn", arena);
    char text[LOSS_BYTES] = "";
    double clip = NAN;
    int end = -1;
    read_loss_text(place, text);
    const char *form = "%lf*mean((y-yh)^2) + mean(h^2) + mean(Wr^2)+mean(Wi^2)+mean(Wo^2); "
                       "h=relu(...); gradient clipped to global norm %lf%n";
    /* NOLINTNEXTLINE(cert-err34-c) */
    int found = sscanf(text, form, &trial.job.loss.fit, &clip, &end);
    if (found != 2 || end < 0 || text[end] != '\0') {
        fail_msg("%s: the loss '%s' is of a form not known here", place->group, text);
    }
    trial.job.loss.activity = 1.0 / (double)trial.shape.latents;
    penalise_means(&trial, arena);
    return trial;
}

static const struct family families[] = {
    {.prefix = "linear_autoencoder_", .weights_tolerance = 1e-3, .read = read_linear},
    {.prefix = "mlp_autoencoder_", .weights_tolerance = 2e-3, .read = read_mlp},
    {.prefix = "what_where_", .weights_tolerance = 2e-3, .read = read_what_where},
    {.prefix = "linear_rnn_", .weights_tolerance = 2e-3, .read = read_linear_rnn},
    {.prefix = "relu_rnn_", .weights_tolerance = 2e-3, .read = read_relu_rnn},
};

static void test_every_case(void **state) {
    (void)state;
    size_t count = 0;
    for (size_t k = 0; k < sizeof families / sizeof families[0]; k++) {
        count += check_family(&families[k]);
    }
    assert_true(count > 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_every_case)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
