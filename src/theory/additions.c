#include "theory/additions.h"

#include "theory/bounding_box.h"

#include <math.h>
#include <string.h>

enum {
    CORNERS_MAX = 1 << HULL_DIMENSION_MAX, /* of a bounding box of that dimension */
    STEPS = 1 << 20, /* from a support point to its corner: about the grid of coordinates */
    ROUNDS_MAX = 20, /* of moving all additions back; 3 are mostly enough */
};

static const double grid_share = 1e-6; /* of a source's range: coordinates are rounded to the power
                                          of ten that is next below */
static const double strictness = 1e-3; /* the search leaves this share of the tolerance to the
                                          rounding of the last check */

/* A sample that may be added, on the line from its support point (step 0) to its corner (STEPS). */
struct candidate {
    struct addition addition;
    double *corner; /* [S] */
    size_t step;
    bool kept;
};

struct search {
    const struct geometry *geometry; /* of the data as they are */
    double tolerance;
    struct bounding_box box;
    size_t count;
    struct candidate *candidates; /* [CORNERS_MAX] */
    double *added;                /* [CORNERS_MAX][S], those that are kept */
    struct arena *arena;          /* for what is returned */
    struct arena *scratch;        /* for one margin */
};

/* Lists the points that are kept in search->added; how many. */
static size_t additions_gather(const struct search *search) {
    size_t sources = search->geometry->cloud.sources;
    size_t kept = 0;
    for (size_t c = 0; c < search->count; c++) {
        if (search->candidates[c].kept) {
            memcpy(search->added + kept++ * sources, search->candidates[c].addition.point,
                   sources * sizeof *search->added);
        }
    }
    return kept;
}

/* Geometry and margin with what is kept; they last until the next call. */
static enum status additions_measure(const struct search *search, struct geometry *augmented,
                                     struct margin *margin, struct error *error) {
    arena_reset(search->scratch);
    TRY(geometry_augment(search->geometry, search->added, additions_gather(search), search->scratch,
                         augmented, error));
    return margin_find_exact(augmented, search->tolerance, search->scratch, margin, error);
}

static bool additions_is_new(const struct search *search, const double *corner) {
    for (size_t c = 0; c < search->count; c++) {
        if (memcmp(corner, search->candidates[c].corner,
                   search->geometry->cloud.sources * sizeof *corner) == 0) {
            return false;
        }
    }
    return search->count < CORNERS_MAX;
}

/* A corner comes up twice only when rounding hides that it satisfies its orthant. */
static enum status additions_add_corner(struct search *search, const struct geometry *augmented,
                                        const struct margin *margin, struct error *error) {
    const struct cloud *old = &search->geometry->cloud;
    struct candidate next = {.step = STEPS, .kept = true};
    struct addition *addition = &next.addition;
    TRY(ARENA_NEW(search->arena, next.corner, old->sources, error));
    TRY(ARENA_NEW(search->arena, addition->point, old->sources, error));
    TRY(ARENA_NEW(search->arena, addition->direction, old->sources, error));
    TRY(margin_direction(augmented, margin, search->tolerance, search->scratch, addition->direction,
                         error));
    addition->needed = sqrt(fmax(0.0, cloud_demand(&augmented->cloud, addition->direction)));
    addition->had = cloud_support(&augmented->cloud, addition->direction);
    addition->from = bounding_box_support(&search->box, addition->direction);
    bounding_box_corner(&search->box, addition->direction, false, addition->from, next.corner);
    if (!additions_is_new(search, next.corner)) { /* then a component that seemed 0 is not */
        bounding_box_corner(&search->box, addition->direction, true, addition->from, next.corner);
    }
    if (!additions_is_new(search, next.corner)) {
        return error_set(error, STATUS_SYSTEM,
                         "the search for samples to add did not converge: after %zu of them the "
                         "margin is %g; try a tolerance above %g",
                         search->count, margin->value, search->tolerance);
    }
    memcpy(addition->point, next.corner, old->sources * sizeof *next.corner);
    search->candidates[search->count++] = next;
    return STATUS_OK;
}

static enum status additions_add_corners(struct search *search, struct error *error) {
    struct geometry augmented;
    struct margin margin;
    TRY(additions_measure(search, &augmented, &margin, error));
    while (!margin.modular) {
        TRY(additions_add_corner(search, &augmented, &margin, error));
        TRY(additions_measure(search, &augmented, &margin, error));
    }
    return STATUS_OK;
}

/* Rounds to a multiple of a power of ten, which has few digits: up for side > value, else down.
 * Never beyond the side, which also covers powers out of range. */
static double additions_round_towards(double side, double value, double range) {
    double exponent = floor(log10(grid_share * range));
    double power = pow(10.0, fabs(exponent)); /* exact, unlike its inverse */
    double scaled = exponent < 0.0 ? value * power : value / power;
    double rounded = side > value ? ceil(scaled) : floor(scaled);
    double outer = exponent < 0.0 ? rounded / power : rounded * power;
    return side > value ? fmin(outer, side) : fmax(outer, side);
}

static void additions_place(const struct search *search, struct candidate *candidate, size_t step) {
    const struct cloud *cloud = &search->geometry->cloud;
    const double *from = search->box.points + candidate->addition.from * cloud->sources;
    candidate->step = step;
    for (size_t j = 0; j < cloud->sources; j++) {
        double side = candidate->corner[j];
        double value = from[j] + (double)step / STEPS * (side - from[j]);
        double rounded =
            step == 0 ? from[j] : additions_round_towards(side, value, cloud->range[j]);
        candidate->addition.point[j] = step == STEPS ? side : rounded;
    }
}

