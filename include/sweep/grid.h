/**
 * @file
 * The grid behind a sweep: each case has keys with all their values, from which jobs are decoded.
 * Job `local` of a case is the one with index subgrid.first + local. For the room's own files only.
 */
#pragma once

#include "parameter/value.h"
#include "sweep/axis.h"
#include "sweep/key_values.h"
#include "sweep/section.h"
#include "sweep/types.h"

enum { NO_DIMENSION = -1 };

/** The values of a key as one component declares it; parameter is NULL where no job uses the
 * component. */
struct typed_values {
    const struct parameter *parameter;
    struct value *values; /**< [length of the key]; identity NULL where it is the default */
};

/** A key that a case gives, or a selector that it leaves at its default. */
struct grid_key {
    const char *key;       /**< dotted */
    const struct node *at; /**< where the key is written, or the case if it is not */
    struct axis axis;
    enum section section;
    int dimension;              /**< NO_DIMENSION: one value for all jobs of the case */
    struct typed_values *typed; /**< [components of the section]; a selector has only the first */
};

/** A line of the text that is hashed for a job. */
struct hash_line {
    const char *prefix;         /**< "train.steps=" */
    const struct grid_key *key; /**< NULL: the line has `constant`, or without one the replicate */
    const char *constant;
};

/** A digit of a job's number within the case: local / stride % length. */
struct grid_dimension {
    int64_t stride;
    const char *group;            /**< of its axes, or NULL */
    const struct grid_key *first; /**< the key that opened it; NULL for the replicate */
};

struct grid_case {
    struct subgrid *subgrid; /**< the public half of the case */
    size_t number;           /**< from 1; 0 for a sweep without `cases` */
    const struct node *at;   /**< where the case begins, or the sweep without `cases` */
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

/** Declares the selectors (data.kind, …) as parameters. To be called once, before any case is
 * built. */
enum status grid_prepare(struct sweep *sweep, struct error *error) CHECKED;

/** The defaults of a component, [parameters]; zero for parameters without one. Belong to the sweep.
 */
enum status grid_defaults(struct sweep *sweep, enum section section, size_t component,
                          const struct value **defaults, struct error *error) CHECKED;

/** Numbers the jobs of a case from *total on, adds their count to *total, and sets strides.
 * STATUS_BAD_INPUT when 64 bits do not suffice. */
enum status grid_measure(struct grid_case *grid, int64_t *total, struct error *error) CHECKED;

/** The index of the value that job `local` has for the key. */
size_t grid_digit(const struct grid_case *grid, const struct grid_key *key, int64_t local);

/** The index of the component that job `local` has in the section. */
size_t grid_component(const struct grid_case *grid, enum section section, int64_t local);

/** The value that job `local` has for the key, and the parameter that declares it. */
const struct value *grid_value(const struct grid_case *grid, const struct grid_key *key,
                               int64_t local, const struct parameter **parameter);

/** The keys of all cases, [*count], each once, in the order of the file; belongs to the arena. */
enum status grid_all_keys(const struct sweep *sweep, struct arena *arena,
                          const struct grid_key ***keys, size_t *count,
                          struct error *error) CHECKED;

/** The case's key of that name, or NULL. */
struct grid_key *grid_find(const struct grid_case *grid, const char *key);

/** The length of the key's `typed`. */
size_t grid_typed_count(const struct grid_case *grid, const struct grid_key *key);

/** The key's values for the first component in use that has it. */
const struct typed_values *grid_first_typed(const struct grid_key *key);

/**
 * What jobs of case `which` with that component have for a key that is no axis: the value given, or
 * a default. NULL where no job has the component, or the component has no such key.
 */
const struct value *grid_constant(const struct sweep *sweep, size_t which, enum section section,
                                  size_t component, const char *key,
                                  const struct parameter **parameter);

/** Fills in the components and settings of job `local`, but neither index nor hash. */
void grid_resolve(const struct grid_case *grid, int64_t local, struct job *job);
