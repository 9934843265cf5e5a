#include "store/live.h"

#include "base/json.h"
#include "store/temporary.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define FORMAT "modsweep live 1"

static enum status live_path_of(const char *results, struct arena *arena, const char **path,
                                struct error *error) {
    return arena_printf(arena, path, error, "%s.live", results);
}

void live_note_slow(struct live *live, const struct live_slow *bundle) {
    size_t place = live->slow_count;
    if (place == LIVE_SLOW_MAX && bundle->seconds <= live->slow[place - 1].seconds) {
        return;
    }
    place -= place == LIVE_SLOW_MAX;
    live->slow_count = place + 1;
    for (; place > 0 && live->slow[place - 1].seconds < bundle->seconds; place--) {
        live->slow[place] = live->slow[place - 1];
    }
    live->slow[place] = *bundle;
}

static enum status live_add_ranks(const struct live *live, struct json_object *root,
                                  struct error *error) {
    struct json_object *ranks;
    TRY(json_add_array(root, "ranks", &ranks, error));
    for (int64_t k = 0; k < live->rank_count; k++) {
        const struct live_rank *rank = &live->ranks[k];
        struct json_object *object;
        TRY(json_append_object(ranks, &object, error));
        TRY(json_add_text(object, "host", rank->host, error));
        TRY(json_add_integer(object, "done", rank->done, error));
        TRY(json_add_integer(object, "failed", rank->failed, error));
        TRY(json_add_real(object, "busy", rank->busy, error));
        TRY(json_add_integer(object, "job", rank->job, error));
        TRY(json_add_integer(object, "jobs", rank->jobs, error));
        TRY(json_add_real(object, "since", rank->since, error));
    }
    return STATUS_OK;
}

static enum status live_add_slow(const struct live *live, struct json_object *root,
                                 struct error *error) {
    struct json_object *slow;
    TRY(json_add_array(root, "slowest", &slow, error));
    for (size_t k = 0; k < live->slow_count; k++) {
        struct json_object *object;
        TRY(json_append_object(slow, &object, error));
        TRY(json_add_real(object, "seconds", live->slow[k].seconds, error));
        TRY(json_add_integer(object, "job", live->slow[k].job, error));
        TRY(json_add_integer(object, "jobs", live->slow[k].jobs, error));
        TRY(json_add_integer(object, "rank", live->slow[k].rank, error));
    }
    return STATUS_OK;
}

static enum status live_build(const struct live *live, struct json_object *root,
                              struct error *error) {
    TRY(json_add_text(root, "format", FORMAT, error));
    TRY(json_add_integer(root, "incarnation", live->run_epoch, error));
    TRY(json_add_text(root, "host", live->host, error));
    TRY(json_add_integer(root, "process", live->process, error));
    TRY(json_add_real(root, "started", live->started, error));
    TRY(json_add_real(root, "written", live->written, error));
    TRY(json_add_real(root, "interval", live->interval, error));
    TRY(json_add_integer(root, "total", live->total, error));
    TRY(json_add_integer(root, "before", live->before, error));
    TRY(json_add_integer(root, "done", live->done, error));
    TRY(json_add_integer(root, "failed", live->failed, error));
    TRY(json_add_real(root, "cost", live->cost, error));
    TRY(json_add_real(root, "all_cost", live->all_cost, error));
    TRY(live_add_slow(live, root, error));
    return live_add_ranks(live, root, error);
}

/* Writes a temporary file first, and then gives it the name. */
static enum status live_replace(struct json_object *root, const char *path, struct arena *arena,
                                struct error *error) {
    const char *temporary;
    TRY(temporary_name(arena, path, &temporary, error));
    if (json_object_to_file_ext(temporary, root, JSON_C_TO_STRING_PLAIN) == 0 &&
        rename(temporary, path) == 0) {
        return STATUS_OK;
    }
    enum status status =
        error_set(error, STATUS_STORAGE, "cannot write %s: %s", path, strerror(errno));
    (void)unlink(temporary);
    return status;
}

enum status live_write(const struct live *live, const char *results, struct error *error) {
    SCOPED(arena_free) struct arena arena = {0};
    SCOPED(json_release) struct json_object *root = json_object_new_object();
    const char *path;
    if (root == NULL) {
        return error_set(error, STATUS_NO_MEMORY, "out of memory for JSON");
    }
    TRY(live_path_of(results, &arena, &path, error));
    TRY(live_build(live, root, error));
    return live_replace(root, path, &arena, error);
}

