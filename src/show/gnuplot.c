#include "show/gnuplot.h"

#include "base/text.h"

#include <errno.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MESSAGE_BYTES = 512 };

enum status gnuplot_terminal(const char *path, const char **terminal, struct error *error) {
    if (text_ends_with(path, ".svg")) {
        *terminal = "svg size 640,640 enhanced font 'sans,13' background 'white'";
        return STATUS_OK;
    }
    if (text_ends_with(path, ".png")) {
        *terminal = "pngcairo size 960,960 enhanced font 'sans,18'";
        return STATUS_OK;
    }
    return error_set(error, STATUS_BAD_INPUT, "'%s' is no name of a picture: expected .svg or .png",
                     path);
}

static enum status no_file(struct error *error) {
    return error_set(error, STATUS_SYSTEM, "cannot make a temporary file for gnuplot: %s",
                     strerror(errno));
}

/* Starts gnuplot with script and messages in files that have no name any more. */
static enum status start(int script, int messages, pid_t *child, struct error *error) {
    char program[] = "gnuplot";
    char standard_input[] = "-";
    char *arguments[] = {program, standard_input, NULL};
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

enum status gnuplot_run(const char *script, const char *path, struct error *error) {
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
