/*
 * The algorithm of MyDropout in C, twice: as plain loops, which the compiler vectorizes, and as what
 * the machine can do ("limit"): several vectors at once in registers, without memory between.
 *
 *   gcc -O3 -march=native -mprefer-vector-width=512 -fno-trapping-math -fopt-info-vec \
 *       dropout_loop.c -o dropout_loop
 *   ./dropout_loop seconds size...
 *
 * prints a CSV line per loop and size: name, size, nanoseconds per element (median of 20 runs);
 *
 *   ./dropout_loop seconds
 *
 * prints the same for the key of a record: key, record, nanoseconds per record.
 *
 * With trapping math gcc does not vectorize a product that is not always used. Sizes are even,
 * because the original layout is written here for even sizes only.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define RUNS 20
#define RATE 0.1

static inline uint32_t rotate(uint32_t word, int distance) {
    return word << distance | word >> (32 - distance);
}

#define ROUND(r) x += y; y = rotate(y, r) ^ x;
#define EVEN_ROUNDS ROUND(13) ROUND(15) ROUND(26) ROUND(6)
#define ODD_ROUNDS ROUND(17) ROUND(29) ROUND(16) ROUND(24)
#define THREEFRY                                        \
    x += k0; y += k1;                                   \
    EVEN_ROUNDS x += k1; y += k2 + 1;                   \
    ODD_ROUNDS x += k2; y += k0 + 2;                    \
    EVEN_ROUNDS x += k0; y += k1 + 3;                   \
    ODD_ROUNDS x += k1; y += k2 + 4;                    \
    EVEN_ROUNDS x += k2; y += k0 + 5;

#define DROPOUT(name) \
    __attribute__((noinline)) static void name( \
            uint32_t k0, uint32_t k1, const float *restrict in, float *restrict out, uint32_t n)

static const uint32_t threshold32 = (uint32_t) ((1 - RATE) * (1 << 23)) + 1;
static const uint64_t threshold64 = (uint64_t) ((1 - RATE) * (1ULL << 52));
static const float factor = (float) (1 / (1 - RATE));

DROPOUT(partitionable) {
    uint32_t k2 = k0 ^ k1 ^ 0x1BD11BDA;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t x = 0, y = i;
        THREEFRY
        out[i] = (x ^ y) >> 9 < threshold32 ? in[i] * factor : 0.0f;
    }
}

DROPOUT(original) {
    uint32_t k2 = k0 ^ k1 ^ 0x1BD11BDA;
    uint32_t half = n / 2;
    for (uint32_t i = 0; i < half; i++) {
        uint32_t x = i, y = half + i;
        THREEFRY
        out[i] = x >> 9 < threshold32 ? in[i] * factor : 0.0f;
        out[half + i] = y >> 9 < threshold32 ? in[half + i] * factor : 0.0f;
    }
}

DROPOUT(x64) {
    uint32_t k2 = k0 ^ k1 ^ 0x1BD11BDA;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t x = 0, y = i;
        THREEFRY
        out[i] = ((uint64_t) x << 32 | y) >> 12 < threshold64 ? in[i] * factor : 0.0f;
    }
}

/* A vector of the machine's width; GCC's vector extensions make its instructions of it. */
#ifdef __AVX512F__
#define BYTES 64
#elif defined(__AVX2__)
#define BYTES 32
#else
#define BYTES 16
#endif
#define LANES (BYTES / 4)
typedef uint32_t V __attribute__((vector_size(BYTES)));
typedef float F __attribute__((vector_size(BYTES)));
typedef V UnalignedV __attribute__((aligned(4), may_alias));
typedef F UnalignedF __attribute__((aligned(4), may_alias));

