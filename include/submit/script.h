/**
 * @file
 * A batch script for one sweep: a script of jobs/ with its open settings filled in.
 */
#pragma once

#include "base/arena.h"

#include <stdbool.h>

/** An option of sbatch. */
struct script_option {
    const char *key;   /**< without dashes */
    const char *value; /**< any text */
    bool replace_only; /**< in the script only where the template has it */
};

/** A variable of the environment that the script reads, with the value to set unless it is set. */
struct script_variable {
    const char *name;
    const char *value;
};

struct script {
    const char *template; /**< name of a file in jobs/, without .sh */
    size_t option_count;
    const struct script_option *options; /**< in place of the template's, or after them */
    size_t extra_count;
    const char *const *extra; /**< more options of sbatch, as the user wrote them */
    size_t variable_count;
    const struct script_variable *variables;
    size_t argument_count;
    const char *const *arguments; /**< of the script: sweep, results, options of `modsweep run` */
};

/** Of each script; identifies it. */
extern const char script_second_line[];

/**
 * Points *text at the script's text, owned by the arena. STATUS_BAD_INPUT when some text has a
 * control character, STATUS_NO_MEMORY.
 */
enum status script_text(const struct script *script, struct arena *arena, const char **text,
                        struct error *error) CHECKED;