/* What is not there, or of another type, reads as 0 or "". */
static int64_t live_integer_of(const struct json_object *object, const char *key) {
    return json_object_get_int64(json_object_object_get(object, key));
}

static double live_real_of(const struct json_object *object, const char *key) {
    return json_object_get_double(json_object_object_get(object, key));
}

static const char *live_text_of(const struct json_object *object, const char *key) {
    struct json_object *text = json_object_object_get(object, key);
    return json_object_is_type(text, json_type_string) ? json_object_get_string(text) : "";
}

/* An array's length; *array is NULL and the length 0 when there is none of that name. */
static size_t live_array_of(const struct json_object *object, const char *key,
                            struct json_object **array) {
    *array = json_object_object_get(object, key);
    return json_object_is_type(*array, json_type_array) ? json_object_array_length(*array) : 0;
}

static enum status live_read_ranks(const struct json_object *root, struct arena *arena,
                                   struct live *live, struct error *error) {
    struct json_object *ranks;
    size_t count = live_array_of(root, "ranks", &ranks);
    live->rank_count = (int64_t)count;
    TRY(ARENA_NEW(arena, live->ranks, count, error));
    for (size_t k = 0; k < count; k++) {
        const struct json_object *object = json_object_array_get_idx(ranks, k);
        live->ranks[k] = (struct live_rank){.done = live_integer_of(object, "done"),
                                            .failed = live_integer_of(object, "failed"),
                                            .busy = live_real_of(object, "busy"),
                                            .job = live_integer_of(object, "job"),
                                            .jobs = live_integer_of(object, "jobs"),
                                            .since = live_real_of(object, "since")};
        TRY(arena_strdup(arena, live_text_of(object, "host"), &live->ranks[k].host, error));
    }
    return STATUS_OK;
}

static void live_read_slow(const struct json_object *root, struct live *live) {
    struct json_object *slow;
    size_t count = live_array_of(root, "slowest", &slow);
    live->slow_count = count < LIVE_SLOW_MAX ? count : LIVE_SLOW_MAX;
    for (size_t k = 0; k < live->slow_count; k++) {
        const struct json_object *object = json_object_array_get_idx(slow, k);
        live->slow[k] = (struct live_slow){.seconds = live_real_of(object, "seconds"),
                                           .job = live_integer_of(object, "job"),
                                           .jobs = live_integer_of(object, "jobs"),
                                           .rank = live_integer_of(object, "rank")};
    }
}

static enum status live_parse(const struct json_object *root, struct arena *arena,
                              struct live **live, struct error *error) {
    TRY(ARENA_NEW(arena, *live, 1, error));
    **live = (struct live){.run_epoch = live_integer_of(root, "incarnation"),
                           .process = live_integer_of(root, "process"),
                           .started = live_real_of(root, "started"),
                           .written = live_real_of(root, "written"),
                           .interval = live_real_of(root, "interval"),
                           .total = live_integer_of(root, "total"),
                           .before = live_integer_of(root, "before"),
                           .done = live_integer_of(root, "done"),
                           .failed = live_integer_of(root, "failed"),
                           .cost = live_real_of(root, "cost"),
                           .all_cost = live_real_of(root, "all_cost")};
    TRY(arena_strdup(arena, live_text_of(root, "host"), &(*live)->host, error));
    live_read_slow(root, *live);
    return live_read_ranks(root, arena, *live, error);
}

enum status live_read(const char *results, struct arena *arena, struct live **live,
                      struct error *error) {
    const char *path;
    *live = NULL;
    TRY(live_path_of(results, arena, &path, error));
    SCOPED(json_release) struct json_object *root = json_object_from_file(path);
    return json_object_is_type(root, json_type_object) &&
                   strcmp(live_text_of(root, "format"), FORMAT) == 0
               ? live_parse(root, arena, live, error)
               : STATUS_OK;
}

void live_remove(const char *results) {
    SCOPED(arena_free) struct arena arena = {0};
    struct error ignored;
    const char *path;
    if (live_path_of(results, &arena, &path, &ignored) == STATUS_OK) {
        (void)unlink(path);
        temporary_remove_old(path);
    }
}
