#include "parameter/parameter.h"

#include "base/text.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { REAL_BYTES = 32, WORDING_BYTES = 512 };

const struct parameter *component_parameter(const struct component *component, const char *name) {
    for (size_t i = 0; i < component->parameter_count; i++) {
        if (strcmp(component->parameters[i].name, name) == 0) {
            return &component->parameters[i];
        }
    }
    return NULL;
}

const char *parameter_range(const struct parameter *parameter, char *buffer, size_t size) {
    char low[REAL_BYTES];
    char high[REAL_BYTES];
    bool above = (parameter->flags & PARAMETER_ABOVE_MINIMUM) != 0;
    bool below = (parameter->flags & PARAMETER_BELOW_MAXIMUM) != 0;
    bool integral = parameter->type == PARAMETER_INTEGER || parameter->type == PARAMETER_INTEGERS;
    double widest = integral ? (double)INT64_MAX : HUGE_VAL;
    bool has_low = parameter->minimum > -widest;
    bool has_high = parameter->maximum < widest;
    bool numeric =
        integral || parameter->type == PARAMETER_REAL || parameter->type == PARAMETER_REALS;
    (void)text_of_real(parameter->minimum, low);
    (void)text_of_real(parameter->maximum, high);
    if (!numeric || (!has_low && !has_high)) {
        return "";
    }
    if (!has_high) {
        (void)snprintf(buffer, size, above ? "above %s" : "%s or more", low);
    } else if (!has_low) {
        (void)snprintf(buffer, size, below ? "below %s" : "%s or less", high);
    } else if (above || below) {
        (void)snprintf(buffer, size, "%s %s and %s %s", above ? "above" : "at least", low,
                       below ? "below" : "at most", high);
    } else {
        (void)snprintf(buffer, size, "from %s to %s", low, high);
    }
    return buffer;
}

/* "a, b or c" */
static void parameter_list_choices(const char *const *choices, char *buffer, size_t size) {
    size_t used = 0;
    buffer[0] = '\0';
    for (size_t i = 0; choices[i] != NULL && used < size; i++) {
        const char *joint = i == 0 ? "" : choices[i + 1] == NULL ? " or " : ", ";
        int more = snprintf(buffer + used, size - used, "%s%s", joint, choices[i]);
        used += more < 0 ? size : (size_t)more;
    }
}

/* Those of choices say which. */
static const char *const parameter_texts[] = {
    [PARAMETER_INTEGER] = "an integer",
    [PARAMETER_REAL] = "a number",
    [PARAMETER_TEXT] = "a text",
    [PARAMETER_FILE] = "a file name",
    [PARAMETER_INTEGERS] = "an integer or a list of them",
    [PARAMETER_REALS] = "a number or a list of them",
    [PARAMETER_FLAG] = "nothing",
    [PARAMETER_TEXTS] = "words with commas between them",
    [PARAMETER_CHOICE] = NULL,
    [PARAMETER_CHOICES] = NULL,
};

const char *parameter_expects(const struct parameter *parameter, char *buffer, size_t size) {
    char choices[WORDING_BYTES / 2];
    const char *text = parameter_texts[parameter->type];
    if (text != NULL) {
        return text;
    }
    parameter_list_choices(parameter->choices, choices, sizeof choices);
    (void)snprintf(buffer, size, "%s%s",
                   parameter->type == PARAMETER_CHOICES ? "one or a list of " : "", choices);
    return buffer;
}
