#include "store/match.h"

#include "store/format.h"
#include "store/reader.h"

#include <stdio.h>
#include <string.h>

enum { SHARD_NAME_BYTES = 64 };

static enum status match_differs(struct error *error, const char *difference, const char *name) {
    return error_set(error, STATUS_BAD_INPUT, "%s%s", difference, name);
}

static enum status match_axes(const struct results_reader *reader, const struct sweep *sweep,
                              struct error *error) {
    for (size_t i = 0; i < sweep->column_count; i++) {
        if (reader_axis(reader, sweep->columns[i].key) == NULL) {
            return match_differs(error, "it has no axis ", sweep->columns[i].key);
        }
    }
    for (size_t i = 0; i < reader->axis_count; i++) {
        bool found = false;
        for (size_t k = 0; k < sweep->column_count && !found; k++) {
            found = strcmp(reader->axes[i].key, sweep->columns[k].key) == 0;
        }
        if (!found) {
            return match_differs(error, "it has the additional axis ", reader->axes[i].key);
        }
    }
    return STATUS_OK;
}

static bool match_same_shape(const struct variable *a, const struct variable *b) {
    bool same = a->type == b->type && a->extent_count == b->extent_count;
    for (size_t d = 0; same && d < a->extent_count; d++) {
        same = a->extents[d].length == b->extents[d].length &&
               strcmp(a->extents[d].name, b->extents[d].name) == 0;
    }
    return same;
}

static enum status match_variables(const struct results_layout *have,
                                   const struct results_layout *wanted, struct error *error) {
    for (size_t i = 0; i < wanted->variable_count; i++) {
        const struct variable *variable = layout_find(have, wanted->variables[i].name);
        if (variable == NULL) {
            return match_differs(error, "it has no variable ", wanted->variables[i].name);
        }
        if (!match_same_shape(variable, &wanted->variables[i])) {
            return match_differs(error, "it has another shape of variable ", variable->name);
        }
        /* The order of variables is part of the checksum. */
        if (variable != &have->variables[i]) {
            return match_differs(error, "it has another place for variable ", variable->name);
        }
    }
    return have->variable_count == wanted->variable_count
               ? STATUS_OK
               : match_differs(error, "it has the additional variable ",
                               have->variables[wanted->variable_count].name);
}

static enum status match(const struct results_reader *reader, const struct sweep *sweep,
                         const struct results_layout *layout, struct error *error) {
    TRY(match_axes(reader, sweep, error));
    if (reader->shard.jobs != sweep->job_count) {
        return error_set(error, STATUS_BAD_INPUT, "it has %lld jobs where this sweep has %lld",
                         (long long)reader->shard.jobs, (long long)sweep->job_count);
    }
    TRY(match_variables(&reader->layout, layout, error));
    return reader->fingerprint == sweep->fingerprint
               ? STATUS_OK
               : match_differs(error, "it has other values", " of the axes or other settings");
}

static const char *match_name_shard(const struct shard *shard, char name[static SHARD_NAME_BYTES]) {
    if (shard->count == 1) {
        return "the whole sweep";
    }
    (void)snprintf(name, SHARD_NAME_BYTES, "shard %lld/%lld", (long long)shard->index + 1,
                   (long long)shard->count);
    return name;
}

static enum status match_shard(const struct results_reader *reader, const struct shard *shard,
                               struct error *error) {
    char there[SHARD_NAME_BYTES];
    char wanted[SHARD_NAME_BYTES];
    if (reader->shard.index == shard->index && reader->shard.count == shard->count) {
        return STATUS_OK;
    }
    return error_set(error, STATUS_BAD_INPUT,
                     "%s holds %s, not %s; choose another file with -o (and join shards with "
                     "'modsweep merge')",
                     reader->path, match_name_shard(&reader->shard, there),
                     match_name_shard(shard, wanted));
}

static enum status match_sweep(const struct results_reader *reader, const struct sweep *sweep,
                               const struct results_layout *layout, struct error *error) {
    const char *path = reader->path;
    if (reader->sweeps > 1) {
        return error_set(
            error, STATUS_BAD_INPUT,
            "%s holds rows of %llu merged sweeps, and a run writes rows of one; copy what fits "
            "from it with -o NEW.h5 --reuse %s",
            path, (unsigned long long)reader->sweeps, path);
    }
    if (reader->version < FORMAT_WITH_INCARNATIONS) {
        return error_set(error, STATUS_BAD_INPUT,
                         "%s has an older format, which runs cannot resume; keep it and copy what "
                         "fits from it with -o NEW.h5 --reuse %s",
                         path, path);
    }
    enum status status = match(reader, sweep, layout, error);
    if (status != STATUS_OK) {
        (void)error_prefix(error, "%s holds another sweep ('%s')", path, reader->name);
        (void)error_append(error, "; keep it and copy what fits from it with -o NEW.h5 --reuse %s",
                           path);
    }
    return status;
}

enum status results_match(const char *path, const struct sweep *sweep, const struct shard *shard,
                          const struct results_layout *layout, struct error *error) {
    SCOPED(reader_release) struct results_reader *reader = NULL;
    TRY(reader_open(path, &reader, error));
    TRY(match_sweep(reader, sweep, layout, error));
    return match_shard(reader, shard, error);
}
