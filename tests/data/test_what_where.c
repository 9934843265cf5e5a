#include "data/drawn.h"
#include "reference.h"
#include "score/scored.h"

#include <hdf5.h>
#include <hdf5_hl.h>
#include <stdio.h>

enum { LEVELS = 9, CELLS = LEVELS * LEVELS, TEXT_BYTES = 128 };

static const int TRIANGLES[] = {0, 1, 3, 6, 10, 15, 21, 28, 36};
static const int DIAGONALS[] = {0, 1, 3, 5, 7, 9, 11, 13, 15, 17};

/* Weights by label, 0 where a combination does not occur. */
struct table {
    double weight[LEVELS][LEVELS]; /* [what][where] */
};

static void begin_change(struct drawn *drawn, const char *change, double amount) {
    char text[TEXT_BYTES];
    (void)snprintf(text, sizeof text, "%.17g", amount);
    begin(drawn, "what_where");
    set_named(drawn, "change", change);
    set_named(drawn, "amount", text);
}

static struct table tabulate(const struct dataset *data) {
    struct table table = {0};
    for (size_t n = 0; n < data->size.samples; n++) {
        int what = (int)data->sources[2 * n];
        int where = (int)data->sources[2 * n + 1];
        assert_true(what >= 0 && what < LEVELS && where >= 0 && where < LEVELS);
        assert_true(table.weight[what][where] == 0);
        table.weight[what][where] = data->weights[n];
    }
    return table;
}

static struct table table_of(const char *change, double amount) {
    struct drawn drawn;
    begin_change(&drawn, change, amount);
    struct table table = tabulate(draw(&drawn, 1));
    end(&drawn);
    return table;
}

static size_t occurring(const struct table *table) {
    size_t count = 0;
    for (size_t k = 0; k < CELLS; k++) {
        count += table->weight[k / LEVELS][k % LEVELS] > 0;
    }
    return count;
}

/* Every combination once, each at the pixel that the definition names, in the order of pixels. */
static void test_pixels_and_targets(void **state) {
    (void)state;
    struct drawn drawn;
    begin(&drawn, "what_where");
    const struct dataset *data = draw(&drawn, 1);
    assert_int_equal(data->size.samples, CELLS);
    assert_int_equal(data->size.sources, 2);
    assert_int_equal(data->size.inputs, CELLS);
    assert_int_equal(data->size.targets, 2);
    assert_true(data->size.one_hot && data->size.labels);
    for (size_t n = 0; n < CELLS; n++) {
        int what = (int)data->sources[2 * n];
        int where = (int)data->sources[2 * n + 1];
        int row = 3 * (where / 3) + what / 3;
        int column = 3 * (where % 3) + what % 3;
        assert_int_equal(data->hot[n], 9 * row + column);
        assert_int_equal(data->hot[n], n);
        assert_true(data->targets[2 * n] == what - 4);
        assert_true(data->targets[2 * n + 1] == where - 4);
        assert_true(data->weights[n] == 1.0 / CELLS);
    }
    struct table table = tabulate(data);
    assert_int_equal(occurring(&table), CELLS);
    end(&drawn);
}

/* What is left keeps its pixel and its target. */
static void test_what_is_left_stays_in_place(void **state) {
    (void)state;
    struct drawn whole;
    struct drawn part;
    begin(&whole, "what_where");
    begin_change(&part, "diagonal", 17);
    const struct dataset *all = draw(&whole, 1);
    const struct dataset *left = draw(&part, 1);
    assert_int_equal(left->size.samples, CELLS - 17);
    for (size_t n = 0; n < left->size.samples; n++) {
        size_t pixel = left->hot[n];
        assert_true(n == 0 || left->hot[n - 1] < pixel);
        assert_memory_equal(left->sources + 2 * n, all->sources + 2 * pixel, 2 * sizeof(double));
        assert_memory_equal(left->targets + 2 * n, all->targets + 2 * pixel, 2 * sizeof(double));
    }
    end(&whole);
    end(&part);
}

