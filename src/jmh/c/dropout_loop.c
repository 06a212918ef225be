/*
 * The algorithm of MyDropout as plain C loops, which the compiler vectorizes: the speed of the machine.
 *
 *   gcc -O3 -march=native -mprefer-vector-width=512 dropout_loop.c -o dropout_loop
 *   ./dropout_loop seconds size...
 *
 * prints a CSV line per layout and size: name, size, nanoseconds per element (median of 20 runs);
 *
 *   ./dropout_loop seconds
 *
 * prints the same for the key of a record: key, record, nanoseconds per record.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
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

static const struct {
    const char *name;
    void (*apply)(uint32_t, uint32_t, const float *restrict, float *restrict, uint32_t);
} layouts[] = {{"partitionable", partitionable}, {"original", original}, {"x64", x64}};

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

static void measure_layout(int layout, uint32_t n, double budget) {
    float *in = malloc(n * sizeof(float)), *out = malloc(n * sizeof(float));
    for (uint32_t i = 0; i < n; i++) in[i] = i;
    double runs[RUNS];
    uint32_t key = 0;
    for (int run = 0; run < RUNS; run++) {
        double start = now();
        long calls = 0;
        do {
            for (uint32_t i = 0; i < 1 + 65536 / n; i++, calls++) {
                layouts[layout].apply(key++, 42, in, out, n);
            }
        } while (now() - start < budget);
        runs[run] = (now() - start) / calls / n;
    }
    qsort(runs, RUNS, sizeof(double), ascending);
    printf("%s,%u,%.4f\n", layouts[layout].name, n, runs[RUNS / 2]);
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
    for (int layout = 0; layout < 3; layout++) {
        for (int arg = 2; arg < argc; arg++) measure_layout(layout, atoi(argv[arg]), budget);
    }
    return 0;
}
