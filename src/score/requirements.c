#include "score/requirements.h"

static enum status requirements_refuse_numbers(const struct score *score,
                                               const struct score_subject *subject,
                                               struct error *error) {
    const char *hint = subject->hint;
    const char *other = score->continuous;
    const char *evidence = subject->evidence;
    return error_set(error, STATUS_BAD_INPUT,
                     "'%s' counts labels; the sources of %s%s%s%s are continuous%s%s%s%s%s",
                     score->component.name, subject->data, evidence == NULL ? "" : " (",
                     evidence == NULL ? "" : evidence, evidence == NULL ? "" : ")",
                     hint == NULL ? "" : " unless ", hint == NULL ? "" : hint,
                     other == NULL ? "" : "; use '", other == NULL ? "" : other,
                     other == NULL ? "" : "'");
}

enum status score_check_requirements(const struct score *score, const struct score_subject *subject,
                                     struct error *error) {
    const char *name = score->component.name;
    if (score->needs_latents && subject->latents == 0) {
        return error_set(error, STATUS_BAD_INPUT, "'%s' needs latents, and %s has none", name,
                         subject->owner);
    }
    if (score->needs_labels && !subject->labels) {
        return requirements_refuse_numbers(score, subject, error);
    }
    if (score->needs_frequencies && !subject->periodic) {
        return error_set(error, STATUS_BAD_INPUT,
                         "'%s' needs sources of known frequencies, and %s has none%s%s", name,
                         subject->data, subject->expected == NULL ? "" : "; expected ",
                         subject->expected == NULL ? "" : subject->expected);
    }
    if (score->needs_sources != 0 && score->needs_sources != subject->sources) {
        return error_set(error, STATUS_BAD_INPUT, "'%s' needs %zu sources; %s has %zu", name,
                         score->needs_sources, subject->data, subject->sources);
    }
    return STATUS_OK;
}
