/* Gray stays gray where all channels have the same tones, the rows of each matrix the
 * same sum, and the diagonal of each cube is gray, whatever kind of program it becomes.
 */
#include "cm.h"

#include <math.h>
#include <stdlib.h>

#include "pipe/program/compile.h"
#include "pipe/program/run.h"

enum { CASES = 60, STAGES = 5 };

static double unit(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return (*state >> 8) / 16777215.0;
}

/* A parabola: few samples tell what it is. */
static bool eval(void *context, const double *x, double *y, size_t n, Err *err)
{
    (void)err;
    for (size_t i = 0; i < n; i++)
        y[i] = x[i] * (1 + *(const double *)context * (1 - x[i]));
    return true;
}

typedef struct Look {
    Stage stages[STAGES];
    int count;
    double bends[STAGES];
    Curve curves[STAGES];
    Cube *cube; /* owned; NULL: none */
} Look;

static void add_tone(Look *look, uint32_t *seed)
{
    int i = look->count++;
    look->bends[i] = 0.9 * unit(seed);
    look->curves[i] = (Curve){.eval = eval, .context = &look->bends[i]};
    look->stages[i] = (Stage){.kind = STAGE_TONE};
    for (int c = 0; c < 3; c++)
        look->stages[i].tone[c] = &look->curves[i];
}

/* The sums differ by their rounding. `same`: the rows are one, as in black and white.
 */
static void add_matrix(Look *look, bool same, uint32_t *seed)
{
    Stage *stage = &look->stages[look->count++];
    double gain = unit(seed) < 0.3 ? 1 : 0.5 + unit(seed);
    double shift = unit(seed) < 0.5 ? 0 : unit(seed) * 0.2 - 0.1;
    *stage = (Stage){.kind = STAGE_MATRIX};
    for (int r = 0; r < 3; r++) {
        double *row = stage->matrix[r], red = unit(seed) * 2 - 1, blue = unit(seed);
        row[0] = same && r ? row[-4] : red;
        row[2] = same && r ? row[-2] : blue;
        row[1] = gain - row[0] - row[2];
        row[3] = shift;
    }
}

/* Grays on the diagonal, and any colours around it, up to `most`. */
static Cube *neutral_cube(int size, double most, uint32_t *seed)
{
    double *values = cube_values_new(size, NULL), *at = values;
    double lo = unit(seed) < 0.5 ? 0 : -0.125, hi = lo < 0 ? 1.3 : 1;
    for (int b = 0; b < size; b++)
        for (int g = 0; g < size; g++)
            for (int r = 0; r < size; r++, at += 3) {
                at[0] = r == g && g == b ? unit(seed) : (unit(seed) - 0.5) * most;
                for (int c = 1; c < 3; c++)
                    at[c] = r == g && g == b ? at[0] : (unit(seed) - 0.5) * most;
            }
    return cube_take(values, size, (double[3]){lo, lo, lo}, (double[3]){hi, hi, hi});
}

static void add_cube(Look *look, double most, uint32_t *seed)
{
    static const int sizes[] = {2, 3, 17, 33};
    double mix = unit(seed) < 0.5 ? 1 : 1.5 * unit(seed);
    look->cube = neutral_cube(sizes[*seed >> 16 & 3], most, seed);
    look->stages[look->count++] =
        (Stage){.kind = STAGE_CUBE, .cube = look->cube, .mix = mix};
}

static void look_make(Look *look, uint32_t *seed)
{
    *look = (Look){0};
    if (unit(seed) < 0.5)
        add_tone(look, seed);
    for (int i = unit(seed) < 0.4 ? 2 : 1; i > 0; i--) {
        add_matrix(look, unit(seed) < 0.3, seed);
        if (unit(seed) < 0.7)
            add_tone(look, seed);
    }
}

static unsigned sample_at(const Image *image, int i)
{
    const void *row = image_row(image, 0);
    return image->info.depth == 8 ? ((const uint8_t *)row)[i]
                                  : ((const uint16_t *)row)[i];
}

