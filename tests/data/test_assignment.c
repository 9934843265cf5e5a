#include "data/assignment.h"

#include "base/random.h"
#include "check.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

enum { SMALL = 7, SMALL_TRIALS = 200, LARGE = 200, LARGE_TRIALS = 5 };

/* Costs of one problem, with room for its solution. */
struct trial {
    struct arena arena;
    struct random_stream stream;
    struct assignment found;
    double *costs;
};

static void begin(struct trial *trial, size_t size, uint64_t number) {
    struct error error = {0};
    *trial =
        (struct trial){.stream = random_stream_of((struct job_hash){{number, size}}, RANDOM_DATA)};
    assert_ok(&error, ARENA_NEW(&trial->arena, trial->costs, size * size, &error));
    assert_ok(&error, assignment_new(size, &trial->arena, &trial->found, &error));
}

/* How the costs of a trial are drawn. */
typedef void draw_costs(struct trial *trial);

static void draw_uniform(struct trial *trial) {
    for (size_t k = 0; k < trial->found.size * trial->found.size; k++) {
        trial->costs[k] = 20 * random_uniform(&trial->stream) - 10;
    }
}

/* Most optima are many. */
static void draw_ties(struct trial *trial) {
    for (size_t k = 0; k < trial->found.size * trial->found.size; k++) {
        trial->costs[k] = (double)random_below(&trial->stream, 4);
    }
}

static void draw_equal(struct trial *trial) {
    for (size_t k = 0; k < trial->found.size * trial->found.size; k++) {
        trial->costs[k] = 1.0 / 3;
    }
}

/* Squared distances of points in a plane, as the teacher has them. */
static void draw_distances(struct trial *trial) {
    size_t size = trial->found.size;
    double from[LARGE][2];
    double to[LARGE][2];
    for (size_t i = 0; i < size; i++) {
        for (size_t c = 0; c < 2; c++) {
            from[i][c] = random_uniform(&trial->stream);
            to[i][c] = random_uniform(&trial->stream);
        }
    }
    for (size_t k = 0; k < size * size; k++) {
        double x = from[k / size][0] - to[k % size][0];
        double y = from[k / size][1] - to[k % size][1];
        trial->costs[k] = x * x + y * y;
    }
}

/* Products of ranks: every free row is displaced again and again. */
static void draw_products(struct trial *trial) {
    size_t size = trial->found.size;
    for (size_t k = 0; k < size * size; k++) {
        size_t product = (k / size + 1) * (k % size + 1);
        trial->costs[k] = (double)product;
    }
}

/* Prices differ by less than what is left of them in rounding. */
static void draw_nearly_equal(struct trial *trial) {
    for (size_t k = 0; k < trial->found.size * trial->found.size; k++) {
        trial->costs[k] = 1 + DBL_EPSILON * (double)random_below(&trial->stream, 50);
    }
}

static draw_costs *const kinds[] = {draw_uniform,   draw_ties,     draw_equal,
                                    draw_distances, draw_products, draw_nearly_equal};

enum { KINDS = sizeof kinds / sizeof kinds[0] };

static double total_of(const struct trial *trial) {
    double total = 0;
    for (size_t i = 0; i < trial->found.size; i++) {
        total += trial->costs[i * trial->found.size + (size_t)trial->found.column[i]];
    }
    return total;
}

/* One column to each row, and both lists say the same. */
static void assert_permutation(const struct assignment *found) {
    bool taken[LARGE] = {false};
    for (size_t i = 0; i < found->size; i++) {
        int32_t column = found->column[i];
        assert_true(column >= 0 && column < (int32_t)found->size);
        assert_false(taken[column]);
        taken[column] = true;
        assert_int_equal(found->row[column], i);
    }
}

/* Least total over all assignments of the rows from `row` on. */
static double least_from(const struct trial *trial, size_t row, unsigned taken) {
    size_t size = trial->found.size;
    double least = row == size ? 0 : INFINITY;
    for (size_t j = 0; row < size && j < size; j++) {
        if ((taken & (1u << j)) == 0) {
            double rest = least_from(trial, row + 1, taken | 1u << j);
            least = fmin(least, trial->costs[row * size + j] + rest);
        }
    }
    return least;
}

