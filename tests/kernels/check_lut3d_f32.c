/* Chains of matrices, 3D tables and curves in single precision. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"

enum { CHAINS = 10, MOST_STEPS = 3, LEVELS = 65536, MOST_PIXELS = 8192 };
/* Pieces of 512 to an octave, for magnitudes up to 1, from there to 2^18, and beyond.
 */
enum { SHIFT = 14, LEAST = (127 << 9) - 1, MOST = (145 << 9) - 1 };
enum { PIECES = MOST - LEAST + 1, HALF_PIECES = 0x477F - 0x3F7F + 1 };

static LinePiece pieces[2 * PIECES];
static uint32_t found[MOST_PIXELS];

/* What a case runs: a look's table alone, behind tones, an odd one between matrices and
 * mixed, the smallest, two of them, one before a curve, and two with curves behind a
 * matrix. Then a matrix alone, between curves, and two with pieces by halves. */
typedef struct Chain {
    const char *name;
    int bits, channels;
    bool stream;
    Lut3dF32 chain;
    Lut3dF32Step steps[MOST_STEPS];
    float *tones;
} Chain;

static size_t count_of(int size)
{
    return 3 * (size_t)size * (size_t)size * (size_t)size;
}

/* The points end where the memory ends, so that a sanitizer sees a read behind them.
 * Their values are samples, and some beyond. */
static Lut3dF32Step cube_step(int size, float in, float out)
{
    uint32_t seed = (uint32_t)size;
    float *points = malloc((count_of(size) + 1) * sizeof *points);
    if (!points)
        abort();
    for (size_t i = 0; i <= count_of(size); i++)
        points[i] = ((float)random_unit(&seed) * 1.5F - 0.25F) * out;
    Lut3dF32Step step = {.points = points, .size = size, .mix = 1};
    for (int c = 0; c < 3; c++)
        step.scale[c] = (float)(size - 1) / in;
    return step;
}

static Lut3dF32Step matrix_step(void)
{
    return (Lut3dF32Step){.matrix = {{1.3F, -0.2F, -0.2F, 3},
                                     {-0.1F, 1.2F, -0.2F, -5},
                                     {-0.4F, 0.1F, 1.25F, 1}}};
}

static double bent(double x, double most)
{
    if (x < 0)
        return 0.5 * x;
    return x * (1.2 - 0.4 * fmin(fmax(x, 1), most) / most);
}

static float magnitude_of(int piece)
{
    int32_t bits = (piece + LEAST) << SHIFT;
    float magnitude;
    memcpy(&magnitude, &bits, sizeof magnitude);
    return piece ? magnitude : 0;
}

/* `bent` for red and blue. */
static void add_curve(Lut3dF32Step *step, double most)
{
    for (int i = 0; i < PIECES; i++) {
        double lo = magnitude_of(i), hi = magnitude_of(i + 1);
        double y = bent(lo, most), b = (bent(hi, most) - y) / (hi - lo);
        pieces[i] = (LinePiece){(float)(y - b * lo), (float)b};
        pieces[i + PIECES] = (LinePiece){0, 0.5F};
    }
    step->curve[0] = step->curve[2] =
        (LineCurve){pieces, SHIFT, LEAST, MOST, PIECES, NULL};
}

static void add_tones(Chain *chain)
{
    uint32_t seed = 9;
    chain->tones = malloc(2 * (size_t)LEVELS * sizeof *chain->tones);
    if (!chain->tones)
        abort();
    for (int i = 0; i < 2 * LEVELS; i++)
        chain->tones[i] = (float)random_unit(&seed) * 36 - 2;
    chain->chain.tone[0] = chain->chain.tone[2] = chain->tones;
    chain->chain.tone[1] = chain->tones + LEVELS;
}

/* Pieces of 128 to an octave, the same by the halves; one in 64 is marked. */
static void add_halves(LineCurve *curve, uint32_t seed, LinePiece *piece,
                       LinePiece *by_half)
{
    *curve =
        (LineCurve){piece, 16, 0x3F7F, 0x477F, seed % 2 ? HALF_PIECES : 0, by_half};
    for (int i = 0; i < 2 * HALF_PIECES; i++)
        piece[i] = (LinePiece){(float)random_unit(&seed) * 9,
                               i % 64 == 7 ? NAN : (float)random_unit(&seed) * 1.5F};
    for (int i = 0; i < LEVELS; i++) {
        uint32_t bits = (uint32_t)i << 16;
        float x;
        memcpy(&x, &bits, sizeof x);
        by_half[i] = piece[line_curve_piece(curve, x)];
    }
}

static void add_matrices(Chain *chain, int number, double most)
{
    static LinePiece piece[2][2 * HALF_PIECES], by_half[2][LEVELS];
    chain->chain.n_steps = number == 9 ? 2 : 1;
    chain->steps[0] = chain->steps[1] = matrix_step();
    if (number == 8) {
        add_curve(&chain->steps[0], most);
        for (int c = 0; c < 3; c++)
            chain->chain.input[c] = chain->steps[0].curve[c];
    }
    for (int i = 0; number == 9 && i < 2; i++)
        for (int c = 2 * i; c < 3; c++)
            add_halves(&chain->steps[i].curve[c], (uint32_t)i + 4, piece[i],
                       by_half[i]);
}

