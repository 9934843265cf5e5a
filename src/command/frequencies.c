#include "command/frequencies.h"

#include "base/text.h"

#include <math.h>
#include <stdbool.h>

enum { REAL_BYTES = 32 };

/* In steps, faster oscillations look like slower ones. */
static enum status frequencies_check_fastest(double frequency, double time_step,
                                             struct error *error) {
    char text[REAL_BYTES];
    double limit = M_PI / time_step;
    if (frequency < limit) {
        return STATUS_OK;
    }
    return error_set(error, STATUS_BAD_INPUT,
                     "--frequencies: %s is too fast for steps of that length; expected below "
                     "%.6g, which is pi / --time-step",
                     text_of_real(frequency, text), limit);
}

enum status frequencies_check(const struct reals *frequencies, double time_step, const char *name,
                              size_t sources, struct error *error) {
    const bool stepped = time_step > 0;
    if ((frequencies->count > 0) != stepped) {
        return error_set(error, STATUS_BAD_INPUT,
                         "--frequencies and --time-step are given together or not at all; --%s is "
                         "missing",
                         stepped ? "frequencies" : "time-step");
    }
    if (stepped && frequencies->count != sources) {
        return error_set(error, STATUS_BAD_INPUT,
                         "--frequencies has %zu; expected one for each of the %zu sources of %s",
                         frequencies->count, sources, name);
    }
    for (size_t i = 0; i < frequencies->count; i++) {
        TRY(frequencies_check_fastest(frequencies->values[i], time_step, error));
    }
    return STATUS_OK;
}
