#include "dispatch/startup.h"

#include "dispatch/message.h"
#include "store/results.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { NO_LOCK = -1 };

/* Texts that rank 0 sends, end to end with their zeros: output, path, text, overrides. */
enum { TEXTS = 4 };

static enum status plan_all(struct startup *startup, struct error *error) {
    TRY(plan_make(startup->sweep, &startup->arena, &startup->plan, error));
    return record_map_make(&startup->plan, &startup->arena, &startup->map, error);
}

/* Makes the file, or checks that the one there is this sweep's. */
static enum status prepare_file(struct startup *startup, struct error *error) {
    const char *path = startup->output;
    const struct results_layout *layout = &startup->map.layout;
    if (access(path, F_OK) != 0 && errno == ENOENT) {
        TRY(results_create(path, startup->sweep, layout, error));
    }
    TRY(results_lock(path, &startup->lock, error));
    return results_match(path, startup->sweep, layout, error);
}

static int64_t count_finished(const struct startup *startup) {
    int64_t finished = 0;
    for (int64_t job = 0; job < startup->sweep->job_count; job++) {
        finished += startup->states[job] != ROW_MISSING;
    }
    return finished;
}

/* Reads what the file already holds and takes what older files hold. */
static enum status read_progress(struct startup *startup, const struct run_request *request,
                                 struct run_summary *summary, struct error *error) {
    const char *path = startup->output;
    const struct results_layout *layout = &startup->map.layout;
    TRY(ARENA_NEW(&startup->arena, startup->states, startup->sweep->job_count, error));
    TRY(ARENA_NEW(&startup->arena, startup->attempts, startup->sweep->job_count, error));
    TRY(results_states(path, layout, startup->states, &summary->torn, error));
    summary->before = count_finished(startup);
    TRY(incarnation_take(path, &startup->incarnation, error));
    for (size_t k = 0; k < request->older_count; k++) {
        int64_t copied = 0;
        TRY(results_reuse(path, request->older[k], startup->sweep, layout, startup->incarnation,
                          startup->states, &copied, error));
        summary->reused += copied;
    }
    TRY(results_attempts(path, startup->attempts, &startup->attempts_place, error));
    return results_next_run(path, &startup->run_slot, error);
}

static enum status prepare_first(struct startup *startup, const struct run_request *request,
                                 struct run_summary *summary, struct error *error) {
    startup->output = request->output;
    TRY(sweep_load(request->sweep, request->overrides, request->override_count, &startup->sweep,
                   error));
    TRY(plan_all(startup, error));
    for (size_t k = 0; k < request->older_count; k++) {
        TRY(results_reusable(request->older[k], &startup->map.layout, error));
    }
    TRY(prepare_file(startup, error));
    summary->total = startup->sweep->job_count;
    return read_progress(startup, request, summary, error);
}

/* Sends the texts in one piece; on the other ranks they stay in the arena. */
static enum status share_texts(struct startup *startup, int rank, MPI_Comm comm,
                               const char *texts[TEXTS], struct error *error) {
    int64_t lengths[TEXTS] = {0};
    int64_t total = 0;
    for (int k = 0; rank == 0 && k < TEXTS; k++) {
        lengths[k] = (int64_t)strlen(texts[k]) + 1;
    }
    message_broadcast(lengths, (int)sizeof lengths, comm);
    for (int k = 0; k < TEXTS; k++) {
        total += lengths[k];
    }
    char *bytes;
    error->status = ARENA_NEW(&startup->arena, bytes, total, error);
    TRY(message_verdict(error, comm));
    char *end = bytes;
    for (int k = 0; k < TEXTS; k++) {
        if (rank == 0) {
            memcpy(end, texts[k], (size_t)lengths[k]);
        }
        texts[k] = end;
        end += lengths[k];
    }
    message_broadcast(bytes, (int)total, comm);
    return STATUS_OK;
}

/* The --set arguments, one a line, as an array again. */
static enum status split_lines(struct arena *arena, const char *text, const char ***lines,
                               size_t *count, struct error *error) {
    TRY(ARENA_NEW(arena, *lines, strlen(text) + 1, error));
    *count = 0;
    char *copy = arena_string(arena, text, error);
    if (copy == NULL) {
        return error->status;
    }
    char *rest = NULL;
    for (char *line = strtok_r(copy, "\n", &rest); line != NULL;
         line = strtok_r(NULL, "\n", &rest)) {
        (*lines)[(*count)++] = line;
    }
    return STATUS_OK;
}

static enum status prepare_other(struct startup *startup, const char *const texts[TEXTS],
                                 struct error *error) {
    const char **overrides;
    size_t count;
    startup->output = texts[0];
    TRY(split_lines(&startup->arena, texts[3], &overrides, &count, error));
    TRY(sweep_parse(texts[2], texts[1], overrides, count, &startup->sweep, error));
    return plan_all(startup, error);
}

enum status startup_prepare(const struct run_request *request, MPI_Comm comm,
                            struct startup *startup, struct run_summary *summary,
                            struct error *error) {
    int rank = 0;
    MPI_Comm_rank(comm, &rank);
    *startup = (struct startup){.lock = NO_LOCK};
    if (rank == 0) {
        error->status = prepare_first(startup, request, summary, error);
    }
    TRY(message_verdict(error, comm));
    const char *texts[TEXTS] = {startup->output, "", "", ""};
    if (rank == 0) {
        texts[1] = startup->sweep->path;
        texts[2] = startup->sweep->text;
        texts[3] = startup->sweep->overrides;
    }
    TRY(share_texts(startup, rank, comm, texts, error));
    message_broadcast(&startup->attempts_place, (int)sizeof startup->attempts_place, comm);
    message_broadcast(&startup->incarnation, (int)sizeof startup->incarnation, comm);
    uint64_t fingerprint = rank == 0 ? startup->sweep->fingerprint : 0;
    message_broadcast(&fingerprint, (int)sizeof fingerprint, comm);
    if (rank != 0) {
        error->status = prepare_other(startup, texts, error);
    }
    if (error->status == STATUS_OK && startup->sweep->fingerprint != fingerprint) {
        error->status =
            error_set(error, STATUS_BAD_INPUT,
                      "rank %d reads other data files than rank 0; do all ranks see the "
                      "same folder?",
                      rank);
    }
    return message_verdict(error, comm);
}

void startup_free(struct startup *startup) {
    results_unlock(startup->lock);
    sweep_free(startup->sweep);
    arena_free(&startup->arena);
}
