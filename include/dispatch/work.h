/**
 * @file
 * Doing a bundle of jobs: data, training, scores, rows.
 */
#pragma once

#include "dispatch/record.h"
#include "store/rows.h"

/** What a rank needs to do bundles. */
struct workshop {
    const struct sweep *sweep;
    const struct record_map *map;
    struct poll poll;
    struct arena arena;   /**< scratch of the bundle under way */
    struct arena scoring; /**< scratch of the job that is being scored */
};

/**
 * Does the jobs of a bundle (at most PLAN_WIDTH_MOST, of one shape). Fills rows[count], whose
 * records point into `records`, count × layout.record_bytes, 8-byte aligned, the caller's.
 */
enum status work_on(struct workshop *workshop, const int64_t *jobs, size_t count, void *records,
                    struct row *rows, struct error *error) CHECKED;

/** Gives the scratch memory back. */
void workshop_free(struct workshop *workshop);
