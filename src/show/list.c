#include "show/list.h"

#include "base/text.h"
#include "score/score.h"
#include "sweep/root_keys.h"
#include "sweep/section.h"

#include <stdio.h>

enum { TEXT_BYTES = 512, NAMES_MAX = 128 };

/* Two tables that are not of a section, besides enum section. */
enum { LIST_SCORES = SECTION_COUNT, LIST_ROOT };

/* A table of components, or a single one. */
struct kind {
    const char *name;
    int table; /* of enum section, or one of the two */
    bool single;
};

static const struct kind kinds[] = {
    {"networks", SECTION_NETWORK, false}, {"distributions", SECTION_DATA, false},
    {"solvers", SECTION_SOLVER, false},   {"scores", LIST_SCORES, false},
    {"train", SECTION_TRAIN, true},       {"loss", SECTION_LOSS, true},
    {"scoring", SECTION_SCORING, true},   {"sweep", LIST_ROOT, true},
};

enum { KINDS = sizeof kinds / sizeof *kinds };

/* Component `index` of a kind, NULL past its end. */
static const struct component *list_component(const struct kind *kind, size_t index) {
    switch (kind->table) {
    case LIST_SCORES:
        return scores[index] == NULL ? NULL : &scores[index]->component;
    case LIST_ROOT:
        return index == 0 ? &root_component : NULL;
    default:
        return section_component((enum section)kind->table, index);
    }
}

/* Finds a name in names[count]; `what` says what it names, for the message. */
static enum status list_find(const char *what, const char *name, const char *const *names,
                             size_t count, size_t *place, struct error *error) {
    char known[TEXT_BYTES];
    char meant[TEXT_SUGGESTION_BYTES];
    for (*place = 0; *place < count; (*place)++) {
        if (strcmp(name, names[*place]) == 0) {
            return STATUS_OK;
        }
    }
    return error_set(error, STATUS_BAD_INPUT, "unknown %s '%s'; %sknown are %s", what, name,
                     text_suggestion("did you mean '", name, names, count, "'? ", meant),
                     text_list(names, count, known, sizeof known));
}

static enum status list_find_kind(const char *name, const struct kind **kind, struct error *error) {
    const char *names[KINDS];
    size_t place;
    for (size_t i = 0; i < KINDS; i++) {
        names[i] = kinds[i].name;
    }
    TRY(list_find("kind", name, names, KINDS, &place, error));
    *kind = &kinds[place];
    return STATUS_OK;
}

static enum status list_find_component(const struct kind *kind, const char *name,
                                       const struct component **component, struct error *error) {
    const char *names[NAMES_MAX];
    char what[TEXT_BYTES];
    size_t count = 0;
    size_t place;
    for (; list_component(kind, count) != NULL && count < NAMES_MAX; count++) {
        names[count] = list_component(kind, count)->name;
    }
    (void)snprintf(what, sizeof what, "%.*s", (int)strlen(kind->name) - 1, kind->name);
    TRY(list_find(what, name, names, count, &place, error));
    *component = list_component(kind, place);
    return STATUS_OK;
}

static enum status list_add_kind(const struct kind *kind, struct document *document,
                                 struct error *error) {
    static const struct document_column columns[] = {{.key = "name", .heading = "", .left = true},
                                                     {.key = "help", .heading = "", .left = true}};
    const struct document_table table = {.key = kind->name,
                                         DOCUMENT_COLUMNS(columns),
                                         .indent = 2,
                                         .gap = 2,
                                         .bare = true,
                                         .wrapped = true};
    struct document_table *added;
    struct document_value *cells;
    TRY(document_line(document, NULL, error, "%s (%s)", kind->name,
                      kind->table == LIST_SCORES ? "the list of scores"
                                                 : sections[(enum section)kind->table].selector));
    TRY(document_table(document, &table, &added, error));
    for (size_t i = 0; list_component(kind, i) != NULL; i++) {
        TRY(document_row(added, &cells, error));
        DOCUMENT_CELLS(cells, document_text(list_component(kind, i)->name),
                       document_text(list_component(kind, i)->help));
    }
    return STATUS_OK;
}

static enum status list_add_all(struct document *document, struct error *error) {
    for (size_t i = 0; i < KINDS && !kinds[i].single; i++) {
        if (i > 0) {
            TRY(document_line(document, NULL, error, "%s", ""));
        }
        TRY(list_add_kind(&kinds[i], document, error));
    }
    return document_line(
        document, NULL, error, "%s",
        "\n'modsweep list KIND NAME' shows the parameters; 'modsweep list train',\n"
        "'list loss', 'list scoring' and 'list sweep' those of other sections.");
}

