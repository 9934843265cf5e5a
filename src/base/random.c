#include "base/random.h"

#include <Random123/philox.h>
#include <math.h>
#include <string.h>

struct random_stream random_stream_of(struct job_hash hash, enum random_purpose purpose) {
    struct random_stream stream = {
        .key = {(uint32_t)hash.words[0], (uint32_t)(hash.words[0] >> 32)},
        .context = {(uint32_t)hash.words[1],
                    (uint32_t)(hash.words[1] >> 32) ^ ((uint32_t)purpose << 24)},
    };
    return stream;
}

enum { BLOCK_WORDS = 4 };

static philox4x32_ctr_t random_block_of(const struct random_stream *stream, uint64_t number) {
    philox4x32_ctr_t counter = {
        {(uint32_t)number, (uint32_t)(number >> 32), stream->context[0], stream->context[1]}};
    philox4x32_key_t key = {{stream->key[0], stream->key[1]}};
    return philox4x32(counter, key);
}

static uint32_t random_next_word(struct random_stream *stream) {
    if (stream->unused == 0) {
        philox4x32_ctr_t block = random_block_of(stream, stream->block);
        memcpy(stream->words, block.v, sizeof stream->words);
        stream->block++;
        stream->unused = BLOCK_WORDS;
    }
    return stream->words[BLOCK_WORDS - stream->unused--];
}

void random_words(struct random_stream *stream, size_t count, uint32_t *words) {
    uint64_t first = stream->block;
    size_t blocks = count / BLOCK_WORDS;
    for (size_t k = 0; k < blocks; k++) {
        philox4x32_ctr_t block = random_block_of(stream, first + k);
        memcpy(words + k * BLOCK_WORDS, block.v, sizeof block.v);
    }
    stream->block += blocks;
    stream->unused = 0;
    for (size_t k = blocks * BLOCK_WORDS; k < count; k++) {
        words[k] = random_next_word(stream);
    }
}

uint64_t random_bits(struct random_stream *stream) {
    uint64_t low = random_next_word(stream);
    return low | (uint64_t)random_next_word(stream) << 32;
}

double random_uniform(struct random_stream *stream) {
    return ((double)(random_bits(stream) >> 12) + 0.5) * 0x1p-52;
}

double random_normal(struct random_stream *stream) {
    double radius = sqrt(-2.0 * log(random_uniform(stream)));
    return radius * cos(2.0 * 3.14159265358979323846 * random_uniform(stream));
}

uint64_t random_below(struct random_stream *stream, uint64_t bound) {
    uint64_t rejected = (UINT64_MAX - bound + 1) % bound;
    uint64_t bits = random_bits(stream);
    while (bits < rejected) {
        bits = random_bits(stream);
    }
    return bits % bound;
}