static void test_against_all_permutations(void **state) {
    (void)state;
    for (size_t size = 1; size <= SMALL; size++) {
        for (uint64_t number = 0; number < SMALL_TRIALS; number++) {
            struct trial trial;
            begin(&trial, size, number);
            kinds[number % KINDS](&trial);
            assignment_solve(trial.costs, &trial.found);
            assert_permutation(&trial.found);
            double least = least_from(&trial, 0, 0);
            assert_near(total_of(&trial), least, 1e-13 * (1 + fabs(least)));
            arena_free(&trial.arena);
        }
    }
}

static double largest_cost(const struct trial *trial) {
    double largest = 0;
    for (size_t k = 0; k < trial->found.size * trial->found.size; k++) {
        largest = fmax(largest, fabs(trial->costs[k]));
    }
    return largest;
}

/* Prices prove that no assignment costs less: together they are below every cost, and reach it
 * where a row has its column. */
static void test_prices_prove_the_optimum(void **state) {
    (void)state;
    for (size_t number = 0; number < (size_t)KINDS * LARGE_TRIALS; number++) {
        struct trial trial;
        begin(&trial, LARGE - number % KINDS, number);
        kinds[number % KINDS](&trial);
        assignment_solve(trial.costs, &trial.found);
        assert_permutation(&trial.found);
        const struct assignment *found = &trial.found;
        double rounding = 1e-12 * largest_cost(&trial);
        for (size_t k = 0; k < found->size * found->size; k++) {
            size_t i = k / found->size;
            size_t j = k % found->size;
            double left = trial.costs[k] - found->row_price[i] - found->column_price[j];
            assert_true(left >= -rounding);
            assert_true(found->column[i] != (int32_t)j || left <= rounding);
        }
        arena_free(&trial.arena);
    }
}

/* Prices to begin with change how long it takes, not what is found. */
static void test_any_prices_lead_to_the_optimum(void **state) {
    (void)state;
    for (size_t number = 0; number < (size_t)KINDS * LARGE_TRIALS; number++) {
        struct trial trial;
        begin(&trial, LARGE / (1 + number % 3), number);
        kinds[number % KINDS](&trial);
        assignment_solve(trial.costs, &trial.found);
        double least = total_of(&trial);
        double rounding = 1e-12 * largest_cost(&trial) * LARGE;
        assignment_solve_from_prices(trial.costs, &trial.found); /* the best there are */
        assert_permutation(&trial.found);
        assert_near(total_of(&trial), least, rounding);
        for (size_t j = 0; j < trial.found.size; j++) {
            trial.found.column_price[j] = random_normal(&trial.stream);
        }
        assignment_solve_from_prices(trial.costs, &trial.found);
        assert_permutation(&trial.found);
        assert_near(total_of(&trial), least, rounding);
        arena_free(&trial.arena);
    }
}

/* What an earlier problem left in the room does not matter. */
static void test_room_is_used_again(void **state) {
    (void)state;
    struct trial first;
    struct trial again;
    begin(&first, LARGE, 1);
    begin(&again, LARGE, 1);
    draw_uniform(&again);
    assignment_solve(again.costs, &again.found);
    again.stream = first.stream;
    draw_ties(&first);
    draw_ties(&again);
    assignment_solve(first.costs, &first.found);
    assignment_solve(again.costs, &again.found);
    assert_memory_equal(first.found.column, again.found.column, LARGE * sizeof(int32_t));
    assert_memory_equal(first.found.row_price, again.found.row_price, LARGE * sizeof(double));
    arena_free(&first.arena);
    arena_free(&again.arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_against_all_permutations),
        cmocka_unit_test(test_prices_prove_the_optimum),
        cmocka_unit_test(test_any_prices_lead_to_the_optimum),
        cmocka_unit_test(test_room_is_used_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
