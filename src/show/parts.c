#include "show/parts.h"

#include "store/format.h"

#include <inttypes.h>
#include <stdio.h>

enum { SLAB_ROWS = 1 << 14, PARTS_SHOWN = 12, FINGERPRINT_BYTES = 20 };

enum status parts_rows(const struct results_reader *reader, int64_t part_count, struct arena *arena,
                       int64_t **rows, struct error *error) {
    int64_t *numbers;
    TRY(ARENA_NEW(arena, *rows, part_count + 1, error));
    TRY(ARENA_NEW(arena, numbers, SLAB_ROWS, error));
    for (int64_t first = 0; part_count > 0 && first < reader->job_count; first += SLAB_ROWS) {
        int64_t left = reader->job_count - first;
        int64_t count = left < SLAB_ROWS ? left : SLAB_ROWS;
        TRY(reader_column(reader, VARIABLE_PART, HDF_INT64, first, count, numbers, error));
        for (int64_t i = 0; i < count; i++) {
            if (numbers[i] < 0 || numbers[i] > part_count) {
                return error_set(error, STATUS_STORAGE, "%s: row %lld is of part %lld, of %lld",
                                 reader->path, (long long)(first + i), (long long)numbers[i],
                                 (long long)part_count);
            }
            (*rows)[numbers[i]]++;
        }
    }
    return STATUS_OK;
}

static void print_part(const struct results_part *part, int64_t number, int64_t rows) {
    printf("part %-4lld %s", (long long)number, part->path);
    if (part->shard.count > 1) {
        printf(" (shard %lld/%lld)", (long long)part->shard.index + 1,
               (long long)part->shard.count);
    }
    printf(", %lld row%s, '%s', made %s on %s\n", (long long)rows, rows == 1 ? "" : "s", part->name,
           part->created, part->host);
}

static enum status parts_print_all(const struct results_reader *reader, struct arena *arena,
                                   struct error *error) {
    const int64_t count = parts_count(reader);
    int64_t *rows;
    TRY(parts_rows(reader, count, arena, &rows, error));
    for (int64_t k = 1; k <= count && k <= PARTS_SHOWN; k++) {
        struct results_part part;
        TRY(parts_read(reader, k, arena, &part, error));
        print_part(&part, k, rows[k]);
    }
    if (count > PARTS_SHOWN) {
        printf("          and %lld more: see --json\n", (long long)(count - PARTS_SHOWN));
    }
    return STATUS_OK;
}

enum status parts_print(const struct results_reader *reader, struct error *error) {
    struct arena arena = {0};
    enum status status = parts_print_all(reader, &arena, error);
    arena_free(&arena);
    return status;
}

static enum status add_part(const struct results_part *part, int64_t number, int64_t rows,
                            struct json_object *parts, struct error *error) {
    struct json_object *object;
    char fingerprint[FINGERPRINT_BYTES];
    (void)snprintf(fingerprint, sizeof fingerprint, "%016" PRIx64, part->fingerprint);
    TRY(json_append_object(parts, &object, error));
    TRY(json_add_integer(object, "part", number, error));
    TRY(json_add_text(object, "file", part->path, error));
    TRY(json_add_text(object, "name", part->name, error));
    TRY(json_add_integer(object, "rows", rows, error));
    TRY(json_add_integer(object, "shard", part->shard.index + 1, error));
    TRY(json_add_integer(object, "shards", part->shard.count, error));
    TRY(json_add_text(object, "fingerprint", fingerprint, error));
    TRY(json_add_text(object, "sweep_file", part->file, error));
    TRY(json_add_text(object, "overrides", part->overrides, error));
    TRY(json_add_text(object, "modsweep_version", part->program, error));
    TRY(json_add_text(object, "modsweep_commit", part->commit, error));
    TRY(json_add_text(object, "created", part->created, error));
    TRY(json_add_text(object, "host", part->host, error));
    return json_add_integer(object, "runs", (int64_t)part->run_count, error);
}

static enum status parts_add_all(const struct results_reader *reader, struct arena *arena,
                                 struct json_object *parts, struct error *error) {
    const int64_t count = parts_count(reader);
    int64_t *rows;
    TRY(parts_rows(reader, count, arena, &rows, error));
    for (int64_t k = 1; k <= count; k++) {
        struct results_part part;
        TRY(parts_read(reader, k, arena, &part, error));
        TRY(add_part(&part, k, rows[k], parts, error));
    }
    return STATUS_OK;
}

enum status parts_add_json(const struct results_reader *reader, struct json_object *root,
                           struct error *error) {
    struct json_object *parts;
    struct arena arena = {0};
    TRY(json_add_array(root, "parts", &parts, error));
    enum status status = parts_add_all(reader, &arena, parts, error);
    arena_free(&arena);
    return status;
}
