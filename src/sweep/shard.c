#include "sweep/shard.h"

#include "base/text.h"

/* A hash of 64 bits (the output function of SplitMix64; Steele, Lea and Flood 2014). It decides
 * which rows shard files have and must never change. */
static uint64_t shard_mix(uint64_t bits) {
    bits += 0x9e3779b97f4a7c15u;
    bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9u;
    bits = (bits ^ (bits >> 27)) * 0x94d049bb133111ebu;
    return bits ^ (bits >> 31);
}

/* By how much a block is rotated against the shards. */
static int64_t shard_turn(const struct shard *shard, int64_t block) {
    return (int64_t)(shard_mix((uint64_t)block) % (uint64_t)shard->count);
}

/* The place of the shard's job within a block: place + turn = index modulo count. */
static int64_t shard_place_in(const struct shard *shard, int64_t block) {
    int64_t place = shard->index - shard_turn(shard, block);
    return place < 0 ? place + shard->count : place;
}

struct shard shard_whole(int64_t jobs) {
    return (struct shard){.index = 0, .count = 1, .jobs = jobs};
}

enum status shard_parse(const char *text, struct shard *shard, struct error *error) {
    const char *rest = text;
    int64_t number = 0;
    int64_t count = 0;
    bool read = text_integer_from(&rest, 1, INT64_MAX, &number) && *rest++ == '/' &&
                text_integer_from(&rest, 1, INT64_MAX, &count) && *rest == '\0';
    if (!read || number > count) {
        return error_set(error, STATUS_BAD_INPUT,
                         "--shard is I/N, the number of a shard and how many there are (1/4, 2/4, "
                         "3/4, 4/4), not '%s'",
                         text);
    }
    if (count > SHARDS_MAX) {
        return error_set(error, STATUS_BAD_INPUT, "--shard %s: a sweep has at most %d shards", text,
                         SHARDS_MAX);
    }
    *shard = (struct shard){.index = number - 1, .count = count};
    return STATUS_OK;
}

enum status shard_measure(struct shard *shard, int64_t jobs, struct error *error) {
    shard->jobs = jobs;
    if (shard->count > jobs) {
        return error_set(error, STATUS_BAD_INPUT,
                         "--shard %lld/%lld: the sweep has only %lld job%s, so at most as many "
                         "shards",
                         (long long)shard->index + 1, (long long)shard->count, (long long)jobs,
                         jobs == 1 ? "" : "s");
    }
    return STATUS_OK;
}

int64_t shard_rows(const struct shard *shard) {
    int64_t blocks = shard->jobs / shard->count;
    int64_t rest = shard->jobs % shard->count;
    return blocks + (shard_place_in(shard, blocks) < rest);
}

bool shard_has(const struct shard *shard, int64_t job) {
    return job % shard->count == shard_place_in(shard, job / shard->count);
}

int64_t shard_row(const struct shard *shard, int64_t job) {
    return job / shard->count;
}

int64_t shard_job(const struct shard *shard, int64_t row) {
    return row * shard->count + shard_place_in(shard, row);
}
