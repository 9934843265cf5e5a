/**
 * @file
 * How distributions, networks, solvers, scores and the fixed sections of a sweep declare their
 * parameters. Parsing, defaults, --set, error messages, `modsweep list` and the columns of a
 * results file all come from these tables.
 */
#pragma once

#include "base/digest.h"
#include "base/error.h"

#include <stddef.h>
#include <stdint.h>

enum parameter_type {
    PARAMETER_INTEGER,  /**< int64_t */
    PARAMETER_REAL,     /**< double */
    PARAMETER_CHOICE,   /**< int, an index into `choices` */
    PARAMETER_TEXT,     /**< const char * */
    PARAMETER_FILE,     /**< struct file_reference; "file.csv" or "file.h5:/path" */
    PARAMETER_INTEGERS, /**< struct integers; a scalar in YAML is a list of one */
    PARAMETER_REALS,    /**< struct reals; likewise */
    PARAMETER_CHOICES,  /**< struct integers of indices into `choices`; likewise */
    PARAMETER_FLAG,     /**< bool; options of commands only, not sweeps */
    PARAMETER_TEXTS,    /**< struct texts; options of commands only, not sweeps */
};

enum parameter_flags {
    /** Jobs that are trained side by side must share its value (sizes, steps, algorithms). */
    PARAMETER_SHAPES = 1u << 0,
    /** The minimum (or maximum) itself is not allowed. */
    PARAMETER_ABOVE_MINIMUM = 1u << 1,
    PARAMETER_BELOW_MAXIMUM = 1u << 2,
    /** An option with a list that may be given several times: the lists are joined. Of
     * PARAMETER_TEXTS each word is one text, commas and all. */
    PARAMETER_REPEATED = 1u << 3,
};

struct integers {
    const int64_t *values;
    size_t count;
};

struct reals {
    const double *values;
    size_t count;
};

struct texts {
    const char *const *values; /**< NULL: not given, which differs from an empty list */
    size_t count;
};

/** A file named in a sweep; path is "" when none was given. */
struct file_reference {
    const char *path;     /**< to open it: resolved against the sweep's folder */
    const char *dataset;  /**< the part after ':' in file.h5:/path, else "" */
    struct digest digest; /**< of the file when the sweep was read; zero outside sweeps */
};

/** One parameter, declared once. Ranges apply to each element of a list. */
struct parameter {
    const char *name;
    enum parameter_type type;
    size_t offset;              /**< of the field in the component's settings struct */
    const char *unit;           /**< NULL when it has none; see parameter_unit */
    double minimum, maximum;    /**< inclusive unless a flag says otherwise; lists: per element */
    const char *fallback;       /**< the default as YAML text; NULL: must be given */
    const char *const *choices; /**< NULL-terminated; for choices only */
    unsigned flags;             /**< of enum parameter_flags */
    const char *help;           /**< one line, a phrase without full stop */
};

/** The name and place of a parameter that is called like its field in the settings struct. */
#define PARAMETER_FIELD(settings, field) .name = #field, .offset = offsetof(settings, field)

/** The range of a number. */
#define PARAMETER_RANGE(least, most) .minimum = (least), .maximum = (most)

/** Its unit, "" when it has none. */
static inline const char *parameter_unit(const struct parameter *parameter) {
    return parameter->unit == NULL ? "" : parameter->unit;
}

/**
 * What every distribution, network, solver and score has in common: a name, a line of help and a
 * settings struct described by parameters.
 */
struct component {
    const char *name;
    const char *help;
    const struct parameter *parameters;
    size_t parameter_count;
    size_t settings_size; /**< at most JOB_SETTINGS_BYTES */
    /**
     * Refuses settings that are each in range but cannot work together; NULL: none.
     * STATUS_BAD_INPUT with a message that says what was expected, and the parameter at fault as
     * its culprit. The caller adds file, line and column.
     */
    enum status (*check)(const void *settings, struct error *error);
};

/** The fields that point a component to its table, an array. */
#define COMPONENT_PARAMETERS(table)                                                                \
    .parameters = (table), .parameter_count = sizeof(table) / sizeof *(table)

/** The component's parameter of that name, or NULL. */
const struct parameter *component_parameter(const struct component *component, const char *name);

/** What a parameter takes: "an integer", "a number", "a, b or c", … Returns the buffer or a
 * constant. */
const char *parameter_expects(const struct parameter *parameter, char *buffer, size_t size);

/** "from 0 to 1", "above 0", …, or "" when any value is allowed. */
const char *parameter_range(const struct parameter *parameter, char *buffer, size_t size);
