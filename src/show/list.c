#include "show/list.h"

#include "base/json.h"
#include "base/text.h"
#include "document/wrap.h"
#include "parameter/parameter.h"
#include "score/score.h"
#include "sweep/root_keys.h"
#include "sweep/section.h"

#include <stdio.h>
#include <string.h>

enum { PHRASE_BYTES = 512, NAMES_MAX = 128, HELP_MARGIN = 4, DETAIL_MARGIN = 6 };

/* A table of components, or a single one that has no others beside it. */
struct kind {
    const char *name;
    const char *help;
    const char *section; /**< before the dot of its keys; "" for the top level and for scores */
    bool single;
    const struct component *(*component)(size_t index);
    const struct component *common; /**< parameters that its components share, or NULL */
};

static const struct component *list_network_at(size_t index) {
    return section_component(SECTION_NETWORK, index);
}

static const struct component *list_distribution_at(size_t index) {
    return section_component(SECTION_DATA, index);
}

static const struct component *list_solver_at(size_t index) {
    return section_component(SECTION_SOLVER, index);
}

static const struct component *list_train_at(size_t index) {
    return section_component(SECTION_TRAIN, index);
}

static const struct component *list_loss_at(size_t index) {
    return section_component(SECTION_LOSS, index);
}

static const struct component *list_scoring_at(size_t index) {
    return section_component(SECTION_SCORING, index);
}

static const struct component *list_top_at(size_t index) {
    return index == 0 ? &root_component : NULL;
}

static const struct component *list_score_at(size_t index) {
    return scores[index] == NULL ? NULL : &scores[index]->component;
}

static const struct kind kinds[] = {
    {"networks", "network.kind", "network", false, list_network_at, NULL},
    {"distributions", "data.kind", "data", false, list_distribution_at, NULL},
    {"solvers", "train.solver", "train", false, list_solver_at, &train_component},
    {"scores", "the list of scores", "", false, list_score_at, NULL},
    {"train", "the train section", "train", true, list_train_at, NULL},
    {"loss", "the loss section", "loss", true, list_loss_at, NULL},
    {"scoring", "the scoring section", "scoring", true, list_scoring_at, NULL},
    {"sweep", "the top level", "", true, list_top_at, NULL},
};

enum { KIND_COUNT = sizeof kinds / sizeof kinds[0] };

static enum status list_unknown(const char *what, const char *name, const char *const *names,
                                size_t count, struct error *error) {
    char known[PHRASE_BYTES];
    char meant[TEXT_SUGGESTION_BYTES];
    return error_set(error, STATUS_BAD_INPUT, "unknown %s '%s'; %sknown are %s", what, name,
                     text_suggestion("did you mean '", name, names, count, "'? ", meant),
                     text_list(names, count, known, sizeof known));
}

static enum status list_find_kind(const char *name, const struct kind **kind, struct error *error) {
    const char *names[KIND_COUNT];
    for (size_t i = 0; i < KIND_COUNT; i++) {
        names[i] = kinds[i].name;
        if (strcmp(name, names[i]) == 0) {
            *kind = &kinds[i];
            return STATUS_OK;
        }
    }
    return list_unknown("kind", name, names, KIND_COUNT, error);
}

static enum status list_find_component(const struct kind *kind, const char *name,
                                       const struct component **component, struct error *error) {
    const char *names[NAMES_MAX];
    size_t count = 0;
    for (; kind->component(count) != NULL && count < NAMES_MAX; count++) {
        names[count] = kind->component(count)->name;
        if (strcmp(name, names[count]) == 0) {
            *component = kind->component(count);
            return STATUS_OK;
        }
    }
    char what[PHRASE_BYTES];
    (void)snprintf(what, sizeof what, "%.*s", (int)strlen(kind->name) - 1, kind->name);
    return list_unknown(what, name, names, count, error);
}

/* --- text -------------------------------------------------------------------------------- */

static int list_longest_name(const struct kind *kind) {
    int longest = 0;
    for (size_t i = 0; kind->component(i) != NULL; i++) {
        int length = (int)strlen(kind->component(i)->name);
        longest = length > longest ? length : longest;
    }
    return longest;
}

/* Ends a line of which `column` columns (what printf returned) are there. */
static void list_print_rest(int column, const char *text) {
    size_t there = column > 0 ? (size_t)column : 0;
    wrap_print(stdout, there, there, text);
}

