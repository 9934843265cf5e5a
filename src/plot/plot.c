#include "plot/plot.h"

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

const char *plot_spread(const struct plot *plot, struct arena *arena, struct error *error) {
    if (plot->most == 1) {
        return arena_string(arena, "1 job a point", error);
    }
    const char *fewest = plot->fewest == plot->most
                             ? arena_string(arena, "", error)
                             : arena_format(arena, error, "%lld to ", (long long)plot->fewest);
    return fewest == NULL
               ? NULL
               : arena_format(arena, error,
                              "mean ± sample standard deviation over %s%lld jobs a point%s%s",
                              fewest, (long long)plot->most,
                              plot->averaged[0] == '\0' ? "" : ", whatever their ", plot->averaged);
}
