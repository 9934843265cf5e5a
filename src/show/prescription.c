#include "show/prescription.h"

#include "base/text.h"
#include "document/wrap.h"

#include <stdio.h>

enum {
    NAME_BYTES = 32,
    ROWS_SHOWN = 40,
    EXACT_COLUMN = 22, /* of numbers in all digits */
    COLUMN = 14,
};

static void prescription_print_header(const struct prescription *prescription, int column,
                                      const char *first, const char *rest) {
    printf(" %10s", first);
    for (size_t j = 0; j < prescription->sources; j++) {
        char name[NAME_BYTES];
        (void)snprintf(name, sizeof name, "source %zu", j + 1);
        printf(" %*.*s", column, column,
               prescription->names == NULL ? name : prescription->names[j]);
    }
    printf("  %s\n", rest);
}

static bool prescription_is_sample(const struct prescription *prescription,
                                   const struct addition *addition) {
    const double *sample = prescription->points + addition->from * prescription->sources;
    for (size_t j = 0; j < prescription->sources; j++) {
        if (addition->point[j] != sample[j]) {
            return false;
        }
    }
    return true;
}

static void prescription_print_additions(const struct prescription *prescription) {
    const struct additions *additions = &prescription->additions;
    char text[256];
    (void)snprintf(text, sizeof text,
                   "to make the data modular, add %zu sample%s, each as heavy as an average one:",
                   additions->count, additions->count == 1 ? "" : "s");
    wrap_print(stdout, 0, 0, text);
    prescription_print_header(prescription, EXACT_COLUMN, "add", "   reaches    needed       had");
    for (size_t k = 0; k < additions->count; k++) {
        const struct addition *addition = &additions->list[k];
        printf(" %10zu", k + 1);
        for (size_t j = 0; j < prescription->sources; j++) {
            char number[32]; /* all digits: those that were checked */
            printf(" %*s", EXACT_COLUMN, text_of_real(addition->point[j], number));
        }
        printf("  %10.6g %9.6g %9.6g", addition->reach, addition->needed, addition->had);
        if (prescription_is_sample(prescription, addition)) {
            printf("  sample %zu once more", prescription->rows[addition->from] + 1);
        }
        puts("");
    }
    printf("checked: with %s the margin is %.6g, modular\n", additions->count == 1 ? "it" : "them",
           additions->after.value);
}

static void prescription_print_removals(const struct prescription *prescription) {
    const struct removals *removals = &prescription->removals;
    if (removals->count == 0) {
        wrap_print(stdout, 0, 0,
                   removals->only_vertices
                       ? "checked: the data stay modular without any one vertex of their hull "
                         "(other positions are too many to try)"
                       : "checked: the data stay modular whichever sample is removed");
        return;
    }
    puts("the data would be mixed without any one of these samples:");
    prescription_print_header(prescription, COLUMN, "sample", "copies  margin without");
    for (size_t k = 0; k < removals->count && k < ROWS_SHOWN; k++) {
        const struct removal *removal = &removals->list[k];
        printf(" %10zu", prescription->rows[removal->sample] + 1);
        for (size_t j = 0; j < prescription->sources; j++) {
            printf(" %*.8g", COLUMN,
                   prescription->points[removal->sample * prescription->sources + j]);
        }
        printf("  %6zu  %14.6g\n", removal->copies, removal->margin);
    }
    if (removals->count > ROWS_SHOWN) {
        printf(" … %zu more; --json has them all\n", removals->count - ROWS_SHOWN);
    }
    printf("checked: each was removed%s\n",
           removals->only_vertices ? "; of many positions only the hull's vertices were tried"
                                   : "");
}

void prescription_print(const struct prescription *prescription) {
    puts("");
    if (prescription->additions.before.modular) {
        prescription_print_removals(prescription);
    } else {
        prescription_print_additions(prescription);
    }
}

static enum status prescription_fill_additions(const struct prescription *prescription,
                                               struct json_object *object, struct error *error) {
    const struct additions *additions = &prescription->additions;
    struct json_object *list;
    TRY(json_add_array(object, "add", &list, error));
    for (size_t k = 0; k < additions->count; k++) {
        const struct addition *addition = &additions->list[k];
        struct json_object *one;
        TRY(json_append_object(list, &one, error));
        TRY(json_add_reals(one, "point", addition->point, prescription->sources, error));
        TRY(json_add_reals(one, "direction", addition->direction, prescription->sources, error));
        TRY(json_add_real(one, "reach", addition->reach, error));
        TRY(json_add_real(one, "needed", addition->needed, error));
        TRY(json_add_real(one, "had", addition->had, error));
    }
    TRY(json_add_real(object, "margin_after", additions->after.value, error));
    return json_add_flag(object, "modular_after", additions->after.modular, error);
}

static enum status prescription_fill_removals(const struct prescription *prescription,
                                              struct json_object *object, struct error *error) {
    const struct removals *removals = &prescription->removals;
    struct json_object *list;
    TRY(json_add_array(object, "keep", &list, error));
    for (size_t k = 0; k < removals->count; k++) {
        const struct removal *removal = &removals->list[k];
        struct json_object *one;
        TRY(json_append_object(list, &one, error));
        TRY(json_add_integer(one, "index", (int64_t)prescription->rows[removal->sample], error));
        TRY(json_add_integer(one, "copies", (int64_t)removal->copies, error));
        TRY(json_add_reals(one, "point",
                           prescription->points + removal->sample * prescription->sources,
                           prescription->sources, error));
        TRY(json_add_real(one, "margin_without", removal->margin, error));
    }
    TRY(json_add_integer(object, "positions", (int64_t)removals->positions, error));
    return json_add_flag(object, "only_vertices", removals->only_vertices, error);
}

enum status prescription_fill_json(const struct prescription *prescription,
                                   struct json_object *parent, struct error *error) {
    struct json_object *object;
    TRY(json_add_object(parent, "prescription", &object, error));
    return prescription->additions.before.modular
               ? prescription_fill_removals(prescription, object, error)
               : prescription_fill_additions(prescription, object, error);
}
