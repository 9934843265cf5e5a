#include "show/gnuplot.h"

#include "base/text.h"

#include <ctype.h>
#include <errno.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MESSAGE_BYTES = 512 };

static const double pixels_of_png = 2.0;    /* a unit of the page */
static const double points_of_pixel = 0.75; /* letters are in pixels in an SVG, else in points */

static bool is_vector(const char *path) {
    return text_ends_with(path, ".svg");
}

enum status gnuplot_check(const char *path, struct error *error) {
    if (!is_vector(path) && !text_ends_with(path, ".png")) {
        return error_set(error, STATUS_BAD_INPUT,
                         "'%s' is no name of a picture: expected .svg or .png", path);
    }
    for (const char *letter = path; *letter != '\0'; letter++) {
        if (iscntrl((unsigned char)*letter)) {
            return error_set(error, STATUS_BAD_INPUT,
                             "'%s' is no name for a picture: it has a control character", path);
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

static enum status no_file(struct error *error) {
    return error_set(error, STATUS_SYSTEM, "cannot make a temporary file for gnuplot: %s",
                     strerror(errno));
}

/* Starts gnuplot with script and messages in files that have no name any more. */
static enum status start(int script, int messages, pid_t *child, struct error *error) {
    char program[] = "gnuplot";
    char without_startup_files[] = "-d";
    char standard_input[] = "-";
    char *arguments[] = {program, without_startup_files, standard_input, NULL};
    posix_spawn_file_actions_t actions;
    int failed = posix_spawn_file_actions_init(&actions);
    if (failed == 0) {
        failed = posix_spawn_file_actions_adddup2(&actions, script, STDIN_FILENO);
        failed = failed != 0 ? failed
                             : posix_spawn_file_actions_adddup2(&actions, messages, STDERR_FILENO);
        failed =
            failed != 0 ? failed : posix_spawnp(child, program, &actions, NULL, arguments, environ);
        (void)posix_spawn_file_actions_destroy(&actions);
    }
    if (failed == ENOENT) {
        return error_set(error, STATUS_SYSTEM,
                         "pictures need gnuplot, which is not here (Debian: gnuplot-nox)");
    }
    return failed == 0
               ? STATUS_OK
               : error_set(error, STATUS_SYSTEM, "cannot run gnuplot: %s", strerror(failed));
}

static enum status wait_for(pid_t child, const char *path, FILE *messages, struct error *error) {
    char text[MESSAGE_BYTES] = "";
    int how = 0;
    if (waitpid(child, &how, 0) < 0) {
        return error_set(error, STATUS_SYSTEM, "lost gnuplot: %s", strerror(errno));
    }
    if (WIFEXITED(how) && WEXITSTATUS(how) == 0) {
        return STATUS_OK;
    }
    rewind(messages);
    size_t length = fread(text, 1, sizeof text - 1, messages);
    text[length] = '\0';
    return error_set(error, STATUS_STORAGE, "gnuplot could not draw '%s': %s", path,
                     text + strspn(text, "\n "));
}

/* Creates the picture's file, or finds that it can be written. */
static enum status try_to_write(const char *path, struct error *error) {
    FILE *file = fopen(path, "ab");
    if (file == NULL || fclose(file) != 0) {
        return error_set(error, STATUS_STORAGE, "cannot write '%s': %s", path, strerror(errno));
    }
    return STATUS_OK;
}

static void remove_if_empty(const char *path) {
    struct stat about;
    if (stat(path, &about) == 0 && S_ISREG(about.st_mode) && about.st_size == 0) {
        (void)unlink(path); /* nothing is lost with it */
    }
}

/* Runs a script, which is to write the picture. */
static enum status run(const char *script, const char *path, struct error *error) {
    TRY(try_to_write(path, error));
    FILE *input = tmpfile();
    FILE *messages = tmpfile();
    enum status status = input == NULL || messages == NULL ? no_file(error) : STATUS_OK;
    if (status == STATUS_OK &&
        (fputs(script, input) < 0 || fflush(input) != 0 || fseek(input, 0, SEEK_SET) != 0)) {
        status = no_file(error);
    }
    pid_t child = 0;
    if (status == STATUS_OK) {
        status = start(fileno(input), fileno(messages), &child, error);
    }
    if (status == STATUS_OK) {
        status = wait_for(child, path, messages, error);
    }
    if (status != STATUS_OK) {
        remove_if_empty(path);
    }
    if (input != NULL) {
        (void)fclose(input); /* a temporary file */
    }
    if (messages != NULL) {
        (void)fclose(messages);
    }
    return status;
}

static void write_terminal(FILE *script, const char *path, struct gnuplot_page page) {
    if (is_vector(path)) {
        (void)fprintf(script,
                      "set terminal svg size %d,%d noenhanced font 'sans-serif,13' "
                      "background 'white'\n",
                      page.width, page.height);
    } else {
        (void)fprintf(script,
                      "set terminal pngcairo size %g,%g noenhanced font 'sans-serif,13' "
                      "fontscale %g linewidth %g pointscale %g\n",
                      pixels_of_png * page.width, pixels_of_png * page.height,
                      pixels_of_png * points_of_pixel, pixels_of_png, pixels_of_png);
    }
    (void)fputs("set encoding utf8\nset output ", script);
    /* Otherwise a name that begins with '|' would be a command, with '~' another folder. */
    (void)fputs(path[0] == '/' ? "" : "'./'.", script);
    gnuplot_text(script, path);
    (void)fputc('\n', script);
}

enum status gnuplot_draw(const char *path, struct gnuplot_page page, gnuplot_writer *writer,
                         const void *data, struct error *error) {
    char *text = NULL;
    size_t length = 0;
    TRY(gnuplot_check(path, error));
    FILE *script = open_memstream(&text, &length);
    if (script == NULL) {
        return error_set(error, STATUS_SYSTEM, "out of memory for a picture");
    }
    write_terminal(script, path, page);
    enum status status = writer(script, data, error);
    bool failed = ferror(script) != 0;
    failed = fclose(script) != 0 || failed;
    if (status == STATUS_OK && failed) {
        status = error_set(error, STATUS_SYSTEM, "out of memory for a picture");
    }
    status = status == STATUS_OK ? run(text, path, error) : status;
    free(text);
    return status;
}
