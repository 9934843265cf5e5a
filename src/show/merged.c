#include "show/merged.h"

#include "base/text.h"
#include "store/format.h"
#include "store/parts.h"
#include "store/slab.h"

#include <inttypes.h>

enum { LINES_SHOWN = 12, LABEL_BYTES = 32 };

static const struct document_column columns[] = {
    {.key = "part", .heading = "part"},
    {.key = "file", .heading = "file", .left = true},
    {.key = "name"},
    {.key = "rows", .heading = "rows"},
    {.heading = "sweep", .left = true},
    {.key = "shard"},
    {.key = "shards"},
    {.heading = "shard", .left = true},
    {.key = "fingerprint"},
    {.key = "sweep_file"},
    {.key = "overrides"},
    {.key = "modsweep_version"},
    {.key = "modsweep_commit"},
    {.key = "created", .heading = "made", .left = true},
    {.key = "host", .heading = "on", .left = true},
    {.heading = "modsweep", .left = true},
    {.heading = "commit", .left = true},
    {.key = "runs"},
};

/* Counts rows by part into rows[count + 1]; number 0 is of no part. */
static enum status merged_count_rows(const struct results_reader *reader, int64_t count,
                                     int64_t *rows, struct error *error) {
    SCOPED(arena_free) struct arena arena = {0};
    int64_t *numbers;
    TRY(ARENA_NEW(&arena, numbers, SLAB_ROWS, error));
    for (struct slab slab = slab_first(count > 0 ? reader->job_count : 0, SLAB_ROWS);
         slab.count > 0; slab_next(&slab)) {
        TRY(reader_column(reader, VARIABLE_PART, HDF_INT64, slab.first, slab.count, numbers,
                          error));
        for (int64_t i = 0; i < slab.count; i++) {
            if (numbers[i] < 0 || numbers[i] > count) {
                return error_set(error, STATUS_STORAGE, "%s: row %lld is of part %lld, of %lld",
                                 reader->path, (long long)(slab.first + i), (long long)numbers[i],
                                 (long long)count);
            }
            rows[numbers[i]]++;
        }
    }
    return STATUS_OK;
}

/* A text for people; a dash where it is empty. */
static struct document_value merged_shown(const char *text) {
    return text[0] == '\0' ? document_null() : document_text(text);
}

static enum status merged_add_row(const struct results_part *part, int64_t number, int64_t rows,
                                  struct document_table *table, struct error *error) {
    const char *fingerprint;
    const char *shard = "";
    struct document_value *cells;
    TRY(arena_printf(table->arena, &fingerprint, error, "%016" PRIx64, part->fingerprint));
    if (part->shard.count > 1) {
        TRY(arena_printf(table->arena, &shard, error, "%lld/%lld", (long long)part->shard.index + 1,
                         (long long)part->shard.count));
    }
    TRY(document_row(table, &cells, error));
    DOCUMENT_CELLS(cells, document_integer(number), document_text(part->path),
                   document_text(part->name), document_integer(rows), merged_shown(part->name),
                   document_integer(part->shard.index + 1), document_integer(part->shard.count),
                   merged_shown(shard), document_text(fingerprint), document_text(part->file),
                   document_text(part->overrides), document_text(part->program),
                   document_text(part->commit), document_text(part->created),
                   document_text(part->host), merged_shown(part->program),
                   merged_shown(part->commit), document_integer((int64_t)part->run_count));
    return STATUS_OK;
}

static enum status merged_add_line(const struct results_part *part, int64_t number, int64_t rows,
                                   struct document *document, struct error *error) {
    char label[LABEL_BYTES];
    (void)snprintf(label, sizeof label, "part %-4lld ", (long long)number);
    TRY(document_line(document, label, error, "%s", part->path));
    if (part->shard.count > 1) {
        TRY(document_continue(document, error, " (shard %lld/%lld)",
                              (long long)part->shard.index + 1, (long long)part->shard.count));
    }
    return document_continue(document, error, ", %lld row%s, '%s', made %s on %s", (long long)rows,
                             TEXT_PLURAL(rows), part->name, part->created, part->host);
}

enum status merged_parts(const struct results_reader *reader, bool lines, struct document *document,
                         struct error *error) {
    const struct document_table parts = {.key = "parts",
                                         .label = "Files that this one was merged from",
                                         DOCUMENT_COLUMNS(columns),
                                         .hidden = true};
    const int64_t count = parts_count(reader);
    struct document_table *table;
    int64_t *rows;
    TRY(document_table(document, &parts, &table, error));
    TRY(ARENA_NEW(document->arena, rows, count + 1, error));
    TRY(merged_count_rows(reader, count, rows, error));
    for (int64_t k = 1; k <= count; k++) {
        struct results_part part;
        TRY(parts_read(reader, k, document->arena, &part, error));
        TRY(merged_add_row(&part, k, rows[k], table, error));
        if (lines && k <= LINES_SHOWN) {
            TRY(merged_add_line(&part, k, rows[k], document, error));
        }
    }
    table->rows_shown = count < MERGED_ROWS_SHOWN ? (size_t)count : MERGED_ROWS_SHOWN;
    return lines && count > LINES_SHOWN
               ? document_line(document, "", error, "and %lld more: see --json",
                               (long long)(count - LINES_SHOWN))
               : STATUS_OK;
}
