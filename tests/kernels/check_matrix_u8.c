/* The 8-bit matrix: within its bound of double precision, and exact where it must be.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "check.h"

typedef struct Matrix {
    const char *name;
    double rows[3][4];
    int bits; /* that its weights have; 0: too large */
} Matrix;

static const Matrix matrices[] = {
    {"identity", {{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}}, 14},
    {"permutation", {{0, 0, 1, 0}, {1, 0, 0, 0}, {0, 1, 0, 0}}, 14},
    {"negative", {{-1, 0, 0, 1}, {0, -1, 0, 1}, {0, 0, -1, 1}}, 14},
    {"saturation",
     {{1.2362, -0.2146, -0.0217, 0},
      {-0.0638, 1.0854, -0.0217, 0},
      {-0.06, -0.2, 1.27, 0}},
     13},
    {"offset", {{0.9, 0.05, 0, -0.11}, {0, 0.7, 0.1, 0.3}, {0.3, 0.3, 0.3, 0.013}}, 13},
    {"strong", {{3, -1, -1, 0}, {-1.5, 4.4, -2, 0.2}, {-2, -2, 5, 0}}, 11},
    {"strongest", {{10, -15, 5.9, 0}, {-15, 15, 0.1, 0}, {0, 0, 15, -14.9}}, 10},
    {"too large", {{1, 0, 0, 0}, {0, 33, 0, 0}, {0, 0, 1, 0}}, 0},
    {"too far", {{1, 0, 0, 20}, {0, 1, 0, 0}, {0, 0, 1, 0}}, 0},
    {"not a number", {{1, 0, 0, NAN}, {0, 1, 0, 0}, {0, 0, 1, 0}}, 0},
    {"infinite", {{1, INFINITY, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}}, 0},
};
enum { MATRICES = sizeof matrices / sizeof *matrices };

typedef struct Slot {
    MatrixU8 matrix;
    size_t channels;
    bool stream;
} Slot;

static matrix_u8_fn slot_fn(const Kernels *kernels, const Slot *slot)
{
    const MatrixU8Kernels *k = &kernels->matrix_u8;
    return (slot->stream ? k->stream : k->pixels)[slot->channels - 3];
}

static void call(const Kernels *kernels, void *dst, const void *src, size_t n,
                 const void *context)
{
    const Slot *slot = context;
    slot_fn(kernels, slot)(dst, src, n, &slot->matrix);
}

void matrix_u8_cases(visit_fn visit)
{
    for (int kind = 0; kind < 4; kind++)
        for (int i = 0; i < MATRICES; i++) {
            Slot slot = {.channels = kind % 2 ? 4 : 3, .stream = kind > 1};
            if (!matrix_u8_weights(matrices[i].rows, &slot.matrix))
                continue;
            Case one = {.sample = 1,
                        .in = slot.channels,
                        .out = slot.channels,
                        .call = call,
                        .context = &slot};
            snprintf(one.name, sizeof one.name, "matrix u8x%zu%s %s", slot.channels,
                     slot.stream ? " stream" : "", matrices[i].name);
            visit(&one);
        }
}

static double in_double(const double row[4], const uint8_t *s)
{
    return row[0] * s[0] + row[1] * s[1] + row[2] * s[2] + row[3] * 255;
}

static bool is_exact(const Matrix *matrix)
{
    for (int c = 0; c < 3; c++)
        for (int k = 0; k < 4; k++)
            if (matrix->rows[c][k] != round(matrix->rows[c][k]) || matrix->bits < 14)
                return false;
    return true;
}

/* Every seventh value of all channels, and both ends. */
static void check_level(const Matrix *matrix, const MatrixU8 *weights, CpuLevel level)
{
    enum { ROW = 39 };
    double bound = 0.5 + 3.5 / (1 << (weights->bits - 7));
    uint8_t src[4 * ROW], dst[4 * ROW];
    for (int r = 0; r < 256; r += 7)
        for (int g = 0; g < 256; g += 7) {
            for (int i = 0; i < ROW; i++) {
                uint8_t pixel[4] = {(uint8_t)(r > 250 ? 255 : r), (uint8_t)g,
                                    (uint8_t)(i * 255 / (ROW - 1)), (uint8_t)(3 * i)};
                memcpy(src + 4 * i, pixel, sizeof pixel);
            }
            kernels_at(level)->matrix_u8.pixels[1](dst, src, ROW, weights);
            for (int i = 0; i < 4 * ROW; i++) {
                double want = i % 4 == 3
                                  ? src[i]
                                  : in_double(matrix->rows[i % 4], src + i - i % 4);
                want = fmin(fmax(want, 0), 255);
                double most = i % 4 == 3 || is_exact(matrix) ? 0 : bound;
                expect(fabs(dst[i] - want) <= most, "matrix u8 %s at %s: %d for %f",
                       matrix->name, cpu_name(level), dst[i], want);
            }
        }
}

void matrix_u8_check(void)
{
    for (int i = 0; i < MATRICES; i++) {
        MatrixU8 weights;
        bool fits = matrix_u8_weights(matrices[i].rows, &weights);
        expect(fits ? weights.bits == matrices[i].bits : !matrices[i].bits,
               "matrix u8 %s: %d bits", matrices[i].name, fits ? weights.bits : 0);
        for (int level = CPU_SCALAR; fits && level <= (int)cpu_best(); level++)
            check_level(&matrices[i], &weights, (CpuLevel)level);
    }
}
