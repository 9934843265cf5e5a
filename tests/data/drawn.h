/**
 * @file
 * What the tests of distributions share: settings filled from the declared parameters, and drawing.
 */
#pragma once

#include "data/distribution.h"

#include "check.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SETTINGS_BYTES = 256 };

/* A distribution with its settings, and what it drew. */
struct drawn {
    const struct distribution *distribution;
    _Alignas(16) unsigned char settings[SETTINGS_BYTES];
    struct arena arena;
    struct error error;
    struct dataset data;
};

static inline const struct distribution *distribution_named(const char *name) {
    for (const struct distribution *const *each = distributions; *each != NULL; each++) {
        if (strcmp((*each)->component.name, name) == 0) {
            return *each;
        }
    }
    fail_msg("no distribution '%s'", name);
    return NULL;
}

static inline int64_t choice_named(const struct parameter *parameter, const char *text) {
    for (int64_t k = 0; parameter->choices[k] != NULL; k++) {
        if (strcmp(parameter->choices[k], text) == 0) {
            return k;
        }
    }
    fail_msg("no choice '%s' of %s", text, parameter->name);
    return -1;
}

/* Separated by blanks; "[]" for none. */
static inline struct reals reals_of(struct drawn *drawn, const char *text) {
    double *values;
    struct reals list = {0};
    char *end = NULL;
    assert_int_equal(ARENA_NEW(&drawn->arena, values, strlen(text) + 1, &drawn->error), 0);
    list.values = values;
    for (double value = strtod(text, &end); end != text; value = strtod(text, &end)) {
        values[list.count++] = value;
        text = end;
    }
    return list;
}

static inline void set_parameter(struct drawn *drawn, const struct parameter *parameter,
                                 const char *text) {
    void *field = drawn->settings + parameter->offset;
    switch (parameter->type) {
    case PARAMETER_INTEGER:
        *(int64_t *)field = strtoll(text, NULL, 10);
        break;
    case PARAMETER_REAL:
        *(double *)field = strtod(text, NULL);
        break;
    case PARAMETER_CHOICE:
        *(int *)field = (int)choice_named(parameter, text);
        break;
    case PARAMETER_CHOICES: { /* separated by blanks */
        int64_t *values;
        char *words;
        struct integers *list = field;
        assert_int_equal(ARENA_NEW(&drawn->arena, words, strlen(text) + 1, &drawn->error), 0);
        assert_int_equal(ARENA_NEW(&drawn->arena, values, strlen(text) + 1, &drawn->error), 0);
        memcpy(words, text, strlen(text));
        list->count = 0;
        while (words != NULL) {
            values[list->count++] = choice_named(parameter, strsep(&words, " "));
        }
        list->values = values;
        break;
    }
    case PARAMETER_REALS:
        *(struct reals *)field = reals_of(drawn, text);
        break;
    case PARAMETER_FILE:
        *(struct file_reference *)field = (struct file_reference){.path = text, .dataset = ""};
        break;
    default:
        fail_msg("type of %s is not covered", parameter->name);
    }
}

static inline void set_named(struct drawn *drawn, const char *name, const char *text) {
    const struct component *component = &drawn->distribution->component;
    for (size_t i = 0; i < component->parameter_count; i++) {
        if (strcmp(component->parameters[i].name, name) == 0) {
            set_parameter(drawn, &component->parameters[i], text);
            return;
        }
    }
    fail_msg("%s has no parameter '%s'", component->name, name);
}

/* The distribution with all defaults. */
static inline void begin(struct drawn *drawn, const char *name) {
    memset(drawn, 0, sizeof *drawn);
    drawn->distribution = distribution_named(name);
    const struct component *component = &drawn->distribution->component;
    assert_true(component->settings_size <= SETTINGS_BYTES);
    for (size_t i = 0; i < component->parameter_count; i++) {
        const struct parameter *parameter = &component->parameters[i];
        if (parameter->fallback != NULL) {
            set_parameter(drawn, parameter, parameter->fallback);
        }
    }
}

static inline enum status check_settings(struct drawn *drawn) {
    const struct component *component = &drawn->distribution->component;
    return component->check == NULL ? STATUS_OK : component->check(drawn->settings, &drawn->error);
}

/* What was drawn is what size() said, or where inputs are one hot at most so many samples. */
static inline void check_size(const struct dataset_size *drawn, const struct dataset_size *said) {
    assert_true(drawn->samples > 0 && drawn->samples <= said->samples);
    assert_true(drawn->one_hot || drawn->samples == said->samples);
    assert_int_equal(drawn->sources, said->sources);
    assert_int_equal(drawn->inputs, said->inputs);
    assert_int_equal(drawn->targets, said->targets);
    assert_int_equal(drawn->one_hot, said->one_hot);
    assert_int_equal(drawn->labels, said->labels);
    assert_int_equal(drawn->steps, said->steps);
    assert_int_equal(drawn->periodic, said->periodic);
    assert_int_equal(drawn->own_targets, said->own_targets);
}

/* Inputs are either dense or one hot, and then in the order of what is hot. */
static inline void check_inputs(const struct dataset *data) {
    assert_true((data->inputs == NULL) == data->size.one_hot);
    assert_true((data->hot != NULL) == data->size.one_hot);
    for (size_t n = 0; data->hot != NULL && n < data->size.samples; n++) {
        assert_true(data->hot[n] < data->size.inputs);
        assert_true(n == 0 || data->hot[n - 1] <= data->hot[n]);
    }
}

/* Sequences are whole, oscillations have frequencies, and other targets are another array. */
static inline void check_order(const struct dataset *data) {
    assert_true(data->size.steps == 0 || data->size.samples % data->size.steps == 0);
    assert_true((data->frequencies != NULL) == data->size.periodic);
    assert_true((data->time_step > 0) == data->size.periodic);
    assert_true(data->size.own_targets == (data->targets != data->inputs));
}

/* Draws from the data stream of a job numbered `job`, and checks what holds of every data set. */
static inline const struct dataset *draw(struct drawn *drawn, uint64_t job) {
    struct dataset_size size;
    struct random_stream stream = random_stream_of((struct job_hash){{job, 20240}}, RANDOM_DATA);
    assert_int_equal(check_settings(drawn), STATUS_OK);
    assert_int_equal(drawn->distribution->size(drawn->settings, &size, &drawn->error), STATUS_OK);
    assert_int_equal(drawn->distribution->draw(drawn->settings, &stream, &drawn->arena,
                                               &drawn->data, &drawn->error),
                     STATUS_OK);
    check_size(&drawn->data.size, &size);
    check_inputs(&drawn->data);
    check_order(&drawn->data);
    double sum = 0;
    for (size_t n = 0; n < drawn->data.size.samples; n++) {
        assert_true(drawn->data.weights[n] > 0);
        sum += drawn->data.weights[n];
    }
    assert_near(sum, 1, DBL_EPSILON * (double)size.samples);
    return &drawn->data;
}

static inline void end(struct drawn *drawn) {
    arena_free(&drawn->arena);
}
