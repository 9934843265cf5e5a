/**
 * @file
 * A batch script for one sweep, made of a script of jobs/ by filling in what that leaves open.
 */
#pragma once

#include "base/arena.h"

#include <stdbool.h>

/** An option of sbatch. */
struct script_option {
    const char *key;   /**< without dashes */
    const char *value; /**< any text, or NULL for none */
    bool only_there;   /**< stands in the script only where the template has it */
};

/** A variable of the environment that the script reads, with the value it is to have. */
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

/** Of each script; the second line tells it from other files. */
extern const char script_second_line[];

/**
 * The script's text, owned by the arena. NULL with STATUS_BAD_INPUT when some text has a control
 * character, STATUS_SYSTEM without memory.
 */
char *script_text(const struct script *script, struct arena *arena, struct error *error) CHECKED;