static void list_print_kind(const struct kind *kind) {
    printf("%s (%s)\n", kind->name, kind->help);
    for (size_t i = 0; kind->component(i) != NULL; i++) {
        const struct component *component = kind->component(i);
        int column = printf("  %-*s  ", list_longest_name(kind), component->name);
        list_print_rest(column, component->help);
    }
}

static void list_print_parameter(const char *section, const struct parameter *parameter) {
    char expects[PHRASE_BYTES];
    char range[PHRASE_BYTES];
    const char *limits = parameter_range(parameter, range, sizeof range);
    int column = printf("  %s%s%s: ", section, section[0] == '\0' ? "" : ".", parameter->name);
    wrap_print(stdout, column > 0 ? (size_t)column : 0, HELP_MARGIN, parameter->help);
    char detail[2 * PHRASE_BYTES];
    const char *fallback = parameter->fallback;
    (void)snprintf(detail, sizeof detail, "%s%s%s%s%s; %s%s",
                   parameter_expects(parameter, expects, sizeof expects),
                   limits[0] == '\0' ? "" : ", ", limits,
                   parameter_unit(parameter)[0] == '\0' ? "" : " ", parameter_unit(parameter),
                   fallback == NULL ? "must be given" : "default ",
                   fallback == NULL      ? ""
                   : fallback[0] == '\0' ? "none"
                                         : fallback);
    printf("%*s", DETAIL_MARGIN, "");
    wrap_print(stdout, DETAIL_MARGIN, DETAIL_MARGIN, detail);
}

static void list_print_parameters(const char *section, const struct component *component) {
    for (size_t i = 0; i < component->parameter_count; i++) {
        list_print_parameter(section, &component->parameters[i]);
    }
}

static void list_print_component(const struct kind *kind, const struct component *component) {
    int column = printf("%s: ", component->name);
    list_print_rest(column, component->help);
    list_print_parameters(kind->section, component);
    if (kind->common != NULL) {
        printf("\nwith every one of the %s:\n", kind->name);
        list_print_parameters(kind->section, kind->common);
    }
}

static void list_print_all(void) {
    for (size_t i = 0; i < KIND_COUNT && !kinds[i].single; i++) {
        printf("%s", i == 0 ? "" : "\n");
        list_print_kind(&kinds[i]);
    }
    puts("\n'modsweep list KIND NAME' tells the parameters; 'modsweep list train', 'list\n"
         "loss', 'list scoring' and 'list sweep' those of the other sections.");
}

/* --- JSON -------------------------------------------------------------------------------- */

static bool list_is_numeric(const struct parameter *parameter) {
    return parameter->type == PARAMETER_INTEGER || parameter->type == PARAMETER_REAL ||
           parameter->type == PARAMETER_INTEGERS || parameter->type == PARAMETER_REALS;
}

static enum status list_json_range(struct json_object *object, const struct parameter *parameter,
                                   struct error *error) {
    bool above = (parameter->flags & PARAMETER_ABOVE_MINIMUM) != 0;
    bool below = (parameter->flags & PARAMETER_BELOW_MAXIMUM) != 0;
    TRY(json_add_real(object, "minimum", parameter->minimum, error));
    TRY(json_add_flag(object, "minimum_excluded", above, error));
    TRY(json_add_real(object, "maximum", parameter->maximum, error));
    return json_add_flag(object, "maximum_excluded", below, error);
}

static enum status list_json_choices(struct json_object *object, const struct parameter *parameter,
                                     struct error *error) {
    struct json_object *choices = NULL;
    TRY(json_add_array(object, "choices", &choices, error));
    for (size_t i = 0; parameter->choices[i] != NULL; i++) {
        TRY(json_append_text(choices, parameter->choices[i], error));
    }
    return STATUS_OK;
}

