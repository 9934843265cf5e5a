#include "store/create.h"

#include "store/columns.h"
#include "store/make.h"

struct filling {
    const struct results_origin *origin;
    const struct sweep *sweep;
};

static enum status create_fill(hid_t file, void *context, struct error *error) {
    const struct filling *filling = context;
    return columns_fill(file, filling->origin, filling->sweep, error);
}

enum status results_create(const char *path, const struct sweep *sweep, const struct shard *shard,
                           const struct results_layout *layout, struct error *error) {
    SCOPED(arena_free) struct arena arena = {0};
    struct results_origin origin;
    struct filling filling = {&origin, sweep};
    const struct make_request request = {
        .origin = &origin, .layout = layout, .fill = create_fill, .context = &filling};
    TRY(origin_of_sweep(sweep, shard, &arena, &origin, error));
    return make_file(path, &request, error);
}

enum status results_creatable(const char *path, struct error *error) {
    return make_check(path, error);
}
