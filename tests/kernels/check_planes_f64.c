/* Planes in double precision: fetch, matrix, curve, store. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "check.h"

enum { LEVELS16 = 65536, ROW = 8, PIECES = ROW + 3 * CURVE_DEEPER };

typedef struct Planes {
    int depth, channels;
    bool tables; /* fetch: through tables, or by division */
} Planes;

static double table[3][LEVELS16];
static CurvePiece pieces[PIECES];
static CurveTable curve = {-0.5, ROW / 1.75, ROW, pieces};
static const double matrix[3][4] = {
    {1.2, -0.3, 0.1, 0}, {0.2126, 0.7152, 0.0722, 0.01}, {-1, 0.5, 1.5, -0.25}};

/* Piece 2 of the first row goes a row deeper, and piece 5 of that one and its last. */
static void make_curve(void)
{
    uint32_t seed = 9;
    for (int i = 0; i < PIECES; i++)
        pieces[i] = (CurvePiece){random_unit(&seed), random_unit(&seed) - 0.5,
                                 random_unit(&seed) - 0.5, 0};
    pieces[2].deeper = ROW;
    pieces[ROW + 5].deeper = ROW + CURVE_DEEPER;
    pieces[ROW + CURVE_DEEPER - 1].deeper = ROW + 2 * CURVE_DEEPER;
}

static void call_fetch(const Kernels *kernels, void *dst, const void *src, size_t n,
                       const void *context)
{
    const Planes *planes = context;
    double *d = dst;
    double *const out[3] = {d, d + n, d + 2 * n};
    const double *const tables[3] = {table[0], planes->tables ? table[1] : NULL,
                                     planes->tables ? table[2] : NULL};
    kernels->planes.fetch[planes->depth == 16](out, src, n, planes->channels, tables);
}

static void call_store(const Kernels *kernels, void *dst, const void *src, size_t n,
                       const void *context)
{
    const Planes *planes = context;
    const double *s = src;
    const double *const in[3] = {s, s + n, s + 2 * n};
    kernels->planes.store[planes->depth == 16](dst, in, n, planes->channels, s);
}

static void call_matrix(const Kernels *kernels, void *dst, const void *src, size_t n,
                        const void *context)
{
    (void)context;
    double *d = dst;
    double *const planes[3] = {d, d + n, d + 2 * n};
    memcpy(dst, src, 3 * n * sizeof *d);
    kernels->planes.matrix(planes, n, matrix);
}

static void call_curve(const Kernels *kernels, void *dst, const void *src, size_t n,
                       const void *context)
{
    (void)context;
    memcpy(dst, src, n * sizeof(double));
    kernels->planes.curve(dst, n, &curve);
}

void planes_cases(visit_fn visit)
{
    uint32_t seed = 12;
    for (int i = 0; i < 3 * LEVELS16; i++)
        table[i / LEVELS16][i % LEVELS16] = random_unit(&seed);
    make_curve();
    for (int i = 0; i < 8; i++) {
        Planes planes = {i & 1 ? 16 : 8, i & 2 ? 4 : 3, i & 4};
        size_t pixel = (size_t)planes.channels * (size_t)planes.depth / 8;
        Case fetch = {.sample = 8, .in = pixel, .out = 24, .call = call_fetch};
        Case store = {.sample = 8, .in = 24, .out = pixel, .call = call_store};
        fetch.context = store.context = &planes;
        store.source = SOURCE_FINITE;
        snprintf(fetch.name, sizeof fetch.name, "planes fetch u%dx%d%s", planes.depth,
                 planes.channels, planes.tables ? " tables" : "");
        snprintf(store.name, sizeof store.name, "planes store u%dx%d", planes.depth,
                 planes.channels);
        visit(&fetch);
        if (!planes.tables)
            visit(&store);
    }
    visit(&(Case){"planes matrix", 8, 24, 24, call_matrix, NULL, SOURCE_FINITE});
    visit(&(Case){"planes curve", 8, 8, 8, call_curve, NULL, SOURCE_FINITE});
}

/* The definition, level by level. */
static double curve_by_hand(double x)
{
    double at = fmin(fmax((x - curve.lo) * curve.scale, 0), ROW);
    double whole = fmin(floor(at), ROW - 1);
    const CurvePiece *piece = &pieces[(int)whole];
    at -= whole;
    for (int depth = 0; piece->deeper && depth < 3; depth++) {
        at *= CURVE_DEEPER;
        whole = fmin(floor(at), CURVE_DEEPER - 1);
        piece = &pieces[piece->deeper + (int)whole];
        at -= whole;
    }
    return piece->a + at * (piece->b + at * piece->c);
}

static void check_curve(const Kernels *kernels, const char *level)
{
    for (int i = -2000; i <= 12000; i++) {
        double x = -0.5 + i * 1.75 / 10000, got = x;
        kernels->planes.curve(&got, 1, &curve);
        expect(got == curve_by_hand(x), "planes curve at %s: wrong at %.17g", level, x);
    }
    double got[2] = {0.3, 7};
    kernels->planes.curve(got, 2, &(CurveTable){0});
    expect(got[0] == 0.3 && got[1] == 7, "planes curve at %s: no identity", level);
}

/* Every value there and back, and values between, beyond, and NaN. */
static void check_store(const Kernels *kernels, int depth, const char *level)
{
    int most = (1 << depth) - 1;
    for (int i = -8; i <= 4 * most + 8; i++) {
        double v = i / (4.0 * most), next = nextafter(v, 2);
        const double *const in[3] = {&v, &next, &(double){NAN}};
        uint16_t got[3] = {0};
        kernels->planes.store[depth == 16](got, in, 1, 3, NULL);
        for (int c = 0; c < 3; c++) {
            double want = floor(fmin(fmax(*in[c], 0), 1) * most + 0.5);
            unsigned value = depth == 8 ? ((uint8_t *)got)[c] : got[c];
            expect(value == want, "planes store u%d at %s: wrong for %.17g", depth,
                   level, *in[c]);
        }
    }
}

void planes_check(void)
{
    make_curve();
    for (int level = CPU_SCALAR; level <= (int)cpu_best(); level++) {
        const Kernels *kernels = kernels_at((CpuLevel)level);
        check_curve(kernels, cpu_name((CpuLevel)level));
        check_store(kernels, 8, cpu_name((CpuLevel)level));
        check_store(kernels, 16, cpu_name((CpuLevel)level));
    }
}
