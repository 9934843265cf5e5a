/*
 * One of nine objects (what) at one of nine places (where) in an image of 9 × 9 pixels: places are
 * the blocks of 3 × 3 pixels, objects the pixels within a block, so that every combination lights a
 * pixel of its own. Some combinations can be left out, or shown more often.
 */
#include "data/sources.h"

#include <math.h>
#include <stdlib.h>

enum change { INDEPENDENT, DROPOUT, DIAGONAL, CORRELATE };

static const char *const changes[] = {"independent", "dropout", "diagonal", "correlate", NULL};

struct what_where_settings {
    int change;
    double amount;
};

enum {
    BLOCK = 3, /* pixels along a block, blocks along the image */
    IMAGE = BLOCK * BLOCK,
    LEVELS = IMAGE, /* of what, and of where */
    PIXELS = IMAGE * IMAGE,
    LABELS = 2,                /* what and where */
    CENTRE = (LEVELS - 1) / 2, /* the target is 0 there */
    TRIANGLE_MAX = LEVELS - 1,
    DIAGONALS_CELLS = 2 * LEVELS - 1,
    WEIGHT_MAX = 1000 * 1000,
};

struct cell {
    int what, where;
};

static struct cell what_where_cell_at(int pixel) {
    int row = pixel / IMAGE;
    int column = pixel % IMAGE;
    return (struct cell){.what = row % BLOCK * BLOCK + column % BLOCK,
                         .where = row / BLOCK * BLOCK + column / BLOCK};
}

/* In the corner of the last what and the first where, with `side` cells along each edge. */
static bool what_where_in_triangle(struct cell cell, int side) {
    return cell.what - cell.where >= LEVELS - side;
}

static int what_where_triangle_cells(int side) {
    return side * (side + 1) / 2;
}

/* The side of the smallest triangle of at least `amount` cells; above TRIANGLE_MAX for none. */
static int what_where_triangle_side(double amount) {
    int side = 0;
    while (side <= TRIANGLE_MAX && what_where_triangle_cells(side) < amount) {
        side++;
    }
    return side;
}

/*
 * How many cells of the diagonals have gone once this one has: the diagonal of equal what and where
 * goes first, then the other, each from its centre out, and both cells at one distance together.
 * More than there are for a cell on neither.
 */
static int what_where_diagonal_rank(struct cell cell) {
    int pairs = abs(cell.what - CENTRE);
    if (cell.what == cell.where) {
        return 2 * pairs + 1;
    }
    return cell.what + cell.where == LEVELS - 1 ? LEVELS + 2 * pairs : DIAGONALS_CELLS + 1;
}

/* In units of an unchanged cell; 0 for one that is left out. */
static double what_where_weight_of(const struct what_where_settings *settings, struct cell cell) {
    switch ((enum change)settings->change) {
    case DROPOUT:
        return what_where_in_triangle(cell, what_where_triangle_side(settings->amount)) ? 0 : 1;
    case DIAGONAL:
        return what_where_diagonal_rank(cell) <= settings->amount ? 0 : 1;
    case CORRELATE:
        return cell.what == cell.where ? settings->amount : 1;
    case INDEPENDENT:
        break;
    }
    return 1;
}

/* All cells, whatever is left out: networks of one-hot inputs have a place for every input, so that
 * fewer samples would cost no less. */
static enum status what_where_size(const void *data, struct dataset_size *result,
                                   struct error *error) {
    (void)error;
    size_t kept = 0;
    for (int pixel = 0; pixel < PIXELS; pixel++) {
        kept += what_where_weight_of(data, what_where_cell_at(pixel)) > 0;
    }
    *result = (struct dataset_size){.samples = PIXELS,
                                    .fewest = kept,
                                    .sources = LABELS,
                                    .inputs = PIXELS,
                                    .targets = LABELS,
                                    .one_hot = true,
                                    .labels = true,
                                    .own_targets = true};
    return STATUS_OK;
}

/* A data set being filled, sample after sample. */
struct samples {
    size_t count;
    double *sources; /* [count][LABELS]: what, where */
    double *targets;
    double *weights;
    uint32_t *hot;
};

