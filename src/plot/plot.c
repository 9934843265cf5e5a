#include "plot/plot.h"

#include "aggregate/totals.h"

#include <math.h>

void plot_free(struct plot *plot) {
    table_free(&plot->table);
    arena_free(&plot->arena);
}

double plot_reach(const struct plot_point *point, size_t panel, int sign) {
    const struct table_cell *cell = &point->group->cells[panel];
    double deviation = table_deviation(cell);
    return table_mean(cell) + (isnan(deviation) ? 0.0 : sign * deviation);
}

bool plot_is_marked(const struct plot *plot, const struct plot_point *point) {
    for (size_t s = 0; s < plot->panel_count; s++) {
        if (point->group->cells[s].count > 0) {
            return true;
        }
    }
    return false;
}

bool plot_is_joined(const struct plot *plot) {
    return plot->category_count == 0 && !plot->apart;
}

enum status plot_account(const struct plot *plot, struct arena *arena, const char **text,
                         struct error *error) {
    TRY(totals_text(&plot->table, arena, text, error));
    if (plot->most == 1) {
        return arena_append(arena, text, "; ", error, "1 job a point");
    }
    const char *fewest = "";
    if (plot->fewest < plot->most) {
        TRY(arena_printf(arena, &fewest, error, "%lld to ", (long long)plot->fewest));
    }
    return arena_append(arena, text, "; ", error,
                        "mean ± sample standard deviation over %s%lld jobs a point%s%s", fewest,
                        (long long)plot->most, plot->averaged[0] == '\0' ? "" : ", whatever their ",
                        plot->averaged);
}