#define EACH for (int v = 0; v < vectors; v++)
#define V_ROUND(r) EACH { x[v] += y[v]; y[v] = (y[v] << r | y[v] >> (32 - r)) ^ x[v]; }
#define V_KEYS(a, b) EACH { x[v] += a; y[v] += b; }
#define V_EVEN V_ROUND(13) V_ROUND(15) V_ROUND(26) V_ROUND(6)
#define V_ODD V_ROUND(17) V_ROUND(29) V_ROUND(16) V_ROUND(24)

/* Inlined with a constant number of vectors: both arrays become registers. */
__attribute__((always_inline)) static inline void hash_vectors(
        uint32_t k0, uint32_t k1, V *x, V *y, int vectors) {
    uint32_t k2 = k0 ^ k1 ^ 0x1BD11BDA;
    V_KEYS(k0, k1)
    V_EVEN V_KEYS(k1, k2 + 1)
    V_ODD V_KEYS(k2, k0 + 2)
    V_EVEN V_KEYS(k0, k1 + 3)
    V_ODD V_KEYS(k1, k2 + 4)
    V_EVEN V_KEYS(k2, k0 + 5)
}

__attribute__((always_inline)) static inline void select_vector(
        V hit, const float *in, float *out) {
    *(UnalignedV *) out = hit & (V) (*(const UnalignedF *) in * factor);
}

static const uint32_t first_counters[16] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};

/* One addition, where filling lane by lane takes up to a third of the whole loop's time. */
static inline V counts(uint32_t first) {
    return *(const UnalignedV *) first_counters + first;
}

#define LIMIT_BLOCK(name) \
    __attribute__((always_inline)) static inline void name( \
            uint32_t k0, uint32_t k1, const float *in, float *out, uint32_t n, uint32_t i, \
            int vectors)

LIMIT_BLOCK(partitionable_block) {
    V x[4], y[4];
    EACH { x[v] = (V) {0}; y[v] = counts(i + v * LANES); }
    hash_vectors(k0, k1, x, y, vectors);
    EACH select_vector((V) ((x[v] ^ y[v]) >> 9 < threshold32), in + i + v * LANES, out + i + v * LANES);
}

LIMIT_BLOCK(original_block) {
    uint32_t half = n / 2;
    V x[4], y[4];
    EACH { x[v] = counts(i + v * LANES); y[v] = counts(half + i + v * LANES); }
    hash_vectors(k0, k1, x, y, vectors);
    EACH {
        uint32_t at = i + v * LANES;
        select_vector((V) (x[v] >> 9 < threshold32), in + at, out + at);
        select_vector((V) (y[v] >> 9 < threshold32), in + half + at, out + half + at);
    }
}

/* 52 bits as 31 and 21 of them. */
LIMIT_BLOCK(x64_block) {
    const uint32_t high = threshold64 >> 21, low = threshold64 & 0x1FFFFF;
    V x[4], y[4];
    EACH { x[v] = (V) {0}; y[v] = counts(i + v * LANES); }
    hash_vectors(k0, k1, x, y, vectors);
    EACH {
        V borrow = (V) (((x[v] & 1) << 20 | y[v] >> 12) < low);
        select_vector((V) ((x[v] >> 1) < high - borrow), in + i + v * LANES, out + i + v * LANES);
    }
}

/* Four vectors at once, then two, then one. Sizes that leave less are not measured. */
#define LIMIT(name, block, counters)                                                    \
    DROPOUT(name) {                                                                     \
        uint32_t i = 0, end = counters;                                                 \
        for (; i + 4 * LANES <= end; i += 4 * LANES) block(k0, k1, in, out, n, i, 4);   \
        for (; i + 2 * LANES <= end; i += 2 * LANES) block(k0, k1, in, out, n, i, 2);   \
        for (; i < end; i += LANES) block(k0, k1, in, out, n, i, 1);                    \
    }

LIMIT(partitionable_limit, partitionable_block, n)
LIMIT(original_limit, original_block, n / 2)
LIMIT(x64_limit, x64_block, n)

