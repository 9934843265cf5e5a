#include "base/program.h"

#include "base/file.h"

#include <ctype.h>
#include <errno.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { INPUT, OUTPUT, MESSAGES, STREAMS };

/* Files without names, so that a program that writes much to both streams never blocks. */
struct streams {
    FILE *files[STREAMS];
};

static enum status program_no_file(struct error *error) {
    return error_set(error, STATUS_SYSTEM, "cannot make a temporary file: %s", strerror(errno));
}

static void program_close_streams(struct streams *streams) {
    for (size_t s = 0; s < STREAMS; s++) {
        file_release(&streams->files[s]);
    }
}

static enum status program_open_streams(struct streams *streams, const char *input,
                                        struct error *error) {
    for (size_t s = 0; s < STREAMS; s++) {
        streams->files[s] = tmpfile();
        if (streams->files[s] == NULL) {
            return program_no_file(error);
        }
    }
    FILE *file = streams->files[INPUT];
    bool written = fputs(input, file) >= 0 && fflush(file) == 0 && fseek(file, 0, SEEK_SET) == 0;
    return written ? STATUS_OK : program_no_file(error);
}

/* 0, or the number of the error. */
static int program_spawn(const char *const *arguments, const struct streams *streams,
                         pid_t *child) {
    static const int descriptors[] = {
        [INPUT] = STDIN_FILENO, [OUTPUT] = STDOUT_FILENO, [MESSAGES] = STDERR_FILENO};
    posix_spawn_file_actions_t actions;
    int failed = posix_spawn_file_actions_init(&actions);
    if (failed != 0) {
        return failed;
    }
    for (size_t s = 0; s < STREAMS && failed == 0; s++) {
        failed =
            posix_spawn_file_actions_adddup2(&actions, fileno(streams->files[s]), descriptors[s]);
    }
    if (failed == 0) {
        /* posix_spawnp changes no argument: its type is older than const. */
        failed =
            posix_spawnp(child, arguments[0], &actions, NULL, (char *const *)arguments, environ);
    }
    (void)posix_spawn_file_actions_destroy(&actions);
    return failed;
}

static enum status program_read_all(FILE *file, struct arena *arena, char **text,
                                    struct error *error) {
    long size = fseek(file, 0, SEEK_END) == 0 ? ftell(file) : -1;
    if (size < 0) {
        return program_no_file(error);
    }
    rewind(file);
    TRY(ARENA_NEW(arena, *text, size + 1, error));
    (*text)[fread(*text, 1, (size_t)size, file)] = '\0';
    return STATUS_OK;
}

static char *program_without_blank_ends(char *text) {
    size_t length = strlen(text);
    while (length > 0 && isspace((unsigned char)text[length - 1])) {
        text[--length] = '\0';
    }
    return text + strspn(text, " \n\t");
}

static enum status program_start(const char *const *arguments, struct streams *streams,
                                 struct arena *arena, struct program_outcome *outcome,
                                 struct error *error) {
    pid_t child = 0;
    int how = 0;
    char *output;
    char *messages;
    int failed = program_spawn(arguments, streams, &child);
    if (failed == ENOENT) {
        *outcome = (struct program_outcome){.absent = true, .output = "", .messages = ""};
        return STATUS_OK;
    }
    if (failed != 0) {
        return error_set(error, STATUS_SYSTEM, "cannot run %s: %s", arguments[0], strerror(failed));
    }
    while (waitpid(child, &how, 0) < 0) {
        if (errno != EINTR) {
            return error_set(error, STATUS_SYSTEM, "lost %s: %s", arguments[0], strerror(errno));
        }
    }
    TRY(program_read_all(streams->files[OUTPUT], arena, &output, error));
    TRY(program_read_all(streams->files[MESSAGES], arena, &messages, error));
    *outcome = (struct program_outcome){
        .status = WIFEXITED(how) ? WEXITSTATUS(how) : -1,
        .output = output,
        .messages = program_without_blank_ends(messages),
    };
    return STATUS_OK;
}

enum status program_run(const char *const *arguments, const char *input, struct arena *arena,
                        struct program_outcome *outcome, struct error *error) {
    SCOPED(program_close_streams) struct streams streams = {0};
    TRY(program_open_streams(&streams, input, error));
    return program_start(arguments, &streams, arena, outcome, error);
}
