/**
 * @file
 * Counter-based random numbers (Philox 4x32-10, Salmon et al. 2011, through Random123), keyed by a
 * job's hash: number k of stream q of a job is a pure function of (hash, q, k).
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

/** 128 bits that identify a job by its resolved parameters, seed and replicate. */
struct job_hash {
    uint64_t words[2];
};

/** What a stream is for. The streams of a job are independent of one another. */
enum random_purpose {
    RANDOM_DATA = 1,
    RANDOM_WEIGHTS = 2,
    RANDOM_BATCHES = 3,
    RANDOM_AXIS = 4,
    RANDOM_SCORES = 5,
};

/** A position in one stream. Copying it forks it. */
struct random_stream {
    uint32_t key[2];
    uint32_t context[2];
    uint64_t block;    /**< blocks of four 32-bit words drawn so far */
    uint32_t words[4]; /**< the current block */
    unsigned unused;   /**< words of the current block not yet handed out */
};

/** The stream of `purpose` for the job, at its beginning. */
struct random_stream random_stream_of(struct job_hash hash, enum random_purpose purpose);

/** The next 64 random bits. */
uint64_t random_bits(struct random_stream *stream);

/** `count` times 32 random bits, beginning with the next whole block of the stream. */
void random_words(struct random_stream *stream, size_t count, uint32_t *words);

/** Uniform in (0, 1), 52 bits, never 0 or 1. */
double random_uniform(struct random_stream *stream);

/** Standard normal (Box-Muller, one of the pair; two draws of the stream each). */
double random_normal(struct random_stream *stream);

/** Uniform in {0, …, bound-1}, without modulo bias; bound > 0. */
uint64_t random_below(struct random_stream *stream, uint64_t bound);