/*
 * By half the way, a quarter and so on, wherever that leaves the data modular. Unlike bisection, a
 * round that changes nothing has tried all these distances from where it stays. That matters, since
 * the data can be modular again farther back: the mean moves too, coordinates are rounded, and a
 * corner satisfies its orthant even where no point near it does.
 */
static enum status additions_pull_back(const struct search *search, struct candidate *candidate,
                                       bool *changed, struct error *error) {
    struct geometry augmented;
    size_t good = candidate->step;
    for (size_t stride = STEPS; stride > 0; stride /= 2) {
        struct margin margin;
        size_t next = stride < good ? good - stride : 0;
        if (next == 0 && stride < STEPS) {
            continue; /* the first look was there */
        }
        additions_place(search, candidate, next);
        TRY(additions_measure(search, &augmented, &margin, error));
        *changed = *changed || (margin.modular && next < good);
        good = margin.modular ? next : good;
    }
    additions_place(search, candidate, good);
    return STATUS_OK;
}

/* Whether the data are modular without a candidate; it is kept unless they are. */
static enum status additions_leave_out(const struct search *search, struct candidate *candidate,
                                       bool *changed, struct error *error) {
    struct geometry augmented;
    struct margin margin;
    candidate->kept = false;
    TRY(additions_measure(search, &augmented, &margin, error));
    candidate->kept = !margin.modular;
    *changed = *changed || margin.modular;
    return STATUS_OK;
}

/* Until each is the least given the others: pulling one back can let another go further. */
static enum status additions_pull_all_back(const struct search *search, struct error *error) {
    bool changed = true;
    for (int round = 0; changed && round < ROUNDS_MAX; round++) {
        changed = false;
        for (size_t c = 0; c < search->count; c++) {
            struct candidate *candidate = &search->candidates[c];
            if (candidate->kept) {
                TRY(additions_leave_out(search, candidate, &changed, error));
            }
            if (candidate->kept) {
                TRY(additions_pull_back(search, candidate, &changed, error));
            }
        }
    }
    return STATUS_OK;
}

static enum status additions_take(const struct search *search, struct additions *additions,
                                  struct error *error) {
    const struct cloud *cloud = &search->geometry->cloud;
    TRY(ARENA_NEW(search->arena, additions->list, search->count, error));
    for (size_t c = 0; c < search->count; c++) {
        struct addition addition = search->candidates[c].addition;
        addition.reach = 0.0;
        for (size_t j = 0; j < cloud->sources; j++) {
            addition.reach -= addition.direction[j] * (addition.point[j] - cloud->mean[j]);
        }
        if (search->candidates[c].kept) {
            additions->list[additions->count++] = addition;
        }
    }
    return STATUS_OK;
}

/* The margin of all samples and additions, from nothing but their numbers. */
static enum status additions_verify(const struct search *search, double tolerance,
                                    struct margin *after, struct error *error) {
    const struct cloud *cloud = &search->geometry->cloud;
    size_t kept = additions_gather(search);
    size_t samples = cloud->samples + kept;
    double *points;
    double *weights;
    struct geometry geometry;
    arena_reset(search->scratch);
    TRY(ARENA_NEW(search->scratch, points, samples * cloud->sources, error));
    TRY(ARENA_NEW(search->scratch, weights, samples, error));
    memcpy(points, search->box.points, cloud->samples * cloud->sources * sizeof *points);
    memcpy(points + cloud->samples * cloud->sources, search->added,
           kept * cloud->sources * sizeof *points);
    for (size_t n = 0; n < samples; n++) {
        double weight = n < cloud->samples ? cloud->weights[n] : 1.0 / (double)cloud->samples;
        weights[n] = weight * (double)cloud->samples / (double)samples;
    }
    TRY(geometry_make(points, weights, samples, cloud->sources, search->scratch, &geometry, error));
    TRY(margin_find_exact(&geometry, tolerance, search->arena, after, error));
    if (!after->modular) {
        return error_set(
            error, STATUS_SYSTEM,
            "the samples to add fail the last check: the margin with them is %g; try a "
            "tolerance above %g",
            after->value, tolerance);
    }
    return STATUS_OK;
}

enum status additions_find(const double *points, const double *weights, size_t samples,
                           size_t sources, double tolerance, struct arena *arena,
                           struct additions *additions, struct error *error) {
    struct geometry geometry;
    SCOPED(arena_free) struct arena scratch = {0};
    struct search search = {.geometry = &geometry,
                            .tolerance = (1.0 - strictness) * tolerance,
                            .arena = arena,
                            .scratch = &scratch};
    *additions = (struct additions){0};
    TRY(geometry_make(points, weights, samples, sources, arena, &geometry, error));
    TRY(margin_find_exact(&geometry, tolerance, arena, &additions->before, error));
    additions->after = additions->before;
    if (additions->before.modular) {
        return STATUS_OK;
    }
    TRY(bounding_box_make(&geometry.cloud, points, arena, &search.box, error));
    TRY(ARENA_NEW(arena, search.candidates, CORNERS_MAX, error));
    TRY(ARENA_NEW(arena, search.added, CORNERS_MAX * sources, error));
    TRY(additions_add_corners(&search, error));
    TRY(additions_pull_all_back(&search, error));
    TRY(additions_verify(&search, tolerance, &additions->after, error));
    return additions_take(&search, additions, error);
}