static Chain chain_new(int number, int bits, int channels)
{
    float most = bits == 8 ? 255 : 65535;
    Chain chain = {.bits = bits, .channels = channels, .chain.n_steps = 1};
    chain.name = (const char *[]){"33",
                                  "tones 33",
                                  "matrix 6 matrix",
                                  "2",
                                  "9 4",
                                  "33 curve",
                                  "matrix curve 33 curve",
                                  "matrix",
                                  "curve matrix curve",
                                  "matrix half matrix half"}[number];
    if (number >= 7) {
        add_matrices(&chain, number, most);
        return chain;
    }
    chain.steps[0] = cube_step((const int[]){33, 33, 6, 2, 9, 33, 33}[number],
                               number == 1 ? 32 : most, most);
    if (number == 1)
        add_tones(&chain);
    if (number == 2) {
        chain.chain.n_steps = MOST_STEPS;
        chain.steps[1] = chain.steps[0];
        chain.steps[1].mix = -0.75F;
        chain.steps[1].start[1] = 0.7F;
        chain.steps[0] = chain.steps[2] = matrix_step();
    }
    if (number == 4)
        chain.steps[chain.chain.n_steps++] = cube_step(4, most, most);
    if (number == 6) {
        chain.steps[chain.chain.n_steps++] = chain.steps[0];
        chain.steps[0] = matrix_step();
    }
    for (int i = 0; number >= 5 && i < chain.chain.n_steps; i++)
        add_curve(&chain.steps[i], most);
    return chain;
}

static void chain_free(Chain *chain)
{
    for (int s = 0; s < MOST_STEPS; s++)
        free((void *)chain->steps[s].points);
    free(chain->tones);
}

static size_t run(const Kernels *kernels, void *dst, const void *src, size_t n,
                  const Chain *chain)
{
    Lut3dF32 own = chain->chain;
    own.steps = chain->steps;
    const lut3d_f32_fn *slots = chain->bits == 8 ? kernels->lut3d_f32.u8
                                : chain->stream  ? kernels->lut3d_f32.u16_stream
                                                 : kernels->lut3d_f32.u16;
    return slots[chain->channels - 3](dst, src, n, &own, found);
}

static void call(const Kernels *kernels, void *dst, const void *src, size_t n,
                 const void *context)
{
    run(kernels, dst, src, n, context);
}

void lut3d_f32_cases(visit_fn visit)
{
    for (int bits = 8; bits <= 16; bits += 8)
        for (int channels = 3; channels <= 4; channels++)
            for (int number = 0; number < CHAINS; number++) {
                Chain chain = chain_new(number, bits, channels);
                chain.stream = number % 2 == 0 && bits == 16;
                size_t sample = (size_t)bits / 8, pixel = sample * (size_t)channels;
                Case one = {.sample = sample,
                            .in = pixel,
                            .out = pixel,
                            .call = call,
                            .context = &chain};
                snprintf(one.name, sizeof one.name, "lut3d u%dx%d %s", bits, channels,
                         chain.name);
                visit(&one);
                chain_free(&chain);
            }
}

/* The table in double precision. */
static void by_hand(const Lut3dF32Step *step, double v[3])
{
    double *values = malloc((count_of(step->size) + 1) * sizeof *values);
    Lut3d table = {.size = step->size, .values = values};
    if (!values)
        abort();
    for (size_t i = 0; i <= count_of(step->size); i++)
        values[i] = step->points[i];
    for (int c = 0; c < 3; c++) {
        table.scale[c] = step->scale[c];
        table.lo[c] = -step->start[c] / table.scale[c];
    }
    double *const planes[3] = {&v[0], &v[1], &v[2]};
    kernels_at(CPU_SCALAR)
        ->lut3d.planes(planes, (const double *const *)planes, 1, &table, step->mix);
    free(values);
}

static void multiply(const Lut3dF32Step *step, double v[3])
{
    double in[3] = {v[0] - v[1], v[1], v[2] - v[1]};
    for (int c = 0; c < 3; c++)
        v[c] = step->matrix[c][0] * in[0] + step->matrix[c][1] * in[1] +
               step->matrix[c][2] * in[2] + step->matrix[c][3];
}