static enum status what_where_allocate(struct arena *arena, struct samples *samples,
                                       struct error *error) {
    *samples = (struct samples){.count = 0};
    TRY(ARENA_NEW(arena, samples->sources, (size_t)PIXELS * LABELS, error));
    TRY(ARENA_NEW(arena, samples->targets, (size_t)PIXELS * LABELS, error));
    TRY(ARENA_NEW(arena, samples->weights, PIXELS, error));
    return ARENA_NEW(arena, samples->hot, PIXELS, error);
}

static void what_where_add(struct samples *samples, int pixel, double weight) {
    struct cell cell = what_where_cell_at(pixel);
    size_t n = samples->count++;
    samples->sources[LABELS * n] = cell.what;
    samples->sources[LABELS * n + 1] = cell.where;
    samples->targets[LABELS * n] = cell.what - CENTRE;
    samples->targets[LABELS * n + 1] = cell.where - CENTRE;
    samples->weights[n] = weight;
    samples->hot[n] = (uint32_t)pixel;
}

static enum status what_where_draw(const void *data, struct random_stream *stream,
                                   struct arena *arena, struct dataset *dataset,
                                   struct error *error) {
    struct samples samples;
    double total = 0;
    (void)stream;
    TRY(what_where_allocate(arena, &samples, error));
    for (int pixel = 0; pixel < PIXELS; pixel++) {
        double weight = what_where_weight_of(data, what_where_cell_at(pixel));
        if (weight > 0) {
            what_where_add(&samples, pixel, weight);
            total += weight;
        }
    }
    for (size_t n = 0; n < samples.count; n++) {
        samples.weights[n] /= total;
    }
    *dataset = (struct dataset){.sources = samples.sources,
                                .hot = samples.hot,
                                .targets = samples.targets,
                                .weights = samples.weights};
    TRY(what_where_size(data, &dataset->size, error));
    dataset->size.samples = samples.count;
    return STATUS_OK;
}

static bool what_where_is_triangle(double amount) {
    int side = what_where_triangle_side(amount);
    return side <= TRIANGLE_MAX && what_where_triangle_cells(side) == amount;
}

/* Nothing, or the centre and whole pairs around it. */
static bool what_where_is_symmetric(double amount) {
    return amount == 0 || (amount <= DIAGONALS_CELLS && fmod(amount, 2) == 1);
}

/* What the amount should be instead; NULL where it fits. */
static const char *what_where_expected_amount(const struct what_where_settings *settings) {
    double amount = settings->amount;
    switch ((enum change)settings->change) {
    case INDEPENDENT:
        return amount == 0 ? NULL : "none";
    case DROPOUT:
        return what_where_is_triangle(amount)
                   ? NULL
                   : "a triangle of 0, 1, 3, 6, 10, 15, 21, 28 or 36 cells";
    case DIAGONAL:
        return what_where_is_symmetric(amount)
                   ? NULL
                   : "0, or an odd number of cells up to 17: the centre and pairs around it";
    case CORRELATE:
        return amount >= 1 ? NULL : "a weight of at least 1";
    }
    return NULL;
}

static enum status what_where_check(const void *data, struct error *error) {
    const struct what_where_settings *settings = data;
    return sources_check_amount(settings->amount, changes[settings->change],
                                what_where_expected_amount(settings), error);
}

/* None changes sizes or costs. */
static const struct parameter parameters[] = {
    {.type = PARAMETER_CHOICE,
     PARAMETER_FIELD(struct what_where_settings, change),
     .fallback = "independent",
     .choices = changes,
     .help = "none; a corner left out; diagonals left out; or the diagonal of what = where shown "
             "more often"},
    {.type = PARAMETER_REAL,
     PARAMETER_FIELD(struct what_where_settings, amount),
     PARAMETER_RANGE(0, WEIGHT_MAX),
     .fallback = "0",
     .help = "dropout: cells left out, 0 1 3 6 10 15 21 28 36; diagonal: cells left out, 0 or odd "
             "up to 17; correlate: weight of a diagonal cell, from 1"},
};

const struct distribution what_where_distribution = {
    .component = {.name = "what_where",
                  .help = "nine objects at nine places, each of the 81 combinations a pixel of an "
                          "image; one-hot inputs",
                  COMPONENT_PARAMETERS(parameters),
                  .settings_size = sizeof(struct what_where_settings),
                  .check = what_where_check},
    .size = what_where_size,
    .draw = what_where_draw,
};
