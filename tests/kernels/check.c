/* check — every kernel at every CPU level against the scalar reference.
 *
 *   check_kernels           all checks; exit 1 if one fails
 *   check_kernels --bench   nanoseconds a pixel of each kernel at each level
 */
#include "check.h"

#include <math.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

enum { WIDTHS = 131, OFFSETS = 64, CANARY = 0xA5 };

static int failures, checks;

void expect(bool good, const char *what, ...)
{
    checks++;
    if (good)
        return;
    failures++;
    char text[256];
    va_list args;
    va_start(args, what);
    /* clang-tidy 14 does not see the line above where `good` is a bool.
     * NOLINTNEXTLINE(clang-analyzer-valist.Uninitialized) */
    vsnprintf(text, sizeof text, what, args);
    va_end(args);
    fprintf(stderr, "FAIL %s\n", text);
}

static uint32_t random_next(uint32_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

void random_fill(void *data, size_t size, uint32_t seed)
{
    uint8_t *bytes = data;
    for (size_t i = 0; i < size; i++)
        bytes[i] = (uint8_t)(random_next(&seed) >> 11);
}

double random_unit(uint32_t *state)
{
    return random_next(state) / 4294967295.0;
}

/* Memory between two pages that cannot be touched. */
typedef struct Arena {
    uint8_t *begin;
    size_t size;
} Arena;

static Arena arena_new(size_t size)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    size = (size + page - 1) / page * page;
    uint8_t *map = mmap(NULL, size + 2 * page, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (map == MAP_FAILED)
        abort();
    mprotect(map, page, PROT_NONE);
    mprotect(map + page + size, page, PROT_NONE);
    return (Arena){map + page, size};
}

/* The kernel in work when a guard page was touched. */
static char running[96];

static void on_fault(int signal_number)
{
    static const char text[] = "FAIL memory outside the pixels was touched by ";
    (void)signal_number;
    (void)!write(STDERR_FILENO, text, sizeof text - 1);
    (void)!write(STDERR_FILENO, running, strlen(running));
    (void)!write(STDERR_FILENO, "\n", 1);
    _exit(1);
}

typedef struct Bench {
    const Case *one;
    const Kernels *reference, *kernels;
    const char *level;
    Arena src, want, got;
} Bench;

/* One call each over the same source; `at` is where dst begins in its arena. */
static void compare(Bench *b, const uint8_t *src, size_t at, size_t n)
{
    memset(b->want.begin, CANARY, b->want.size);
    memset(b->got.begin, CANARY, b->got.size);
    snprintf(running, sizeof running, "%s at scalar, width %zu", b->one->name, n);
    b->one->call(b->reference, b->want.begin + at, src, n, b->one->context);
    snprintf(running, sizeof running, "%s at %s, width %zu", b->one->name, b->level, n);
    b->one->call(b->kernels, b->got.begin + at, src, n, b->one->context);
    expect(memcmp(b->want.begin, b->got.begin, b->got.size) == 0,
           "%s at %s differs, width %zu, offset %zu", b->one->name, b->level, n, at);
}

static void compare_width(Bench *b, size_t n)
{
    size_t in = n * b->one->in, out = n * b->one->out, sample = b->one->sample;
    for (size_t offset = 0; offset < OFFSETS; offset += sample) {
        size_t from = (n * 7 + offset * 3) % 512 / sample * sample;
        compare(b, b->src.begin + from, OFFSETS + offset, n);
    }
    compare(b, b->src.begin, 0, n);
    compare(b, b->src.begin + b->src.size - in, b->got.size - out, n);
}

static void fill_source(const Case *one, Arena src)
{
    static const double special[] = {0.0, -0.0, 1.0, -1.0, 0.5, 2.0, NAN, INFINITY};
    enum { SPECIALS = sizeof special / sizeof *special, EVERY = 5 };
    random_fill(src.begin, src.size, 77);
    if (one->source == SOURCE_BITS)
        return;
    uint32_t seed = 78;
    double *values = (double *)(void *)src.begin;
    for (size_t i = 0; i < src.size / sizeof *values; i++) {
        values[i] = random_unit(&seed) * 4 - 1.5;
        if (one->source == SOURCE_SPECIAL && i % EVERY == 0)
            values[i] = special[random_next(&seed) % SPECIALS];
    }
}

/* Under an emulator the reference beside itself is left to the machine's own check. */
static int first_level(void)
{
    return getenv("LUTIST_BEST_LEVEL") ? (int)cpu_best() : CPU_SCALAR;
}

void check_case(const Case *one)
{
    Bench b = {.one = one};
    b.src = arena_new(WIDTHS * one->in + 512);
    b.want = arena_new(WIDTHS * one->out + 4 * OFFSETS);
    b.got = arena_new(WIDTHS * one->out + 4 * OFFSETS);
    fill_source(one, b.src);
    b.reference = kernels_at(CPU_SCALAR);
    for (int level = first_level(); level <= (int)cpu_best(); level++) {
        b.kernels = kernels_at((CpuLevel)level);
        b.level = cpu_name((CpuLevel)level);
        for (size_t n = 0; n < WIDTHS; n++)
            compare_width(&b, n);
    }
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    munmap(b.src.begin - page, b.src.size + 2 * page);
    munmap(b.want.begin - page, b.want.size + 2 * page);
    munmap(b.got.begin - page, b.got.size + 2 * page);
}

static double clock_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

/* The best of seven runs over pixels that stay in the caches. */
void bench_case(const Case *one)
{
    enum { PIXELS = 8192, PASSES = 7, ROUNDS = 40 };
    Arena src = arena_new(PIXELS * one->in), dst = arena_new(PIXELS * one->out);
    fill_source(one, src);
    printf("%-24s", one->name);
    for (int level = CPU_SCALAR; level <= (int)cpu_best(); level++) {
        const Kernels *kernels = kernels_at((CpuLevel)level);
        double best = 1e30;
        for (int pass = 0; pass < PASSES; pass++) {
            double begin = clock_ns();
            for (int round = 0; round < ROUNDS; round++)
                one->call(kernels, dst.begin, src.begin, PIXELS, one->context);
            double ns = (clock_ns() - begin) / ROUNDS / PIXELS;
            best = ns < best ? ns : best;
        }
        printf("  %s %7.3f ns", cpu_name((CpuLevel)level), best);
    }
    printf("\n");
}

/* A level that this processor lacks becomes its best one. */
static void kernels_check(void)
{
    for (int level = CPU_SCALAR; level < CPU_LEVELS; level++) {
        CpuLevel most = level < (int)cpu_best() ? (CpuLevel)level : cpu_best();
        expect(kernels_at((CpuLevel)level) == kernels_at(most), "no table for level %d",
               level);
    }
}

int main(int argc, char **argv)
{
    bool bench = argc > 1 && strcmp(argv[1], "--bench") == 0;
    visit_fn visit = bench ? bench_case : check_case;
    signal(SIGSEGV, on_fault);
    signal(SIGBUS, on_fault);
    lut1d_cases(visit);
    lut3d_cases(visit);
    lut3d_f32_cases(visit);
    lut3d_u8_cases(visit);
    mixer_cases(visit);
    planes_cases(visit);
    arith_cases(visit);
    power_cases(visit);
    halve_cases(visit);
    convert_depth_cases(visit);
    pack_rgb_cases(visit);
    copy_cases(visit);
    matrix_u8_cases(visit);
    weigh_cases(visit);
    weigh_group_cases(visit);
    ycbcr_cases(visit);
    if (bench)
        return 0;
    lut1d_check();
    lut3d_check();
    lut3d_f32_check();
    lut3d_u8_check();
    mixer_check();
    planes_check();
    arith_check();
    halve_check();
    convert_depth_check();
    pack_rgb_check();
    copy_check();
    matrix_u8_check();
    weigh_check();
    weigh_group_check();
    ycbcr_check();
    kernels_check();
    printf("%d checks, %d failed; levels up to %s\n", checks, failures,
           cpu_name(cpu_best()));
    return failures ? 1 : 0;
}
