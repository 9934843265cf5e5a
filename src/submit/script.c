#include "submit/script.h"

#include "submit/quote.h"
#include "submit/templates.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char option_mark[] = "#SBATCH --";
/* The line after which the template takes its variables and arguments. */
static const char settings_mark[] = "set -euo pipefail";

const char script_second_line[] = "# Written by 'modsweep submit'.";
static const char comment[] = "# Submit it with sbatch in the folder where that was called; "
                              "options of sbatch on the command\n"
                              "# line come before those below.\n#\n";

enum { OPTIONS_MAX = 64 };

static const char *script_template_text(const char *name) {
    for (const struct template *template = templates; template->name != NULL; template ++) {
        if (strcmp(template->name, name) == 0) {
            return template->text;
        }
    }
    return NULL;
}

static enum status script_check_all(const struct script *script, struct error *error) {
    for (size_t o = 0; o < script->option_count; o++) {
        const struct script_option *option = &script->options[o];
        TRY(quote_check(option->key, option->value == NULL ? "" : option->value, error));
    }
    for (size_t e = 0; e < script->extra_count; e++) {
        TRY(quote_check("an option of sbatch", script->extra[e], error));
    }
    for (size_t v = 0; v < script->variable_count; v++) {
        TRY(quote_check(script->variables[v].name, script->variables[v].value, error));
    }
    for (size_t a = 0; a < script->argument_count; a++) {
        TRY(quote_check("an argument", script->arguments[a], error));
    }
    return STATUS_OK;
}

static void script_write_option(FILE *file, const struct script_option *option) {
    (void)fprintf(file, "%s%s", option_mark, option->key);
    if (option->value != NULL) {
        (void)fputc('=', file);
        quote_sbatch(file, option->value);
    }
    (void)fputc('\n', file);
}

/* What replaces the template's line, or NULL. */
static const struct script_option *script_replacement(const struct script *script,
                                                      const char *line) {
    const char *key = line + sizeof option_mark - 1;
    size_t length = strcspn(key, "=\n");
    for (size_t o = 0; o < script->option_count; o++) {
        const char *own = script->options[o].key;
        if (strlen(own) == length && strncmp(own, key, length) == 0) {
            return &script->options[o];
        }
    }
    return NULL;
}

/* The user's own options come last, so that they win. */
static void script_write_remaining_options(FILE *file, const struct script *script,
                                           const bool *written) {
    for (size_t o = 0; o < script->option_count; o++) {
        if (!written[o] && !script->options[o].only_there) {
            script_write_option(file, &script->options[o]);
        }
    }
    for (size_t e = 0; e < script->extra_count; e++) {
        (void)fputs("#SBATCH ", file);
        quote_sbatch(file, script->extra[e]);
        (void)fputc('\n', file);
    }
}

/* Whether an argument has what a shell would replace outside of quotes. */
static bool script_any_expands(const struct script *script) {
    for (size_t a = 0; a < script->argument_count; a++) {
        if (strpbrk(script->arguments[a], "$`") != NULL) {
            return true;
        }
    }
    return false;
}

static void script_write_settings(FILE *file, const struct script *script) {
    (void)fputc('\n', file);
    for (size_t v = 0; v < script->variable_count; v++) {
        const struct script_variable *variable = &script->variables[v];
        (void)fprintf(file, "export %s=${%s:-", variable->name, variable->name);
        quote_shell(file, variable->value);
        (void)fputs("}\n", file);
    }
    if (script_any_expands(script)) {
        (void)fputs("# shellcheck disable=SC2016 # these words are meant as they are\n", file);
    }
    (void)fputs("set --", file);
    for (size_t a = 0; a < script->argument_count; a++) {
        (void)fputc(' ', file);
        quote_shell(file, script->arguments[a]);
    }
    (void)fputc('\n', file);
}

/* The template's own comment at the beginning tells how to call it, and is left out. */
static void write_script(FILE *file, const char *text, const struct script *script) {
    bool written[OPTIONS_MAX] = {false};
    bool begun = false;
    bool options_end = false;
    (void)fputs("#!/bin/bash\n", file);
    (void)fprintf(file, "%s\n%s", script_second_line, comment);
    while (*text != '\0') {
        int length = (int)strcspn(text, "\n") + 1;
        bool is_option = strncmp(text, option_mark, sizeof option_mark - 1) == 0;
        begun = begun || is_option;
        if (is_option) {
            const struct script_option *own = script_replacement(script, text);
            if (own != NULL) {
                script_write_option(file, own);
                written[own - script->options] = true;
            } else {
                (void)fprintf(file, "%.*s", length, text);
            }
        } else if (begun) {
            if (!options_end) {
                script_write_remaining_options(file, script, written);
                options_end = true;
            }
            (void)fprintf(file, "%.*s", length, text);
            if (strncmp(text, settings_mark, sizeof settings_mark - 1) == 0) {
                script_write_settings(file, script);
            }
        }
        text += length;
    }
}

char *script_text(const struct script *script, struct arena *arena, struct error *error) {
    const char *text = script_template_text(script->template);
    char *written = NULL;
    size_t length = 0;
    if (text == NULL || script->option_count > OPTIONS_MAX) {
        (void)error_set(error, STATUS_SYSTEM, "no template '%s' for so many options",
                        script->template);
        return NULL;
    }
    if (script_check_all(script, error) != STATUS_OK) {
        return NULL;
    }
    FILE *file = open_memstream(&written, &length);
    if (file == NULL) {
        (void)error_set(error, STATUS_NO_MEMORY, "out of memory for a batch script");
        return NULL;
    }
    write_script(file, text, script);
    bool failed = ferror(file) != 0;
    failed = fclose(file) != 0 || failed;
    char *copy = NULL;
    if (failed) {
        (void)error_set(error, STATUS_NO_MEMORY, "out of memory for a batch script");
    } else {
        copy = arena_string(arena, written, error);
    }
    free(written);
    return copy;
}
