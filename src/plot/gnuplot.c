#include "plot/gnuplot.h"

#include "base/program.h"
#include "base/text.h"
#include "plot/glyphs.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const double pixels_of_png = 2.0;    /* a unit of the page */
static const double points_of_pixel = 0.75; /* letters are in pixels in an SVG, else in points */

static bool gnuplot_is_vector(const char *path) {
    return text_ends_with(path, ".svg");
}

enum status gnuplot_check(const char *path, struct error *error) {
    if (!gnuplot_is_vector(path) && !text_ends_with(path, ".png")) {
        return error_set(error, STATUS_BAD_INPUT,
                         "'%s' is not the name of a picture: expected .svg or .png", path);
    }
    for (const char *letter = path; *letter != '\0'; letter++) {
        if (iscntrl((unsigned char)*letter)) {
            return error_set(error, STATUS_BAD_INPUT,
                             "'%s' cannot name a picture: it has a control character", path);
        }
    }
    return STATUS_OK;
}

void gnuplot_text(FILE *script, const char *text) {
    (void)fputc('\'', script);
    for (; *text != '\0'; text++) {
        if (*text == '\'') {
            (void)fputs("''", script);
        } else {
            (void)fputc(iscntrl((unsigned char)*text) ? ' ' : *text, script);
        }
    }
    (void)fputc('\'', script);
}

/* Fails if the picture's file cannot be written; creates it if it does not exist. */
static enum status gnuplot_try_to_write(const char *path, struct error *error) {
    FILE *file = fopen(path, "ab");
    if (file == NULL || fclose(file) != 0) {
        return error_set(error, STATUS_STORAGE, "cannot write '%s': %s", path, strerror(errno));
    }
    return STATUS_OK;
}

static void gnuplot_remove_if_empty(const char *path) {
    struct stat about;
    if (stat(path, &about) == 0 && S_ISREG(about.st_mode) && about.st_size == 0) {
        (void)unlink(path); /* it holds nothing that could be lost */
    }
}

/* Runs a script that writes the picture. */
static enum status gnuplot_run(const char *script, const char *path, struct error *error) {
    static const char *const arguments[] = {"gnuplot", "-d", "-", NULL}; /* no start-up files */
    SCOPED(arena_free) struct arena arena = {0};
    struct program_outcome outcome;
    TRY(program_run(arguments, script, &arena, &outcome, error));
    if (outcome.absent) {
        return error_set(error, STATUS_SYSTEM,
                         "pictures need gnuplot, which is not installed (Debian: gnuplot-nox)");
    }
    return outcome.status == 0 ? STATUS_OK
                               : error_set(error, STATUS_STORAGE, "gnuplot could not draw '%s': %s",
                                           path, outcome.messages);
}

static void gnuplot_write_terminal(FILE *script, const char *path, int width, int height) {
    if (gnuplot_is_vector(path)) {
        (void)fprintf(script,
                      "set terminal svg size %d,%d noenhanced font 'sans-serif,13' "
                      "background 'white'\n",
                      width, height);
    } else {
        (void)fprintf(script,
                      "set terminal pngcairo size %g,%g noenhanced font 'sans-serif,13' "
                      "fontscale %g linewidth %g pointscale %g\n",
                      pixels_of_png * width, pixels_of_png * height,
                      pixels_of_png * points_of_pixel, pixels_of_png, pixels_of_png);
    }
    (void)fputs("set encoding utf8\nset output ", script);
    /* Otherwise a name that begins with '|' would be a command, with '~' another folder. */
    (void)fputs(path[0] == '/' ? "" : "'./'.", script);
    gnuplot_text(script, path);
    (void)fputc('\n', script);
}

/* Replaces letters that cannot be drawn. A viewer draws the letters of an SVG, with its own fonts.
 */
static enum status gnuplot_replace_letters(const char *path, char *script, struct error *error) {
    bool replaced;
    TRY(glyphs_replace(script, &replaced, error));
    if (replaced) {
        (void)fprintf(stderr,
                      "note: %s: '?' replaces letters that no font here has; an SVG keeps them\n",
                      path);
    }
    return STATUS_OK;
}

/* Writes a script into *text, which the caller frees. *start is where the writer's part begins. */
static enum status gnuplot_write_script(const char *path, int width, int height,
                                        gnuplot_writer *writer, const void *data, char **text,
                                        long *start, struct error *error) {
    size_t length;
    FILE *script = open_memstream(text, &length);
    if (script == NULL) {
        return error_set(error, STATUS_NO_MEMORY, "out of memory for a picture");
    }
    gnuplot_write_terminal(script, path, width, height);
    *start = ftell(script);
    enum status status = writer(script, data, error);
    bool failed = ferror(script) != 0;
    if ((fclose(script) != 0 || failed) && status == STATUS_OK) {
        return error_set(error, STATUS_NO_MEMORY, "out of memory for a picture");
    }
    return status;
}

static void gnuplot_free_text(char **text) {
    free(*text);
}

enum status gnuplot_draw(const char *path, int width, int height, gnuplot_writer *writer,
                         const void *data, struct error *error) {
    SCOPED(gnuplot_free_text) char *script = NULL;
    long start = 0; /* of what is not the picture's name */
    TRY(gnuplot_check(path, error));
    TRY(gnuplot_write_script(path, width, height, writer, data, &script, &start, error));
    if (!gnuplot_is_vector(path)) {
        TRY(gnuplot_replace_letters(path, script + start, error));
    }
    TRY(gnuplot_try_to_write(path, error));
    enum status status = gnuplot_run(script, path, error);
    if (status != STATUS_OK) {
        gnuplot_remove_if_empty(path);
    }
    return status;
}
