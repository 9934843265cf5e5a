#include "command/frequencies.h"

#include "base/text.h"

#include <float.h>
#include <math.h>

enum { REAL_BYTES = 32 };

static enum status frequencies_read_positive(const char *option, const char *text, const char *unit,
                                             double *value, struct error *error) {
    if (text_real(text, 0.0, DBL_MAX, value) && *value > 0.0) {
        return STATUS_OK;
    }
    return error_set(error, STATUS_BAD_INPUT, "--%s: '%s': expected a number above 0%s", option,
                     text, unit);
}

/* Steps show nothing of faster oscillations: those look like slower ones. */
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

enum status frequency_options(const struct arguments *arguments, const char *name,
                              struct arena *arena, struct score_input *input, struct error *error) {
    const char *const *words;
    double *frequencies;
    size_t count;
    const char *step = argument_value(arguments, "time-step", NULL);
    TRY(argument_list(arguments, "frequencies", arena, &words, &count, error));
    if (count == 0 && step == NULL) {
        return STATUS_OK;
    }
    if (count == 0 || step == NULL) {
        return error_set(error, STATUS_BAD_INPUT,
                         "--frequencies and --time-step are given together or not at all; --%s is "
                         "missing",
                         step == NULL ? "time-step" : "frequencies");
    }
    if (count != input->sources) {
        return error_set(error, STATUS_BAD_INPUT,
                         "--frequencies has %zu; expected one for each of the %zu sources of %s",
                         count, input->sources, name);
    }
    TRY(frequencies_read_positive("time-step", step, "", &input->time_step, error));
    TRY(ARENA_NEW(arena, frequencies, count, error));
    for (size_t i = 0; i < count; i++) {
        TRY(frequencies_read_positive("frequencies", words[i], ", in radians per unit of time",
                                      &frequencies[i], error));
        TRY(frequencies_check_fastest(frequencies[i], input->time_step, error));
    }
    input->frequencies = frequencies;
    return STATUS_OK;
}
