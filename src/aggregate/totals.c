#include "aggregate/totals.h"

#include <string.h>

enum status totals_heading(struct arena *arena, const char *name, const char *unit,
                           const char **heading, struct error *error) {
    bool plain = unit[0] == '\0' || strcmp(unit, "1") == 0;
    return plain ? arena_strdup(arena, name, heading, error)
                 : arena_printf(arena, heading, error, "%s [%s]", name, unit);
}

enum status totals_absent(const struct table_count *rows, struct arena *arena, const char **text,
                          struct error *error) {
    const struct {
        int64_t count;
        const char *state;
    } absent[] = {{rows->missing, "missing"},
                  {rows->diverged, "diverged"},
                  {rows->quarantined, "quarantined"}};
    *text = "";
    for (size_t i = 0; i < sizeof absent / sizeof *absent; i++) {
        if (absent[i].count > 0) {
            TRY(arena_append(arena, text, ", ", error, "%lld %s", (long long)absent[i].count,
                             absent[i].state));
        }
    }
    return STATUS_OK;
}

enum status totals_text(const struct table *table, struct arena *arena, const char **text,
                        struct error *error) {
    const char *absent;
    TRY(totals_absent(&table->rows, arena, &absent, error));
    TRY(arena_printf(arena, text, error, "%lld of %lld jobs done%s%s", (long long)table->rows.done,
                     (long long)(table->job_count - table->repeated),
                     absent[0] == '\0' ? "" : "; not in the means: ", absent));
    return table->torn == 0
               ? STATUS_OK
               : arena_append(arena, text, "", error, " (%lld of the missing half-written)",
                              (long long)table->torn);
}

int64_t totals_count_undefined(const struct table *table, size_t score) {
    int64_t undefined = 0;
    for (size_t g = 0; g < table->group_count; g++) {
        undefined += table->groups[g].cells[score].undefined;
    }
    return undefined;
}

enum status totals_undefined(const struct table *table, struct arena *arena, const char **account,
                             struct error *error) {
    for (size_t s = 0; s < table->score_count; s++) {
        const int64_t undefined = totals_count_undefined(table, s);
        if (undefined > 0) {
            TRY(arena_append(arena, account, "; ", error, "%s is undefined for %lld done job%s",
                             table->scores[s].name, (long long)undefined,
                             undefined == 1 ? "" : "s"));
        }
    }
    return STATUS_OK;
}