static const struct {
    const char *name;
    void (*apply)(uint32_t, uint32_t, const float *restrict, float *restrict, uint32_t);
} loops[] = {
    {"partitionable limit", partitionable_limit},
    {"partitionable", partitionable},
    {"original limit", original_limit},
    {"original", original},
    {"x64 limit", x64_limit},
    {"x64", x64},
};
#define LOOPS ((int) (sizeof loops / sizeof *loops))

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1e9 + t.tv_nsec;
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *) a, y = *(const double *) b;
    return (x > y) - (x < y);
}

/* The first word of the output in the upper half. */
static inline uint64_t fold_in(uint64_t key, uint32_t data) {
    uint32_t k0 = key >> 32, k1 = (uint32_t) key, k2 = k0 ^ k1 ^ 0x1BD11BDA;
    uint32_t x = 0, y = data;
    THREEFRY
    return (uint64_t) x << 32 | y;
}

/* Of id, step, and what make_rng folds in. The compiler must not know the arguments. */
__attribute__((noipa)) static uint64_t key_of(
        uint64_t seed, uint32_t id, uint32_t step, uint32_t make_rng) {
    return fold_in(fold_in(fold_in(seed, id), step), make_rng);
}

/* The limit must do the same work. */
static void require_equal_bits(int limit) {
    enum { COUNTERS = 7 * LANES }; /* four vectors, then two, then one */
    int n = loops[limit].apply == original_limit ? 2 * COUNTERS : COUNTERS;
    float in[2 * COUNTERS], expected[2 * COUNTERS], out[2 * COUNTERS];
    for (int i = 0; i < n; i++) in[i] = i - n / 2;
    loops[limit + 1].apply(1, 42, in, expected, n);
    loops[limit].apply(1, 42, in, out, n);
    if (memcmp(out, expected, n * sizeof(float)) != 0) {
        fprintf(stderr, "%s differs from the plain loop\n", loops[limit].name);
        exit(1);
    }
}

static void measure_loop(int loop, uint32_t n, double budget) {
    /* The limit takes whole vectors of counters. In the original layout, a counter makes two elements. */
    if (loop % 2 == 0 && n % LANES != 0) return;
    if (loops[loop].apply == original_limit && n % (2 * LANES) != 0) return;
    float *in = malloc(n * sizeof(float)), *out = malloc(n * sizeof(float));
    for (uint32_t i = 0; i < n; i++) in[i] = i;
    double runs[RUNS];
    uint32_t key = 0;
    for (int run = 0; run < RUNS; run++) {
        double start = now();
        long calls = 0;
        do {
            for (uint32_t i = 0; i < 1 + 65536 / n; i++, calls++) {
                loops[loop].apply(key++, 42, in, out, n);
            }
        } while (now() - start < budget);
        runs[run] = (now() - start) / calls / n;
    }
    qsort(runs, RUNS, sizeof(double), ascending);
    printf("%s,%u,%.4f\n", loops[loop].name, n, runs[RUNS / 2]);
    free(in);
    free(out);
}

static void measure_key(double budget) {
    double runs[RUNS];
    uint32_t id = 0;
    volatile uint64_t key;
    for (int run = 0; run < RUNS; run++) {
        double start = now();
        long calls = 0;
        do {
            for (int i = 0; i < 10000; i++, calls++) key = key_of(42, id++, 7, 43);
        } while (now() - start < budget);
        runs[run] = (now() - start) / calls;
    }
    (void) key;
    qsort(runs, RUNS, sizeof(double), ascending);
    printf("key,record,%.4f\n", runs[RUNS / 2]);
}

int main(int argc, char **argv) {
    double budget = atof(argv[1]) * 1e9 / RUNS;
    if (argc == 2) measure_key(budget);
    for (int loop = 0; loop < LOOPS; loop += 2) require_equal_bits(loop);
    for (int loop = 0; loop < LOOPS; loop++) {
        for (int arg = 2; arg < argc; arg++) measure_loop(loop, atoi(argv[arg]), budget);
    }
    return 0;
}