/* size() has room for every condition, so that all have results, and costs, of one size. */
static void test_size_is_a_bound(void **state) {
    (void)state;
    struct drawn drawn;
    struct dataset_size size;
    begin_change(&drawn, "dropout", 36);
    assert_int_equal(draw(&drawn, 1)->size.samples, CELLS - 36);
    assert_int_equal(drawn.distribution->size(drawn.settings, &size, &drawn.error), STATUS_OK);
    assert_int_equal(size.samples, CELLS);
    end(&drawn);
}

struct condition {
    const char *group; /* of authors.h5 */
    const char *change;
    double amount;
};

static const struct condition CONDITIONS[] = {
    {"dropout_00", "dropout", 0},  {"dropout_03", "dropout", 3}, {"dropout_10", "dropout", 10},
    {"dropout_21", "dropout", 21}, {"diag_00", "diagonal", 0},   {"diag_09", "diagonal", 9},
    {"diag_17", "diagonal", 17},   {"corr_01", "correlate", 1},  {"corr_05", "correlate", 5},
};

/* The paper's own counts of each combination. */
static void test_weights_of_the_authors(void **state) {
    (void)state;
    const char *path = authors_path();
    for (size_t k = 0; k < COUNT(CONDITIONS); k++) {
        struct arena arena = {0};
        struct table table = table_of(CONDITIONS[k].change, CONDITIONS[k].amount);
        char group[TEXT_BYTES];
        (void)snprintf(group, sizeof group, "what_where/%s", CONDITIONS[k].group);
        const struct reference_case place = {.path = path, .group = group};
        struct points labels = reference_read(&place, "sources", &arena);
        struct points counts = reference_read(&place, "weight", &arena);
        double total = 0;
        assert_int_equal(labels.rows, CELLS);
        assert_int_equal(counts.rows, CELLS);
        for (size_t n = 0; n < CELLS; n++) {
            total += counts.values[n];
        }
        for (size_t n = 0; n < CELLS; n++) {
            const double *label = labels.values + 2 * n;
            double expected = counts.values[n] / total;
            double found = table.weight[(int)label[0]][(int)label[1]];
            if (fabs(found - expected) > DBL_EPSILON * expected) {
                fail_msg("%s: what %g where %g weighs %.17g, expected %.17g", CONDITIONS[k].group,
                         label[0], label[1], found, expected);
            }
        }
        arena_free(&arena);
    }
}

/* The score of the sources alone, as the paper gives it for each condition. */
static void test_multiinformation_of_the_authors(void **state) {
    (void)state;
    hid_t file = H5Fopen(authors_path(), H5F_ACC_RDONLY, H5P_DEFAULT);
    assert_true(file >= 0);
    for (size_t k = 0; k < COUNT(CONDITIONS); k++) {
        char group[TEXT_BYTES];
        struct drawn drawn;
        (void)snprintf(group, sizeof group, "/what_where/%s", CONDITIONS[k].group);
        const struct reference_case place = {.file = file, .group = group};
        double expected = reference_number(&place, "multiinformation");
        begin_change(&drawn, CONDITIONS[k].change, CONDITIONS[k].amount);
        const struct dataset *data = draw(&drawn, 1);
        struct score_input input = {.samples = data->size.samples,
                                    .sources = data->size.sources,
                                    .source = data->sources,
                                    .weights = data->weights};
        assert_true(same_within(score_of("multiinformation", &input, NULL), expected, 1e-14));
        end(&drawn);
    }
    assert_true(H5Fclose(file) >= 0);
}

/* Each larger triangle has the smaller one in it and one more line of cells, from the same corner.
 */
static void test_triangles(void **state) {
    (void)state;
    for (int side = 0; side < (int)COUNT(TRIANGLES); side++) {
        assert_int_equal(TRIANGLES[side], side * (side + 1) / 2);
        struct table table = table_of("dropout", TRIANGLES[side]);
        size_t left = CELLS - (size_t)TRIANGLES[side];
        assert_int_equal(occurring(&table), left);
        for (int what = 0; what < LEVELS; what++) {
            for (int where = 0; where < LEVELS; where++) {
                bool gone = LEVELS - 1 - what + where < side; /* steps from the corner */
                assert_true(table.weight[what][where] == (gone ? 0 : 1.0 / (double)left));
            }
        }
    }
}

