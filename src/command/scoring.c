#include "command/scoring.h"

#include "base/text.h"
#include "parameter/parameter.h"

#include <math.h>
#include <stdbool.h>

enum { PHRASE_BYTES = 128 };

static enum status scoring_refuse(const struct parameter *parameter, const char *text,
                                  struct error *error) {
    char expects[PHRASE_BYTES];
    char range[PHRASE_BYTES];
    return error_set(error, STATUS_BAD_INPUT, "--%s: '%s': expected %s %s", parameter->name, text,
                     parameter_expects(parameter, expects, sizeof expects),
                     parameter_range(parameter, range, sizeof range));
}

/* Whole or real numbers, ends of ranges included. */
static enum status scoring_read_number(const struct parameter *parameter, const char *text,
                                       void *settings, struct error *error) {
    double value;
    bool whole = parameter->type == PARAMETER_INTEGER;
    if (!text_real(text, parameter->minimum, parameter->maximum, &value) ||
        (whole && value != floor(value))) {
        return scoring_refuse(parameter, text, error);
    }
    void *field = (unsigned char *)settings + parameter->offset;
    if (whole) {
        *(int64_t *)field = (int64_t)value;
    } else {
        *(double *)field = value;
    }
    return STATUS_OK;
}

enum status scoring_options(const struct arguments *arguments, struct scoring_settings *scoring,
                            struct error *error) {
    for (size_t i = 0; i < scoring_component.parameter_count; i++) {
        const struct parameter *parameter = &scoring_component.parameters[i];
        bool number = parameter->type == PARAMETER_INTEGER || parameter->type == PARAMETER_REAL;
        const char *text = number ? argument_value(arguments, parameter->name, NULL) : NULL;
        if (text != NULL) {
            TRY(scoring_read_number(parameter, text, scoring, error));
        }
    }
    return STATUS_OK;
}
