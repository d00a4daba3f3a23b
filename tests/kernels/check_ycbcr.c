/* RGB to YCbCr against JFIF's formulas in double precision. */
#include <math.h>
#include <string.h>

#include "check.h"

enum { COLUMNS = 256 * 256, STEP = 15 }; /* all greens and blues of some reds */

static void call_ycbcr(const Kernels *kernels, void *dst, const void *src, size_t n,
                       const void *context)
{
    uint8_t *first = dst;
    uint8_t *const planes[3] = {first, first + n, first + 2 * n};
    (void)context;
    kernels->ycbcr.from_rgb(planes, src, n);
}

void ycbcr_cases(visit_fn visit)
{
    Case one = {
        .name = "ycbcr u8x3", .sample = 1, .in = 3, .out = 3, .call = call_ycbcr};
    visit(&one);
}

static bool is_near(double value, uint8_t got)
{
    return fabs(value - got) <= 0.5 + 0.01;
}

static bool is_right(int r, int g, int b, const uint8_t got[3])
{
    bool gray = r == g && g == b;
    return is_near(0.299 * r + 0.587 * g + 0.114 * b, got[0]) &&
           is_near(fmin(128 + (b - (0.299 * r + 0.587 * g + 0.114 * b)) / 1.772, 255),
                   got[1]) &&
           is_near(fmin(128 + (r - (0.299 * r + 0.587 * g + 0.114 * b)) / 1.402, 255),
                   got[2]) &&
           (!gray || (got[0] == r && got[1] == 128 && got[2] == 128));
}

static void fill_reds(uint8_t *rgb, int red)
{
    for (int i = 0; i < COLUMNS; i++) {
        rgb[3 * i] = (uint8_t)red;
        rgb[3 * i + 1] = (uint8_t)(i >> 8);
        rgb[3 * i + 2] = (uint8_t)i;
    }
}

static int wrong_of(const uint8_t *rgb, const uint8_t *planes)
{
    int wrong = 0;
    for (int i = 0; i < COLUMNS; i++) {
        const uint8_t got[3] = {planes[i], planes[COLUMNS + i],
                                planes[2 * COLUMNS + i]};
        wrong += !is_right(rgb[3 * i], rgb[3 * i + 1], rgb[3 * i + 2], got);
    }
    return wrong;
}

void ycbcr_check(void)
{
    static uint8_t rgb[3 * COLUMNS], wanted[3 * COLUMNS], got[3 * COLUMNS];
    for (int red = 0; red < 256; red += STEP) {
        fill_reds(rgb, red);
        call_ycbcr(kernels_at(CPU_SCALAR), wanted, rgb, COLUMNS, NULL);
        expect(wrong_of(rgb, wanted) == 0, "ycbcr: a colour with red %d is wrong", red);
        for (int level = CPU_SCALAR + 1; level <= (int)cpu_best(); level++) {
            call_ycbcr(kernels_at((CpuLevel)level), got, rgb, COLUMNS, NULL);
            expect(memcmp(got, wanted, sizeof got) == 0,
                   "ycbcr at %s: a colour with red %d differs",
                   cpu_name((CpuLevel)level), red);
        }
    }
}
