#include "base/random.h"

#include "check.h"

#include <math.h>

enum { DRAWS = 100000 };

/* Four words of Philox 4x32-10 for a counter and key of the generator's own. */
static void check_known(const uint32_t counter[4], const uint32_t key[2], uint64_t first,
                        uint64_t second) {
    struct random_stream stream = {
        .key = {key[0], key[1]},
        .context = {counter[2], counter[3]},
        .block = counter[0] | (uint64_t)counter[1] << 32,
    };
    assert_true(random_bits(&stream) == first);
    assert_true(random_bits(&stream) == second);
}

/* Known-answer vectors published with Random123 (kat_vectors, philox4x32 10). */
static void test_known_answers(void **state) {
    (void)state;
    const uint32_t zeros[4] = {0};
    check_known(zeros, zeros, 0xe169c58d6627e8d5u, 0x9b00dbd8bc57ac4cu);
    const uint32_t ones[4] = {UINT32_MAX, UINT32_MAX, UINT32_MAX, UINT32_MAX};
    check_known(ones, ones, 0x41c83b0e408f276du, 0x6d5451fda20bc7c6u);
    const uint32_t pi[4] = {0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344};
    const uint32_t pi_key[2] = {0xa4093822, 0x299f31d0};
    check_known(pi, pi_key, 0x94fdccebd16cfe09u, 0x24126ea15001e420u);
}

static void test_streams_differ(void **state) {
    (void)state;
    const struct job_hash hashes[] = {{{1, 2}}, {{1, 3}}, {{2, 2}}, {{1ull << 40, 2}}};
    uint64_t first[16];
    size_t count = 0;
    for (size_t h = 0; h < sizeof hashes / sizeof *hashes; h++) {
        for (int purpose = RANDOM_DATA; purpose <= RANDOM_AXIS; purpose++) {
            struct random_stream stream = random_stream_of(hashes[h], (enum random_purpose)purpose);
            first[count] = random_bits(&stream);
            for (size_t k = 0; k < count; k++) {
                assert_true(first[k] != first[count]);
            }
            count++;
        }
    }
}

static void test_copy_forks(void **state) {
    (void)state;
    struct random_stream stream = random_stream_of((struct job_hash){{5, 6}}, RANDOM_DATA);
    (void)random_bits(&stream);
    struct random_stream fork = stream;
    uint64_t next = random_bits(&stream);
    (void)random_bits(&stream);
    assert_true(random_bits(&fork) == next);
}

/* Means of powers within five standard errors; all uniforms inside (0, 1). */
static void test_moments(void **state) {
    (void)state;
    struct random_stream stream = random_stream_of((struct job_hash){{7, 8}}, RANDOM_DATA);
    double uniform = 0;
    double normal = 0;
    double square = 0;
    double fourth = 0;
    for (int n = 0; n < DRAWS; n++) {
        double u = random_uniform(&stream);
        assert_true(u > 0 && u < 1);
        uniform += u / DRAWS;
        double x = random_normal(&stream);
        normal += x / DRAWS;
        square += x * x / DRAWS;
        fourth += x * x * x * x / DRAWS;
    }
    const double error = 5 / sqrt(DRAWS);
    assert_near(uniform, 0.5, error * sqrt(1.0 / 12));
    assert_true(fabs(normal) < error);
    assert_near(square, 1, error * sqrt(2));
    assert_near(fourth, 3, error * sqrt(96));
}

static void test_below_is_even(void **state) {
    (void)state;
    enum { BOUND = 7 };
    struct random_stream stream = random_stream_of((struct job_hash){{9, 1}}, RANDOM_BATCHES);
    int counts[BOUND] = {0};
    for (int n = 0; n < DRAWS; n++) {
        uint64_t drawn = random_below(&stream, BOUND);
        assert_true(drawn < BOUND);
        counts[drawn]++;
    }
    double chi2 = 0;
    for (int k = 0; k < BOUND; k++) {
        double expected = (double)DRAWS / BOUND;
        chi2 += (counts[k] - expected) * (counts[k] - expected) / expected;
    }
    assert_true(chi2 < 22.5); /* 0.999 quantile of chi-square with 6 degrees of freedom */
    assert_true(random_below(&stream, 1) == 0);
}

/* Three quarters of 2^64: without rejection, low results would come up twice as often. */
static void test_below_is_unbiased(void **state) {
    (void)state;
    const uint64_t bound = 3ull << 62;
    struct random_stream stream = random_stream_of((struct job_hash){{9, 2}}, RANDOM_BATCHES);
    int low = 0;
    for (int n = 0; n < DRAWS; n++) {
        low += random_below(&stream, bound) < bound / 3;
    }
    assert_near(low, DRAWS / 3.0, 5 * sqrt(DRAWS * 2.0 / 9));
}

/* The 32-bit words behind the bits of a fresh stream, of which `skipped` blocks are used up. */
static void words_behind_bits(size_t skipped, size_t count, uint32_t *words) {
    enum { BITS_A_BLOCK = 2 };
    struct random_stream stream = random_stream_of((struct job_hash){{3, 9}}, RANDOM_BATCHES);
    for (size_t k = 0; k < skipped * BITS_A_BLOCK; k++) {
        (void)random_bits(&stream);
    }
    for (size_t k = 0; k < count; k += 2) {
        uint64_t bits = random_bits(&stream);
        words[k] = (uint32_t)bits;
        if (k + 1 < count) {
            words[k + 1] = (uint32_t)(bits >> 32);
        }
    }
}

/* Every count begins with a block of its own: what is left of the one before is not used. */
static void test_words_are_those_of_the_bits(void **state) {
    (void)state;
    enum { MOST = 23, BLOCK = 4 };
    static const size_t counts[] = {1, 4, 8, 3, MOST, 2, 0, 5, 16, 7};
    struct random_stream stream = random_stream_of((struct job_hash){{3, 9}}, RANDOM_BATCHES);
    size_t blocks = 0;
    for (size_t c = 0; c < sizeof counts / sizeof *counts; c++) {
        uint32_t words[MOST + 1];
        uint32_t expected[MOST + 1];
        words[counts[c]] = 0xabcdef01u; /* which must stay */
        random_words(&stream, counts[c], words);
        words_behind_bits(blocks, counts[c], expected);
        assert_memory_equal(words, expected, counts[c] * sizeof *words);
        assert_true(words[counts[c]] == 0xabcdef01u);
        blocks += (counts[c] + BLOCK - 1) / BLOCK;
    }
}

/* Bits after words continue where those ended, and words after bits begin a block. */
static void test_words_and_bits_share_a_stream(void **state) {
    (void)state;
    struct random_stream stream = random_stream_of((struct job_hash){{3, 9}}, RANDOM_BATCHES);
    uint32_t expected[12];
    uint32_t words[4];
    words_behind_bits(0, 12, expected);
    random_words(&stream, 2, words);
    assert_true(random_bits(&stream) == (expected[2] | (uint64_t)expected[3] << 32));
    assert_true(random_bits(&stream) == (expected[4] | (uint64_t)expected[5] << 32));
    random_words(&stream, 4, words);
    assert_memory_equal(words, expected + 8, sizeof words);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known_answers),
        cmocka_unit_test(test_streams_differ),
        cmocka_unit_test(test_copy_forks),
        cmocka_unit_test(test_moments),
        cmocka_unit_test(test_below_is_even),
        cmocka_unit_test(test_below_is_unbiased),
        cmocka_unit_test(test_words_are_those_of_the_bits),
        cmocka_unit_test(test_words_and_bits_share_a_stream),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
