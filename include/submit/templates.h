/**
 * @file
 * The batch scripts of jobs/, embedded in the program unchanged.
 */
#pragma once

/** A script of jobs/. */
struct template {
    const char *name; /**< of its file, without .sh */
    const char *text;
};

/** All of them; the last one has no name. */
extern const struct template templates[];
