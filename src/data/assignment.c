/*
 * R. Jonker & A. Volgenant 1987, A shortest augmenting path algorithm for dense and sparse linear
 * assignment problems: column reduction, reduction transfer and augmenting row reduction assign
 * most rows at little cost; the rest are augmented along shortest paths.
 */
#include "data/assignment.h"

#include <math.h>
#include <stdbool.h>

enum {
    NOBODY = -1,
    ROW_REDUCTIONS = 2, /* passes, as in the paper */
    /* Steps of one pass for each row: prices in floating point may fall by ever less. */
    REDUCTION_STEPS = 4,
};

enum status assignment_new(size_t size, struct arena *arena, struct assignment *assignment,
                           struct error *error) {
    *assignment = (struct assignment){.size = size};
    TRY(ARENA_NEW(arena, assignment->column, size, error));
    TRY(ARENA_NEW(arena, assignment->row, size, error));
    TRY(ARENA_NEW(arena, assignment->row_price, size, error));
    TRY(ARENA_NEW(arena, assignment->column_price, size, error));
    TRY(ARENA_NEW(arena, assignment->distance, size, error));
    TRY(ARENA_NEW(arena, assignment->before, size, error));
    TRY(ARENA_NEW(arena, assignment->columns, size, error));
    return ARENA_NEW(arena, assignment->free_rows, size, error);
}

/* One problem under way. */
struct problem {
    const double *costs;
    struct assignment *own;
    int32_t size;
    int32_t free_count;
};

static const double *assignment_costs_of(const struct problem *in, int32_t row) {
    return in->costs + (size_t)row * in->own->size;
}

static void assignment_join(struct problem *in, int32_t row, int32_t column) {
    in->own->column[row] = column;
    in->own->row[column] = row;
}

/* Every column takes its cheapest row as price; the first column to ask for a row gets it. */
static void assignment_reduce_columns(struct problem *in) {
    struct assignment *own = in->own;
    for (int32_t j = 0; j < in->size; j++) {
        own->column[j] = own->row[j] = NOBODY;
        own->column_price[j] = in->costs[j];
        own->before[j] = 0;
    }
    for (int32_t i = 1; i < in->size; i++) {
        const double *costs = assignment_costs_of(in, i);
        for (int32_t j = 0; j < in->size; j++) {
            bool less = costs[j] < own->column_price[j];
            own->column_price[j] = less ? costs[j] : own->column_price[j];
            own->before[j] = less ? i : own->before[j];
        }
    }
    for (int32_t j = in->size - 1; j >= 0; j--) {
        if (own->column[own->before[j]] == NOBODY) {
            assignment_join(in, own->before[j], j);
        }
    }
}

/* The cheapest column of a row at the present prices, and the next, of at least two. */
struct offers {
    double least, second;
    int32_t best, other;
};

static struct offers assignment_offers_to(const struct problem *in, int32_t row) {
    const double *costs = assignment_costs_of(in, row);
    const double *prices = in->own->column_price;
    struct offers offers = {costs[0] - prices[0], INFINITY, 0, NOBODY};
    for (int32_t j = 1; j < in->size; j++) {
        double cost = costs[j] - prices[j];
        if (cost >= offers.second) {
            continue;
        }
        if (cost < offers.least) {
            offers = (struct offers){cost, offers.least, j, offers.best};
        } else {
            offers.second = cost;
            offers.other = j;
        }
    }
    return offers;
}

/* An assigned row could pay as much more as its next best column is dearer: the price of its
 * column falls by that. Rows without a column are listed. */
static void assignment_transfer_reduction(struct problem *in) {
    struct assignment *own = in->own;
    in->free_count = 0;
    for (int32_t i = 0; i < in->size; i++) {
        if (own->column[i] == NOBODY) {
            own->free_rows[in->free_count++] = i;
            continue;
        }
        struct offers offers = assignment_offers_to(in, i);
        if (offers.best == own->column[i]) {
            own->column_price[offers.best] -= offers.second - offers.least;
        }
    }
}

/* Every free row takes its cheapest column and lowers its price to that of the second cheapest; the
 * row that had it becomes free. Of two equally cheap columns, the row takes one that is not
 * assigned. */