static void check_pixel(const Chain *chain, const uint16_t in[3])
{
    const uint8_t bytes[3] = {(uint8_t)in[0], (uint8_t)in[1], (uint8_t)in[2]};
    uint8_t made[3] = {0};
    uint16_t got[3] = {0};
    bool deep = chain->bits == 16;
    double v[3], most = deep ? 65535 : 255;
    for (int c = 0; c < 3; c++)
        v[c] = chain->chain.tone[c]          ? (double)chain->chain.tone[c][in[c]]
               : chain->chain.input[c].piece ? bent(in[c], most)
                                             : in[c];
    for (int s = 0; s < chain->chain.n_steps; s++) {
        (chain->steps[s].points ? by_hand : multiply)(&chain->steps[s], v);
        for (int c = 0; c < 3; c++)
            v[c] = chain->steps[s].curve[c].piece ? bent(v[c], most) : v[c];
    }
    call(kernels_at(CPU_SCALAR), deep ? (void *)got : made, deep ? (void *)in : bytes,
         1, chain);
    for (int c = 0; c < 3; c++) {
        double want = fmin(fmax(v[c], 0), most), is = deep ? got[c] : made[c];
        expect(fabs(is - want) <= (deep ? 1 : 0.51),
               "lut3d u%d %s: %d %d %d gives %g, not %g", chain->bits, chain->name,
               in[0], in[1], in[2], is, want);
    }
}

/* A point's own value, at all 256 points of an axis. */
static void check_points(void)
{
    enum { SIZE = 256 };
    Lut3dF32Step step = cube_step(SIZE, 255, 255);
    Chain chain = {.name = "256", .bits = 8, .channels = 3, .chain.n_steps = 1};
    chain.steps[0] = step;
    for (int i = 0; i < SIZE; i++) {
        const uint8_t in[3] = {(uint8_t)i, (uint8_t)(i * 7), (uint8_t)~i};
        uint8_t got[3];
        const float *point = step.points + 3 * (in[0] + SIZE * (in[1] + SIZE * in[2]));
        call(kernels_at(CPU_SCALAR), got, in, 1, &chain);
        for (int c = 0; c < 3; c++)
            expect((float)got[c] == floorf(fminf(fmaxf(point[c], 0), 255) + 0.5F),
                   "lut3d 256: not exact at point %d", i);
    }
    free((void *)step.points);
}

/* The corners of the colours, then any. */
static void check_chain(const Chain *chain)
{
    double most = chain->bits == 8 ? 255 : 65535;
    uint32_t seed = 31;
    for (int i = 0; i < 200; i++) {
        uint16_t in[3];
        for (int c = 0; c < 3; c++) {
            double corner = i >> c & 1;
            in[c] = (uint16_t)(most * (i < 8 ? corner : random_unit(&seed)));
        }
        check_pixel(chain, in);
    }
}

/* Red samples of 64 and blue ones of 200 are marked; so the list is known. */
static void check_list(int bits, int channels, const Kernels *kernels,
                       const char *level)
{
    enum { PIXELS = 4099 };
    static uint16_t src[4 * PIXELS], got[4 * PIXELS];
    static LinePiece marked[2][PIECES];
    Chain chain = {.bits = bits, .channels = channels, .chain.n_steps = 1};
    size_t at = 0, pixels = 0;
    bool good = true;
    for (int c = 0; c < 3; c++)
        chain.steps[0].matrix[c][c] = chain.steps[0].matrix[c][1] = 1;
    for (int i = 0; i < 2 * PIECES; i++)
        marked[i / PIECES][i % PIECES] = (LinePiece){0, 1};
    for (int k = 0; k < 2; k++) {
        LineCurve *curve = &chain.steps[0].curve[2 * k];
        *curve = (LineCurve){marked[k], SHIFT, LEAST, MOST, 0, NULL};
        marked[k][line_curve_piece(curve, k ? 200 : 64)].a = NAN;
    }
    random_fill(src, sizeof src, 21);
    for (int i = 0; bits == 16 && i < 4 * PIXELS; i++)
        src[i] &= UINT8_MAX;
    size_t count = run(kernels, got, src, PIXELS, &chain);
    for (size_t i = 0; i < PIXELS; i++) {
        const uint16_t *s = src + i * (size_t)channels;
        const uint8_t *bytes = (const uint8_t *)src + i * (size_t)channels;
        int red = bits == 8 ? bytes[0] : s[0], blue = bits == 8 ? bytes[2] : s[2];
        if (red != 64 && blue != 200)
            continue;
        good = good && at < count && found[at++] == i;
        pixels++;
    }
    expect(good && at == count && pixels > 8, "lut3d u%dx%d at %s: another list", bits,
           channels, level);
}

static void check_lists(void)
{
    for (int level = CPU_SCALAR; level <= (int)cpu_best(); level++)
        for (int bits = 8; bits <= 16; bits += 8)
            for (int channels = 3; channels <= 4; channels++)
                check_list(bits, channels, kernels_at((CpuLevel)level),
                           cpu_name((CpuLevel)level));
}

void lut3d_f32_check(void)
{
    check_lists();
    for (int bits = 8; bits <= 16; bits += 8)
        for (int number = 0; number < CHAINS - 1; number++) {
            Chain chain = chain_new(number, bits, 3);
            check_chain(&chain);
            chain_free(&chain);
        }
    check_points();
}