/* A row of all grays. */
static Image *grays(int channels, int depth)
{
    Image *image = image_new((ImageInfo){1 << depth, 1, channels, depth}, NULL);
    uint8_t *bytes = image_row(image, 0);
    for (int i = 0; i < channels << depth; i++) {
        if (depth == 8)
            bytes[i] = (uint8_t)(i / channels);
        else
            ((uint16_t *)(void *)bytes)[i] = (uint16_t)(i / channels);
    }
    return image;
}

static ProgramKind check_look(const Look *look, int channels, int depth,
                              unsigned number)
{
    Plan *plan = plan_new(look->stages, look->count, depth, NULL);
    Program *program = compile_plan(plan, channels, NULL);
    Image *src = grays(channels, depth), *dst = image_new(src->info, NULL);
    run_image(program, src, dst, NULL, NULL);
    for (int i = 0; i < channels << depth; i += channels)
        if (sample_at(dst, i) != sample_at(dst, i + 1) ||
            sample_at(dst, i) != sample_at(dst, i + 2))
            fail_msg("look %u, %d bits, %s: gray %d becomes %u %u %u", number, depth,
                     program_describe(program), i / channels, sample_at(dst, i),
                     sample_at(dst, i + 1), sample_at(dst, i + 2));
    ProgramKind kind = program->kind;
    image_unref(&src);
    image_unref(&dst);
    program_unref(&program);
    plan_unref(&plan);
    return kind;
}

static void gray_stays_gray(void **state)
{
    (void)state;
    unsigned seen[PROGRAM_PLANES + 1] = {0};
    for (unsigned number = 0; number < CASES; number++) {
        uint32_t seed = number * 2654435761u;
        Look look;
        look_make(&look, &seed);
        for (int depth = 8; depth <= 16; depth += 8)
            seen[check_look(&look, number % 2 ? 3 : 4, depth, number)]++;
    }
    assert_true(seen[PROGRAM_MIXER] && seen[PROGRAM_FLOATS]);
}

/* A matrix in whole numbers rounds each part; one that would tint grays is another kind
 * of program. */
static void so_it_does_with_a_bare_matrix(void **state)
{
    (void)state;
    unsigned seen[PROGRAM_PLANES + 1] = {0};
    for (unsigned number = 0; number < CASES; number++) {
        uint32_t seed = number * 2246822519u;
        Look look = {.count = 0};
        add_matrix(&look, false, &seed);
        for (int depth = 8; depth <= 16; depth += 8)
            seen[check_look(&look, 3, depth, number)]++;
    }
    assert_true(seen[PROGRAM_MATRIX] && seen[PROGRAM_MIXER]);
}

/* Every fourth is too steep for anything but double precision. */
static void so_it_does_with_neutral_cubes(void **state)
{
    (void)state;
    unsigned seen[PROGRAM_PLANES + 1] = {0};
    for (unsigned number = 0; number < CASES; number++) {
        uint32_t seed = number * 3266489917u;
        bool steep = number % 4 == 3;
        Look look = {.count = 0};
        if (unit(&seed) < 0.5)
            add_tone(&look, &seed);
        if (unit(&seed) < 0.3 && !steep)
            add_matrix(&look, false, &seed);
        add_cube(&look, steep ? 1e6 : 1.5, &seed);
        if (unit(&seed) < 0.5 && !steep)
            add_matrix(&look, false, &seed);
        if (unit(&seed) < 0.3)
            add_tone(&look, &seed);
        for (int depth = 8; depth <= 16; depth += 8)
            seen[check_look(&look, number % 2 ? 3 : 4, depth, number)]++;
        cube_unref(&look.cube);
    }
    assert_true(seen[PROGRAM_CUBE] && seen[PROGRAM_FLOATS] && seen[PROGRAM_PLANES]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gray_stays_gray),
        cmocka_unit_test(so_it_does_with_a_bare_matrix),
        cmocka_unit_test(so_it_does_with_neutral_cubes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