static void assignment_reduce_rows(struct problem *in) {
    struct assignment *own = in->own;
    int64_t steps_left = (int64_t)REDUCTION_STEPS * in->size;
    int32_t waiting = in->free_count;
    int32_t next = 0;
    in->free_count = 0;
    while (next < waiting) {
        int32_t row = own->free_rows[next++];
        struct offers offers = assignment_offers_to(in, row);
        double price = own->column_price[offers.best] - (offers.second - offers.least);
        bool falls = price < own->column_price[offers.best];
        int32_t column = falls || own->row[offers.best] == NOBODY ? offers.best : offers.other;
        int32_t loser = own->row[column];
        own->column_price[offers.best] = price;
        assignment_join(in, row, column);
        if (loser != NOBODY && falls && steps_left-- > 0) {
            own->free_rows[--next] = loser;
        } else if (loser != NOBODY) {
            own->free_rows[in->free_count++] = loser;
        }
    }
}

/* Shortest paths from a free row to each column, in the order of their length. */
struct search {
    int32_t open;    /* the first `open` of the columns in their list are not yet reached */
    int32_t nearest; /* place of the nearest of them */
    double least;    /* its distance */
};

/* At first, distances are those of the free row's own edges. */
static struct search assignment_begin_search(struct problem *in, int32_t start) {
    struct assignment *own = in->own;
    const double *costs = assignment_costs_of(in, start);
    struct search search = {.open = in->size, .least = INFINITY};
    for (int32_t j = 0; j < in->size; j++) {
        double distance = costs[j] - own->column_price[j];
        own->columns[j] = j;
        own->distance[j] = distance;
        own->before[j] = start;
        if (distance < search.least) {
            search.least = distance;
            search.nearest = j;
        }
    }
    return search;
}

/* Moves the nearest column to the end of the open ones, which then end before it. */
static int32_t assignment_reach_nearest(struct assignment *own, struct search *search) {
    int32_t last = --search->open;
    int32_t column = own->columns[search->nearest];
    own->columns[search->nearest] = own->columns[last];
    own->distance[search->nearest] = own->distance[last];
    own->columns[last] = column;
    own->distance[last] = search->least;
    return column;
}

/* Extends paths through a column just reached and the row assigned to it. */
static void assignment_go_through(struct problem *in, struct search *search, int32_t column) {
    struct assignment *own = in->own;
    int32_t row = own->row[column];
    const double *costs = assignment_costs_of(in, row);
    double spent = costs[column] - own->column_price[column] - search->least;
    search->least = INFINITY;
    for (int32_t k = 0; k < search->open; k++) {
        int32_t j = own->columns[k];
        double distance = costs[j] - own->column_price[j] - spent;
        if (distance < own->distance[k]) {
            own->distance[k] = distance;
            own->before[j] = row;
        }
        if (own->distance[k] < search->least) {
            search->least = own->distance[k];
            search->nearest = k;
        }
    }
}

/* Swaps along the path back from its end, whose columns become the assigned ones. */
static void assignment_swap_along(struct problem *in, int32_t start, int32_t column) {
    int32_t row = NOBODY;
    while (row != start) {
        row = in->own->before[column];
        int32_t left = in->own->column[row];
        assignment_join(in, row, column);
        column = left;
    }
}

static void assignment_augment(struct problem *in, int32_t start) {
    struct assignment *own = in->own;
    struct search search = assignment_begin_search(in, start);
    double length = search.least;
    int32_t column = assignment_reach_nearest(own, &search);
    while (own->row[column] != NOBODY) {
        assignment_go_through(in, &search, column);
        length = search.least;
        column = assignment_reach_nearest(own, &search);
    }
    for (int32_t k = search.open; k < in->size; k++) {
        own->column_price[own->columns[k]] += own->distance[k] - length;
    }
    assignment_swap_along(in, start, column);
}

/* Completes an assignment that is optimal for its rows at the present column prices. */
static void assignment_complete(struct problem *in) {
    struct assignment *own = in->own;
    for (int pass = 0; in->size > 1 && pass < ROW_REDUCTIONS; pass++) {
        assignment_reduce_rows(in);
    }
    for (int32_t k = 0; k < in->free_count; k++) {
        assignment_augment(in, own->free_rows[k]);
    }
    for (int32_t i = 0; i < in->size; i++) {
        int32_t j = own->column[i];
        own->row_price[i] = assignment_costs_of(in, i)[j] - own->column_price[j];
    }
}

void assignment_solve(const double *costs, struct assignment *assignment) {
    struct problem in = {costs, assignment, (int32_t)assignment->size, 0};
    assignment_reduce_columns(&in);
    if (in.size > 1) {
        assignment_transfer_reduction(&in);
    }
    assignment_complete(&in);
}

void assignment_solve_from_prices(const double *costs, struct assignment *assignment) {
    struct problem in = {costs, assignment, (int32_t)assignment->size, 0};
    for (int32_t k = 0; k < in.size; k++) {
        assignment->column[k] = assignment->row[k] = NOBODY;
        assignment->free_rows[in.free_count++] = k;
    }
    assignment_complete(&in);
}
