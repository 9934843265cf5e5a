/**
 * @file
 * The grid behind a sweep: for every case its keys with all their values, from which jobs are
 * decoded. For the room's own files only.
 */
#pragma once

#include "parameter/value.h"
#include "sweep/axis.h"
#include "sweep/key_values.h"
#include "sweep/section.h"
#include "sweep/types.h"

enum { NO_DIMENSION = -1 };

/** The values of a key as one component declares it; parameter NULL where it is not used. */
struct typed_values {
    const struct parameter *parameter;
    struct value *values; /**< [length of the key]; identity NULL where it is the default */
};

/** A key that a case gives, or a selector that it leaves at its default. */
struct grid_key {
    const char *key;       /**< dotted */
    const struct node *at; /**< where the key is written; for a default, where it would belong */
    struct axis axis;
    enum section section;
    int dimension;              /**< NO_DIMENSION: one value for all jobs of the case */
    struct typed_values *typed; /**< [components of the slot]; of a selector only the first */
};

/** A line of the text that a job's hash is taken of. */
struct hash_line {
    const char *prefix;         /**< "train.steps=" */
    const struct grid_key *key; /**< NULL: `constant`, or without one the replicate */
    const char *constant;
};

/** How a digit is cut out of an index within the case: index / stride % length. */
struct grid_dimension {
    int64_t stride;
    const char *group;            /**< of its axes, or NULL */
    const struct grid_key *first; /**< the key that opened it; NULL for the replicate */
};

struct grid_case {
    struct subgrid *subgrid; /**< what everybody may know of the case */
    size_t number;           /**< from 1; 0 for a sweep without `cases` */
    const struct node *at;   /**< where the case, or the sweep, begins */
    size_t key_count;
    struct grid_key *keys; /**< in the order of the file, base first */
    bool present[SECTION_COUNT];
    const struct grid_key *selectors[SECTION_COUNT]; /**< NULL where there is only one component */
    bool *used[SECTION_COUNT];                       /**< [components]: some job uses it */
    struct settings *templates[SECTION_COUNT]; /**< [components]: all but the axes filled in */
    struct grid_dimension *dimensions;
    size_t line_count;
    struct hash_line *lines; /**< sorted by prefix */
};

struct sweep_private {
    struct value_reader reader;
    struct key_values base;                    /**< the top level of the file, with --set applied */
    int64_t samples;                           /**< of !uniform axes; 0: not given */
    struct parameter selectors[SECTION_COUNT]; /**< data.kind and so on, as parameters */
    struct value **defaults[SECTION_COUNT];    /**< [components][parameters]; NULL until needed */
    struct grid_case *cases;                   /**< [sweep.case_count] */
    const struct grid_key **column_keys;       /**< [columns][cases]; NULL: not given there */
    enum section *column_sections;             /**< [columns] */
};

/** Declares the selectors (data.kind, …) as parameters. Once, before any case. */
enum status grid_prepare(struct sweep *sweep, struct error *error) CHECKED;

/** The defaults of a component of a slot, [parameters]; those without a default are zero. */
enum status grid_defaults(struct sweep *sweep, enum section section, size_t component,
                          const struct value **defaults, struct error *error) CHECKED;

/** Counts the case's jobs, which begin at *total, adds them to it, and lays the digits out. */
enum status grid_measure(struct grid_case *grid, int64_t *total, struct error *error) CHECKED;

/** Which value of the key job `local` of the case has. */
size_t grid_digit(const struct grid_case *grid, const struct grid_key *key, int64_t local);

/** Which component of the slot job `local` of the case has. */
size_t grid_component(const struct grid_case *grid, enum section section, int64_t local);

/** The value of the key for job `local`, and how it is declared there. */
const struct value *grid_value(const struct grid_case *grid, const struct grid_key *key,
                               int64_t local, const struct parameter **parameter);

/** The keys of all cases, [*count], each once, in the order of the file; belongs to the arena. */
enum status grid_all_keys(const struct sweep *sweep, struct arena *arena,
                          const struct grid_key ***keys, size_t *count,
                          struct error *error) CHECKED;

/** The case's key of that name, or NULL. */
struct grid_key *grid_find(const struct grid_case *grid, const char *key);

/** The number of components for which the key may have values: one for a selector. */
size_t grid_typed_count(const struct grid_case *grid, const struct grid_key *key);

/** The key's values for the first component that has it. */
const struct typed_values *grid_first_typed(const struct grid_key *key);

/**
 * The value that jobs of case `which` with that component have for a key which is no axis of it:
 * given, or a default. NULL where none of its jobs has the component, or the key.
 */
const struct value *grid_constant(const struct sweep *sweep, size_t which, enum section section,
                                  size_t component, const char *key,
                                  const struct parameter **parameter);

/** Fills in the components and settings of job `local`; neither index nor hash. */
void grid_resolve(const struct grid_case *grid, int64_t local, struct job *job);
