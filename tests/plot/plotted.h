/**
 * @file
 * Cells and the plot that was last computed of them.
 */
#pragma once

#include "aggregate/cells.h"
#include "plot/plot_compute.h"

struct subject {
    struct fixture fixture;
    struct results_reader *reader;
    struct plot plot;
};

static inline int teardown(void **state) {
    struct subject *subject = *state;
    plot_free(&subject->plot);
    reader_release(&subject->reader);
    fixture_end(&subject->fixture);
    return 0;
}

static inline enum status compute(struct subject *subject, const struct plot_request *request) {
    plot_free(&subject->plot);
    return plot_compute(subject->reader, request, &subject->plot, &subject->fixture.error);
}