static enum status list_json_parameter(struct json_object *list, const char *section,
                                       const struct parameter *parameter, struct error *error) {
    static const char *const types[] = {
        [PARAMETER_INTEGER] = "integer", [PARAMETER_REAL] = "real",
        [PARAMETER_CHOICE] = "choice",   [PARAMETER_TEXT] = "text",
        [PARAMETER_FILE] = "file",       [PARAMETER_INTEGERS] = "integers",
        [PARAMETER_REALS] = "reals",     [PARAMETER_CHOICES] = "choices",
    };
    struct json_object *object = NULL;
    char key[PHRASE_BYTES];
    (void)snprintf(key, sizeof key, "%s%s%s", section, section[0] == '\0' ? "" : ".",
                   parameter->name);
    TRY(json_append_object(list, &object, error));
    TRY(json_add_text(object, "name", parameter->name, error));
    TRY(json_add_text(object, "key", key, error));
    TRY(json_add_text(object, "type", types[parameter->type], error));
    TRY(json_add_text(object, "unit", parameter_unit(parameter), error));
    if (list_is_numeric(parameter)) {
        TRY(list_json_range(object, parameter, error));
    }
    if (parameter->choices != NULL) {
        TRY(list_json_choices(object, parameter, error));
    }
    if (parameter->fallback == NULL) {
        TRY(json_add_null(object, "default", error));
    } else {
        TRY(json_add_text(object, "default", parameter->fallback, error));
    }
    return json_add_text(object, "help", parameter->help, error);
}

static enum status list_json_parameters(struct json_object *list, const char *section,
                                        const struct component *component, struct error *error) {
    for (size_t i = 0; component != NULL && i < component->parameter_count; i++) {
        TRY(list_json_parameter(list, section, &component->parameters[i], error));
    }
    return STATUS_OK;
}

static enum status list_json_component(struct json_object *object, const struct kind *kind,
                                       const struct component *component, struct error *error) {
    struct json_object *list = NULL;
    TRY(json_add_text(object, "kind", kind->name, error));
    TRY(json_add_text(object, "name", component->name, error));
    TRY(json_add_text(object, "help", component->help, error));
    TRY(json_add_array(object, "parameters", &list, error));
    TRY(list_json_parameters(list, kind->section, component, error));
    return list_json_parameters(list, kind->section, kind->common, error);
}

static enum status list_json_kind(struct json_object *object, const struct kind *kind,
                                  struct error *error) {
    struct json_object *list = NULL;
    TRY(json_add_array(object, kind->name, &list, error));
    for (size_t i = 0; kind->component(i) != NULL; i++) {
        struct json_object *entry = NULL;
        TRY(json_append_object(list, &entry, error));
        TRY(json_add_text(entry, "name", kind->component(i)->name, error));
        TRY(json_add_text(entry, "help", kind->component(i)->help, error));
    }
    return STATUS_OK;
}

/* One component, one kind, or with neither all kinds that have several components. */
static enum status list_json_fill(struct json_object *object, const struct kind *only,
                                  const struct component *component, struct error *error) {
    if (component != NULL) {
        TRY(list_json_component(object, only, component, error));
        return json_write(object, true, stdout, error);
    }
    for (size_t i = 0; i < KIND_COUNT; i++) {
        if (only == &kinds[i] || (only == NULL && !kinds[i].single)) {
            TRY(list_json_kind(object, &kinds[i], error));
        }
    }
    return json_write(object, true, stdout, error);
}

static enum status list_show_json(const struct kind *only, const struct component *component,
                                  struct error *error) {
    struct json_object *object = json_object_new_object();
    if (object == NULL) {
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    }
    enum status status = list_json_fill(object, only, component, error);
    (void)json_object_put(object);
    return status;
}

static void list_show_text(const struct kind *only, const struct component *component) {
    if (component != NULL) {
        list_print_component(only, component);
    } else if (only != NULL) {
        list_print_kind(only);
    } else {
        list_print_all();
    }
}

enum status list_show(const char *kind, const char *name, bool json, struct error *error) {
    const struct kind *only = NULL;
    const struct component *component = NULL;
    if (kind != NULL) {
        TRY(list_find_kind(kind, &only, error));
    }
    if (only != NULL && only->single) {
        component = only->component(0);
        if (name != NULL) {
            return error_set(error, STATUS_BAD_INPUT, "'list %s' takes no name, got '%s'",
                             only->name, name);
        }
    } else if (only != NULL && name != NULL) {
        TRY(list_find_component(only, name, &component, error));
    }
    if (json) {
        return list_show_json(only, component, error);
    }
    list_show_text(only, component);
    return STATUS_OK;
}