/* The parameter's range for programs, if it is a number. */
static enum status list_add_range(const struct parameter *parameter, struct document *element,
                                  struct error *error) {
    const bool above = (parameter->flags & PARAMETER_ABOVE_MINIMUM) != 0;
    const bool below = (parameter->flags & PARAMETER_BELOW_MAXIMUM) != 0;
    const bool number = parameter->type == PARAMETER_INTEGER || parameter->type == PARAMETER_REAL ||
                        parameter->type == PARAMETER_INTEGERS || parameter->type == PARAMETER_REALS;
    return !number ? STATUS_OK
                   : DOCUMENT_FIELDS(element, error, {"minimum", document_real(parameter->minimum)},
                                     {"minimum_excluded", document_flag(above)},
                                     {"maximum", document_real(parameter->maximum)},
                                     {"maximum_excluded", document_flag(below)});
}

static enum status list_add_element(const struct parameter *parameter, const char *key,
                                    struct document *document, struct error *error) {
    static const char *const types[] = {
        [PARAMETER_INTEGER] = "integer", [PARAMETER_REAL] = "real",
        [PARAMETER_CHOICE] = "choice",   [PARAMETER_TEXT] = "text",
        [PARAMETER_FILE] = "file",       [PARAMETER_INTEGERS] = "integers",
        [PARAMETER_REALS] = "reals",     [PARAMETER_CHOICES] = "choices",
    };
    struct document *element;
    size_t choices = 0;
    TRY(document_element(document, "parameters", &element, error));
    TRY(DOCUMENT_FIELDS(element, error, {"name", document_text(parameter->name)},
                        {"key", document_text(key)},
                        {"type", document_text(types[parameter->type])},
                        {"unit", document_text(parameter_unit(parameter))}));
    TRY(list_add_range(parameter, element, error));
    if (parameter->choices != NULL) {
        for (; parameter->choices[choices] != NULL; choices++) {
        }
        TRY(DOCUMENT_FIELDS(element, error,
                            {"choices", document_words(parameter->choices, choices)}));
    }
    return DOCUMENT_FIELDS(element, error, {"default", document_text(parameter->fallback)},
                           {"help", document_text(parameter->help)});
}

/* What the parameter takes: "an integer, from 1 to 24; default 3". */
static enum status list_add_detail(const struct parameter *parameter, struct document *document,
                                   struct error *error) {
    char expects[TEXT_BYTES];
    char range[TEXT_BYTES];
    const char *limits = parameter_range(parameter, range, sizeof range);
    const char *fallback = parameter->fallback;
    return document_styled(
        document, DOCUMENT_PARAGRAPH, "      ", error, "%s%s%s%s%s; %s%s",
        parameter_expects(parameter, expects, sizeof expects), limits[0] == '\0' ? "" : ", ",
        limits, parameter_unit(parameter)[0] == '\0' ? "" : " ", parameter_unit(parameter),
        fallback == NULL ? "must be given" : "default ",
        fallback == NULL      ? ""
        : fallback[0] == '\0' ? "none"
                              : fallback);
}

static enum status list_add_parameters(const struct kind *kind, const struct component *component,
                                       struct document *document, struct error *error) {
    for (size_t i = 0; i < component->parameter_count; i++) {
        const struct parameter *parameter = &component->parameters[i];
        const bool has_section = kind->table < SECTION_COUNT;
        const char *key;
        char label[TEXT_BYTES];
        TRY(arena_printf(document->arena, &key, error, "%s%s%s",
                         has_section ? sections[(enum section)kind->table].name : "",
                         has_section ? "." : "", parameter->name));
        (void)snprintf(label, sizeof label, "  %s: ", key);
        TRY(list_add_element(parameter, key, document, error));
        TRY(document_styled(document, DOCUMENT_HANGING, label, error, "%s", parameter->help));
        TRY(list_add_detail(parameter, document, error));
    }
    return STATUS_OK;
}

static enum status list_add_component(const struct kind *kind, const struct component *component,
                                      struct document *document, struct error *error) {
    char label[TEXT_BYTES];
    (void)snprintf(label, sizeof label, "%s: ", component->name);
    TRY(DOCUMENT_FIELDS(document, error, {"kind", document_text(kind->name)},
                        {"name", document_text(component->name)},
                        {"help", document_text(component->help)}, {"parameters", document_list()}));
    TRY(document_styled(document, DOCUMENT_PARAGRAPH, label, error, "%s", component->help));
    TRY(list_add_parameters(kind, component, document, error));
    if (kind->table != SECTION_SOLVER) {
        return STATUS_OK;
    }
    TRY(document_line(document, NULL, error, "\nwith every one of the %s:", kind->name));
    return list_add_parameters(kind, &train_component, document, error);
}

enum status list_document(const char *kind, const char *name, struct document *document,
                          struct error *error) {
    const struct kind *only;
    const struct component *component = NULL;
    if (kind == NULL) {
        return list_add_all(document, error);
    }
    TRY(list_find_kind(kind, &only, error));
    if (only->single && name != NULL) {
        return error_set(error, STATUS_BAD_INPUT, "'list %s' takes no name, got '%s'", only->name,
                         name);
    }
    if (only->single) {
        component = list_component(only, 0);
    } else if (name != NULL) {
        TRY(list_find_component(only, name, &component, error));
    }
    return component == NULL ? list_add_kind(only, document, error)
                             : list_add_component(only, component, document, error);
}
