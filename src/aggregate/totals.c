#include "aggregate/totals.h"

#include <string.h>

const char *totals_heading(struct arena *arena, const char *name, const char *unit,
                           struct error *error) {
    bool plain = unit[0] == '\0' || strcmp(unit, "1") == 0;
    return plain ? arena_string(arena, name, error)
                 : arena_format(arena, error, "%s [%s]", name, unit);
}

static const char *totals_part(struct arena *arena, const char *before, int64_t count,
                               const char *what, struct error *error) {
    return before == NULL || count == 0
               ? before
               : arena_format(arena, error, "%s%s%lld %s", before, before[0] == '\0' ? "" : ", ",
                              (long long)count, what);
}

const char *totals_absent(const struct table_count *rows, struct arena *arena,
                          struct error *error) {
    const char *text = totals_part(arena, "", rows->missing, "missing", error);
    text = totals_part(arena, text, rows->diverged, "diverged", error);
    return totals_part(arena, text, rows->quarantined, "quarantined", error);
}

const char *totals_text(const struct table *table, struct arena *arena, struct error *error) {
    const char *absent = totals_absent(&table->rows, arena, error);
    const char *torn = table->torn == 0
                           ? ""
                           : arena_format(arena, error, " (%lld of the missing half-written)",
                                          (long long)table->torn);
    if (absent == NULL || torn == NULL) {
        return NULL;
    }
    return arena_format(arena, error, "%lld of %lld jobs done%s%s%s", (long long)table->rows.done,
                        (long long)(table->job_count - table->repeated),
                        absent[0] == '\0' ? "" : "; not in the means: ", absent, torn);
}

/* Jobs that are done without a number of the score. */
static int64_t totals_count_undefined(const struct table *table, size_t score) {
    int64_t undefined = 0;
    for (size_t g = 0; g < table->group_count; g++) {
        undefined += table->groups[g].cells[score].undefined;
    }
    return undefined;
}

const char *totals_undefined(const struct table *table, const char *account, struct arena *arena,
                             struct error *error) {
    for (size_t s = 0; s < table->score_count && account != NULL; s++) {
        const int64_t undefined = totals_count_undefined(table, s);
        if (undefined > 0) {
            account = arena_format(arena, error, "%s; %s is undefined for %lld done job%s", account,
                                   table->scores[s].name, (long long)undefined,
                                   undefined == 1 ? "" : "s");
        }
    }
    return account;
}

void totals_print_sweeps(const struct table *table, FILE *stream) {
    (void)fprintf(stream, "jobs of %llu sweeps", (unsigned long long)table->sweeps);
}

enum status totals_remarks(const struct table *table, struct arena *arena, const char ***remarks,
                           size_t *count, struct error *error) {
    enum { BESIDE_SCORES = 2 };
    *count = 0;
    TRY(ARENA_NEW(arena, *remarks, table->score_count + BESIDE_SCORES, error));
    if (table->sweeps > 1) {
        TRY(arena_printf(arena, &(*remarks)[(*count)++], error, "jobs of %llu sweeps",
                         (unsigned long long)table->sweeps));
    }
    if (table->repeated > 0) {
        TRY(arena_printf(arena, &(*remarks)[(*count)++], error,
                         "%lld jobs are in more than one case and count once",
                         (long long)table->repeated));
    }
    for (size_t s = 0; s < table->score_count; s++) {
        const int64_t undefined = totals_count_undefined(table, s);
        if (undefined > 0) {
            TRY(arena_printf(arena, &(*remarks)[(*count)++], error,
                             "%s is undefined for %lld done job%s, not in its means",
                             table->scores[s].name, (long long)undefined,
                             undefined == 1 ? "" : "s"));
        }
    }
    return STATUS_OK;
}
