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

static const double *costs_of(const struct problem *in, int32_t row) {
    return in->costs + (size_t)row * in->own->size;
}

static void join(struct problem *in, int32_t row, int32_t column) {
    in->own->column[row] = column;
    in->own->row[column] = row;
}

/* Every column asks its least cost; the first column that asks a row gets it. */
static void reduce_columns(struct problem *in) {
    struct assignment *own = in->own;
    for (int32_t j = 0; j < in->size; j++) {
        own->column[j] = own->row[j] = NOBODY;
        own->column_price[j] = in->costs[j];
        own->before[j] = 0;
    }
    for (int32_t i = 1; i < in->size; i++) {
        const double *costs = costs_of(in, i);
        for (int32_t j = 0; j < in->size; j++) {
            bool less = costs[j] < own->column_price[j];
            own->column_price[j] = less ? costs[j] : own->column_price[j];
            own->before[j] = less ? i : own->before[j];
        }
    }
    for (int32_t j = in->size - 1; j >= 0; j--) {
        if (own->column[own->before[j]] == NOBODY) {
            join(in, own->before[j], j);
        }
    }
}

/* The cheapest column of a row at the present prices, and the next, of at least two. */
struct offers {
    double least, second;
    int32_t best, other;
};

static struct offers offers_to(const struct problem *in, int32_t row) {
    const double *costs = costs_of(in, row);
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
static void transfer_reduction(struct problem *in) {
    struct assignment *own = in->own;
    in->free_count = 0;
    for (int32_t i = 0; i < in->size; i++) {
        if (own->column[i] == NOBODY) {
            own->free_rows[in->free_count++] = i;
            continue;
        }
        struct offers offers = offers_to(in, i);
        if (offers.best == own->column[i]) {
            own->column_price[offers.best] -= offers.second - offers.least;
        }
    }
}

/* Every free row takes its cheapest column and makes it dearer than the next for others; who had it
 * looks for another. Where two columns are as cheap, the row takes one that is not fought for. */
static void reduce_rows(struct problem *in) {
    struct assignment *own = in->own;
    int64_t steps_left = (int64_t)REDUCTION_STEPS * in->size;
    int32_t waiting = in->free_count;
    int32_t next = 0;
    in->free_count = 0;
    while (next < waiting) {
        int32_t row = own->free_rows[next++];
        struct offers offers = offers_to(in, row);
        double price = own->column_price[offers.best] - (offers.second - offers.least);
        bool falls = price < own->column_price[offers.best];
        int32_t column = falls || own->row[offers.best] == NOBODY ? offers.best : offers.other;
        int32_t loser = own->row[column];
        own->column_price[offers.best] = price;
        join(in, row, column);
        if (loser != NOBODY && falls && steps_left-- > 0) {
            own->free_rows[--next] = loser;
        } else if (loser != NOBODY) {
            own->free_rows[in->free_count++] = loser;
        }
    }
}

/* A search for the shortest path from a free row to a free column. The columns before `scanned`
 * are done with, those before `reached` are at distance `least`, the others further. */
struct search {
    int32_t scanned, reached, done;
    double least;
    int32_t end; /* the free column; NOBODY until it is found */
};

static void reach(struct problem *in, struct search *search, int32_t place) {
    int32_t *columns = in->own->columns;
    int32_t column = columns[place];
    columns[place] = columns[search->reached];
    columns[search->reached++] = column;
    if (in->own->row[column] == NOBODY && search->end == NOBODY) {
        search->end = column;
    }
}

/* Reaches the columns that are now the nearest. */
static void reach_nearest(struct problem *in, struct search *search) {
    const struct assignment *own = in->own;
    search->done = search->scanned;
    search->least = INFINITY;
    for (int32_t k = search->reached; k < in->size; k++) {
        double distance = own->distance[own->columns[k]];
        search->least = distance < search->least ? distance : search->least;
    }
    for (int32_t k = search->reached; k < in->size; k++) {
        if (own->distance[own->columns[k]] <= search->least) {
            reach(in, search, k);
        }
    }
}

/* Paths on through the next reached column, and the row that has it. */
static void scan_one(struct problem *in, struct search *search) {
    struct assignment *own = in->own;
    int32_t through = own->columns[search->scanned++];
    int32_t row = own->row[through];
    const double *costs = costs_of(in, row);
    double spent = costs[through] - own->column_price[through] - search->least;
    for (int32_t k = search->reached; k < in->size && search->end == NOBODY; k++) {
        int32_t j = own->columns[k];
        double distance = costs[j] - own->column_price[j] - spent;
        if (distance < own->distance[j]) {
            own->distance[j] = distance;
            own->before[j] = row;
            if (distance <= search->least) {
                reach(in, search, k);
            }
        }
    }
}

/* Swaps along the path back from its end, whose columns become the assigned ones. */
static void swap_along(struct problem *in, int32_t start, int32_t column) {
    int32_t row = NOBODY;
    while (row != start) {
        row = in->own->before[column];
        int32_t left = in->own->column[row];
        join(in, row, column);
        column = left;
    }
}

static void augment(struct problem *in, int32_t start) {
    struct assignment *own = in->own;
    struct search search = {.end = NOBODY};
    const double *costs = costs_of(in, start);
    for (int32_t j = 0; j < in->size; j++) {
        own->distance[j] = costs[j] - own->column_price[j];
        own->before[j] = start;
        own->columns[j] = j;
    }
    while (search.end == NOBODY) {
        if (search.scanned == search.reached) {
            reach_nearest(in, &search);
        } else {
            scan_one(in, &search);
        }
    }
    for (int32_t k = 0; k < search.done; k++) {
        int32_t j = own->columns[k];
        own->column_price[j] += own->distance[j] - search.least;
    }
    swap_along(in, start, search.end);
}

void assignment_solve(const double *costs, struct assignment *assignment) {
    struct problem in = {costs, assignment, (int32_t)assignment->size, 0};
    reduce_columns(&in);
    if (in.size > 1) {
        transfer_reduction(&in);
        for (int pass = 0; pass < ROW_REDUCTIONS; pass++) {
            reduce_rows(&in);
        }
    }
    for (int32_t k = 0; k < in.free_count; k++) {
        augment(&in, assignment->free_rows[k]);
    }
    for (int32_t i = 0; i < in.size; i++) {
        int32_t j = assignment->column[i];
        assignment->row_price[i] = costs_of(&in, i)[j] - assignment->column_price[j];
    }
}