/* The diagonal of equal labels first, then the other, each from the centre out in pairs. */
static void test_diagonals_from_the_centre(void **state) {
    (void)state;
    for (size_t k = 0; k < COUNT(DIAGONALS); k++) {
        struct table table = table_of("diagonal", DIAGONALS[k]);
        int first = DIAGONALS[k] < LEVELS ? DIAGONALS[k] : LEVELS;
        int second = DIAGONALS[k] - first;
        assert_int_equal(occurring(&table), CELLS - DIAGONALS[k]);
        for (int what = 0; what < LEVELS; what++) {
            for (int where = 0; where < LEVELS; where++) {
                int distance = abs(what - 4);
                bool on_first = what == where && 2 * distance < first;
                bool on_second = what + where == 8 && distance > 0 && 2 * distance <= second;
                assert_true((table.weight[what][where] == 0) == (on_first || on_second));
            }
        }
    }
}

static void test_correlation_weighs_the_diagonal(void **state) {
    (void)state;
    const double weights[] = {1, 1.5, 5, 1e6};
    for (size_t k = 0; k < COUNT(weights); k++) {
        struct table table = table_of("correlate", weights[k]);
        double total = CELLS - LEVELS + LEVELS * weights[k];
        for (int what = 0; what < LEVELS; what++) {
            for (int where = 0; where < LEVELS; where++) {
                double expected = (what == where ? weights[k] : 1) / total;
                assert_near(table.weight[what][where], expected, DBL_EPSILON * expected);
            }
        }
    }
}

static bool among(int amount, const int *amounts, size_t count) {
    for (size_t k = 0; k < count; k++) {
        if (amounts[k] == amount) {
            return true;
        }
    }
    return false;
}

static void assert_judged(const char *change, double amount, bool good, const char *expected) {
    struct drawn drawn;
    begin_change(&drawn, change, amount);
    assert_int_equal(check_settings(&drawn), good ? STATUS_OK : STATUS_BAD_INPUT);
    if (!good) {
        assert_string_equal(drawn.error.culprit, "amount");
        assert_message(&drawn.error, change);
        assert_message(&drawn.error, expected);
    }
    end(&drawn);
}

static void test_amounts(void **state) {
    (void)state;
    const char triangle[] = "expected a triangle of 0, 1, 3, 6, 10, 15, 21, 28 or 36 cells";
    const char odd[] = "expected 0, or an odd number of cells up to 17";
    for (int amount = 0; amount <= CELLS + 1; amount++) {
        assert_judged("dropout", amount, among(amount, TRIANGLES, COUNT(TRIANGLES)), triangle);
        assert_judged("diagonal", amount, among(amount, DIAGONALS, COUNT(DIAGONALS)), odd);
        assert_judged("correlate", amount, amount >= 1, "expected a weight of at least 1");
        assert_judged("independent", amount, amount == 0, "expected none");
    }
    assert_judged("dropout", 2.5, false, triangle);
    assert_judged("dropout", 1e6, false, triangle);
    assert_judged("diagonal", 8.5, false, odd);
    assert_judged("correlate", 0.99, false, "expected a weight of at least 1");
    assert_judged("correlate", 1.5, true, "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pixels_and_targets),
        cmocka_unit_test(test_what_is_left_stays_in_place),
        cmocka_unit_test(test_size_is_a_bound),
        cmocka_unit_test(test_weights_of_the_authors),
        cmocka_unit_test(test_multiinformation_of_the_authors),
        cmocka_unit_test(test_triangles),
        cmocka_unit_test(test_diagonals_from_the_centre),
        cmocka_unit_test(test_correlation_weighs_the_diagonal),
        cmocka_unit_test(test_amounts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
