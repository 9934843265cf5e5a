#include "show/simulation.h"

#include "show/duration.h"

static const double percent = 100.0;

/* Seconds as the text of a column of times, and the number itself for programs. */
static enum status simulation_seconds(double seconds, struct arena *arena,
                                      struct document_value *value, struct error *error) {
    char text[DURATION_BYTES];
    const char *shown;
    TRY(arena_strdup(arena, duration_figures(seconds, text), &shown, error));
    *value = document_shown(document_real(seconds), shown);
    return STATUS_OK;
}

static enum status simulation_share(double share, struct arena *arena, struct document_value *value,
                                    struct error *error) {
    const char *shown;
    TRY(arena_printf(arena, &shown, error, "%.1f %%", percent * share));
    *value = document_shown(document_real(share), shown);
    return STATUS_OK;
}

static enum status simulation_add(const struct simulation *own, struct document_table *table,
                                  struct error *error) {
    struct document_value *cells;
    const char *bundles;
    TRY(document_row(table, &cells, error));
    TRY(arena_printf(table->arena, &bundles, error, "%lld to %lld", (long long)own->bundles_fewest,
                     (long long)own->bundles_most));
    *cells++ = document_integer(own->ranks);
    TRY(simulation_seconds(own->makespan, table->arena, cells++, error));
    TRY(simulation_seconds(own->bound, table->arena, cells++, error));
    *cells++ = document_real(own->busy);
    TRY(simulation_share(simulation_utilisation(own), table->arena, cells++, error));
    TRY(simulation_seconds(own->idle_most, table->arena, cells++, error));
    *cells++ = document_text(bundles);
    TRY(simulation_seconds(own->wait_most, table->arena, cells++, error));
    *cells++ = document_integer(own->bundles);
    *cells++ = document_integer(own->bundles_fewest);
    *cells++ = document_integer(own->bundles_most);
    *cells++ = document_integer(own->answers);
    *cells++ = document_real(own->makespan > 0.0 ? (double)own->answers / own->makespan : 0.0);
    return simulation_share(simulation_load(own), table->arena, cells, error);
}

enum status simulations_document(const struct simulation *simulations, size_t count,
                                 struct document *document, struct error *error) {
    static const struct document_column columns[] = {
        {.key = "ranks", .heading = "ranks", .width = 8},
        {.key = "seconds", .heading = "time", .width = 10},
        {.key = "seconds_at_least", .heading = "at least", .width = 10},
        {.key = "busy_seconds"},
        {.key = "utilisation", .heading = "busy", .width = 7},
        {.key = "idle_seconds_most", .heading = "idlest rank"},
        {.heading = "bundles a rank"},
        {.key = "wait_seconds_most", .heading = "longest wait"},
        {.key = "bundles"},
        {.key = "bundles_fewest"},
        {.key = "bundles_most"},
        {.key = "answers"},
        {.heading = "answers/s", .format = "%.0f"},
        {.key = "load", .heading = "rank 0", .width = 6},
    };
    const struct document_table table = {
        .key = "simulations", .label = "simulated runs", DOCUMENT_COLUMNS(columns), .gap = 2};
    struct document_table *added;
    if (count == 0) {
        return STATUS_OK;
    }
    TRY(document_line(document, NULL, error, "%s", ""));
    TRY(document_table(document, &table, &added, error));
    for (size_t k = 0; k < count; k++) {
        TRY(simulation_add(&simulations[k], added, error));
    }
    return document_line(
        document, NULL, error, "%s",
        "\nSimulated: 'busy' is the time that ranks spend in bundles, 'at least' a bound that no\n"
        "order of the same bundles can beat, 'rank 0' the share of its time spent on answers to "
        "others.");
}
