/* One run of each kernel over PIXELS pixels, for tests/bench/counts.py to count. */
#include <stdio.h>
#include <stdlib.h>

#include "kernels.h"

enum { PIXELS = 320000, CHANNELS = 4, MOST = 65536, POINTS = 33, PIECES = 2048 };

static uint16_t source[CHANNELS * PIXELS], result[CHANNELS * PIXELS];
static uint16_t entries[3][MOST];
static MixerTables mixer, toned_mixer;
static const MixerCurve one_curve = {.fine = 8};
static const MatrixU8 matrix = {.weight = {{1 << 13}}, .bits = 13};

static float lattice[POINTS * POINTS * POINTS * 3 + 1];
static const Lut3dF32Step cube = {
    .points = lattice, .size = POINTS, .scale = {1, 1, 1}, .mix = 1};
static Lut3dF32Step cube_and_curve = {
    .points = lattice, .size = POINTS, .scale = {1, 1, 1}, .mix = 1};
static const Lut3dF32 cubes = {.steps = &cube, .n_steps = 1};
static const Lut3dF32 cube_tone = {.steps = &cube_and_curve, .n_steps = 1};

static int16_t whole_lattice[4 * (POINTS + 1) * (POINTS + 1) * (POINTS + 1)];
static uint32_t places[256];
static const Lut3dU8 whole_cube = {.points = whole_lattice,
                                   .size = POINTS,
                                   .bits = 6,
                                   .place = {places, places, places},
                                   .even = true};
static const Lut3dU8 whole_cube_toned = {.points = whole_lattice,
                                         .size = POINTS,
                                         .bits = 6,
                                         .place = {places, places, places}};

static const LinePiece pieces[PIECES], halves[MOST];
static const LineCurve lines = {.piece = pieces, .shift = 20, .most = PIECES - 1};
static const LineCurve by_half = {.piece = pieces, .shift = 16, .by_half = halves};
static const Lut3dF32Step mix = {.matrix = {{1}}};
static Lut3dF32Step mix_and_curve = {.matrix = {{1}}};
static const Lut3dF32 matrix_u16 = {.steps = &mix, .n_steps = 1};
static Lut3dF32 tone_matrix_tone = {.steps = &mix_and_curve, .n_steps = 1};

/* Any bits will do: no kernel branches on a sample. */
static void fill(void)
{
    for (size_t i = 0; i < sizeof source / sizeof *source; i++)
        source[i] = (uint16_t)rand();
    mixer.lane = MIXER_LANE;
    mixer.bits = 12;
    toned_mixer = (MixerTables){.lane = 16, .bits = 16, .curve = &one_curve};
    for (int c = 0; c < 3; c++) {
        mixer.out[c] = toned_mixer.out[c] = (const uint8_t *)entries[c];
        mix_and_curve.curve[c] = tone_matrix_tone.input[c] = by_half;
        cube_and_curve.curve[c] = lines;
    }
}

static uint32_t found[PIXELS];

static void count_8_bits(const Kernels *k)
{
    uint8_t *to = (uint8_t *)result;
    const uint8_t *from = (const uint8_t *)source;
    for (int alpha = 0; alpha < 2; alpha++) {
        k->mixer.u8[alpha](to, from, PIXELS, &mixer);
        k->mixer.curve_stream[alpha](to, from, PIXELS, &toned_mixer);
        k->matrix_u8.stream[alpha](to, from, PIXELS, &matrix);
        k->lut3d_f32.u8[alpha](to, from, PIXELS, &cubes, found);
        k->lut3d_u8.pixels[alpha](to, from, PIXELS,
                                  alpha ? &whole_cube_toned : &whole_cube);
    }
}

static void count_16_bits(const Kernels *k)
{
    k->lut3d_f32.u16[0](result, source, PIXELS, &cubes, found);
    k->lut3d_f32.u16[1](result, source, PIXELS, &cube_tone, found);
    k->lut3d_f32.u16_stream[1](result, source, PIXELS, &matrix_u16, found);
    k->lut3d_f32.u16_stream[0](result, source, PIXELS, &tone_matrix_tone, found);
}

int main(void)
{
    const void *tables[3] = {entries[0], entries[1], entries[2]};
    const Kernels *k = kernels_at(cpu_level());
    fill();
    for (int layout = LUT_X1; layout <= LUT_X4; layout++) {
        k->lut1d.u8_stream[layout](result, source, PIXELS, tables);
        k->lut1d.u16_stream[layout](result, source, PIXELS, tables);
    }
    count_8_bits(k);
    count_16_bits(k);
    printf("%d\n", PIXELS);
    return 0;
}
