#include "submit/script.h"

#include "base/shell_quote.h"
#include "submit/sbatch_quote.h"
#include "submit/templates.h"

#include <ctype.h>
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

/* Quoted values: of options, extra options, variables, arguments. */
struct script_words {
    const char **options, **extra, **variables, **arguments;
};

static const char *script_template_text(const char *name) {
    for (const struct template *template = templates; template->name != NULL; template ++) {
        if (strcmp(template->name, name) == 0) {
            return template->text;
        }
    }
    return NULL;
}

typedef enum status script_quoter(struct arena *arena, const char *text, const char **word,
                                  struct error *error);

/* Quotes a text without control characters, which no batch script can hold. */
static enum status script_quote(script_quoter *quote, const char *what, const char *text,
                                struct arena *arena, const char **word, struct error *error) {
    for (const char *letter = text; *letter != '\0'; letter++) {
        if (iscntrl((unsigned char)*letter)) {
            return error_set(error, STATUS_BAD_INPUT,
                             "%s has a control character, which no batch script can hold", what);
        }
    }
    return quote(arena, text, word, error);
}

static enum status script_quote_all(const struct script *script, struct arena *arena,
                                    struct script_words *words, struct error *error) {
    TRY(ARENA_NEW(arena, words->options, script->option_count, error));
    TRY(ARENA_NEW(arena, words->extra, script->extra_count, error));
    TRY(ARENA_NEW(arena, words->variables, script->variable_count, error));
    TRY(ARENA_NEW(arena, words->arguments, script->argument_count, error));
    for (size_t o = 0; o < script->option_count; o++) {
        const struct script_option *option = &script->options[o];
        TRY(script_quote(sbatch_quote, option->key, option->value, arena, &words->options[o],
                         error));
    }
    for (size_t e = 0; e < script->extra_count; e++) {
        TRY(script_quote(sbatch_quote, "an option of sbatch", script->extra[e], arena,
                         &words->extra[e], error));
    }
    for (size_t v = 0; v < script->variable_count; v++) {
        const struct script_variable *variable = &script->variables[v];
        TRY(script_quote(shell_quote, variable->name, variable->value, arena, &words->variables[v],
                         error));
    }
    for (size_t a = 0; a < script->argument_count; a++) {
        TRY(script_quote(shell_quote, "an argument", script->arguments[a], arena,
                         &words->arguments[a], error));
    }
    return STATUS_OK;
}

/* The option that replaces the template's line, or script->option_count. */
static size_t script_replacement(const struct script *script, const char *line) {
    const char *key = line + sizeof option_mark - 1;
    size_t length = strcspn(key, "=\n");
    size_t o = 0;
    while (o < script->option_count && (strlen(script->options[o].key) != length ||
                                        strncmp(script->options[o].key, key, length) != 0)) {
        o++;
    }
    return o;
}

/* The user's own options come last, so that they win. */
static void script_write_remaining_options(FILE *file, const struct script *script,
                                           const struct script_words *words, const bool *written) {
    for (size_t o = 0; o < script->option_count; o++) {
        const struct script_option *option = &script->options[o];
        if (!written[o] && !option->replace_only) {
            (void)fprintf(file, "%s%s=%s\n", option_mark, option->key, words->options[o]);
        }
    }
    for (size_t e = 0; e < script->extra_count; e++) {
        (void)fprintf(file, "#SBATCH %s\n", words->extra[e]);
    }
}

/* Writes the template's options up to the line after them, and returns that. */
static const char *script_write_options(FILE *file, const char *text, const struct script *script,
                                        const struct script_words *words) {
    bool written[OPTIONS_MAX] = {false};
    while (strncmp(text, option_mark, sizeof option_mark - 1) == 0) {
        int length = (int)strcspn(text, "\n") + 1;
        size_t own = script_replacement(script, text);
        if (own < script->option_count) {
            (void)fprintf(file, "%s%s=%s\n", option_mark, script->options[own].key,
                          words->options[own]);
            written[own] = true;
        } else {
            (void)fprintf(file, "%.*s", length, text);
        }
        text += length;
    }
    script_write_remaining_options(file, script, words, written);
    return text;
}

/* Whether an argument has what a shell would expand outside of quotes. */
static bool script_any_expands(const struct script *script) {
    for (size_t a = 0; a < script->argument_count; a++) {
        if (strpbrk(script->arguments[a], "$`") != NULL) {
            return true;
        }
    }
    return false;
}

static void script_write_settings(FILE *file, const struct script *script,
                                  const struct script_words *words) {
    (void)fputc('\n', file);
    for (size_t v = 0; v < script->variable_count; v++) {
        const char *name = script->variables[v].name;
        (void)fprintf(file, "export %s=${%s:-%s}\n", name, name, words->variables[v]);
    }
    if (script_any_expands(script)) {
        (void)fputs("# shellcheck disable=SC2016 # these words are meant as they are\n", file);
    }
    (void)fputs("set --", file);
    for (size_t a = 0; a < script->argument_count; a++) {
        (void)fprintf(file, " %s", words->arguments[a]);
    }
    (void)fputc('\n', file);
}

/* The comment at the template's beginning explains how to call it, and is left out. */
static void script_write(FILE *file, const char *text, const struct script *script,
                         const struct script_words *words) {
    (void)fprintf(file, "#!/bin/bash\n%s\n%s", script_second_line, comment);
    text = script_write_options(file, strstr(text, option_mark), script, words);
    const char *settings = strchr(strstr(text, settings_mark), '\n') + 1;
    (void)fprintf(file, "%.*s", (int)(settings - text), text);
    script_write_settings(file, script, words);
    (void)fputs(settings, file);
}

enum status script_text(const struct script *script, struct arena *arena, const char **text,
                        struct error *error) {
    const char *template = script_template_text(script->template);
    struct script_words words;
    char *written = NULL;
    size_t length = 0;
    if (template == NULL || script->option_count > OPTIONS_MAX) {
        return error_set(error, STATUS_SYSTEM, "no template '%s' for so many options",
                         script->template);
    }
    TRY(script_quote_all(script, arena, &words, error));
    FILE *file = open_memstream(&written, &length);
    if (file == NULL) {
        return error_set(error, STATUS_NO_MEMORY, "out of memory for a batch script");
    }
    script_write(file, template, script, &words);
    bool failed = ferror(file) != 0;
    failed = fclose(file) != 0 || failed;
    enum status status =
        failed ? error_set(error, STATUS_NO_MEMORY, "out of memory for a batch script")
               : arena_strdup(arena, written, text, error);
    free(written);
    return status;
}
