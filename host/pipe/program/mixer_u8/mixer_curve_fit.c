#include "pipe/program/mixer_u8/mixer_curve_fit.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"

/* Values are known at all sums and at some more on both sides, which rounded columns
 * may reach. */
enum { SUMS = 1 << MIXER_CURVE_LANE, AROUND = 3, VALUES = SUMS + 2 * AROUND };

/* The bound, and what sums that count as 0 may differ from it: steps of 8 bits. */
static const double GOOD = 0.7, SAME = 0.01;
/* Of 1 ÷ 2^MIXER_FRACTION steps: one step, and its half for rounding. */
enum { STEP = 1 << MIXER_FRACTION, HALF = STEP / 2 };
/* A slope's number for a step of 8 bits a sum. */
static const double SLOPE = STEP * 8192.0;

typedef struct Fit {
    const Kernels *kernels;
    const MixerLane *lanes;
    double *y; /* VALUES of them, in steps, not clamped; sum 0 is at AROUND */
    MixerCurve *curve;
} Fit;

/* A part of `y`. */
typedef struct Part {
    int begin, end;
} Part;

static double clamped(double y)
{
    return fmin(fmax(y, 0.0), MIXER_LEVELS - 1.0);
}

static void sample(const Fit *fit, int channel, int begin, int end)
{
    const MixerLane *lane = &fit->lanes[channel];
    if (begin >= end)
        return;
    for (int i = begin; i < end; i++)
        fit->y[i] = lane->range.lo + (i - AROUND) / lane->scale;
    if (lane->tone->table.pieces)
        fit->kernels->planes.curve(fit->y + begin, (size_t)(end - begin),
                                   &lane->tone->table);
    for (int i = begin; i < end; i++)
        fit->y[i] *= MIXER_LEVELS - 1;
}

static Part part_of(const Fit *fit, int channel, Range range)
{
    const MixerLane *lane = &fit->lanes[channel];
    double begin = floor((range.lo - lane->range.lo) * lane->scale);
    double end = ceil((range.hi - lane->range.lo) * lane->scale) + 1 + 2 * AROUND;
    return (Part){(int)fmax(begin, 0), (int)fmin(end, VALUES)};
}

/* Each channel's curve knows the tone over its own range only. False: a gap between the
 * ranges. */
static bool sample_all(const Fit *fit, const Range *ranges)
{
    Part all = part_of(fit, 0, ranges[0]);
    sample(fit, 0, all.begin, all.end);
    for (int c = 1; c < 3; c++) {
        Part part = part_of(fit, c, ranges[c]);
        if (part.begin > all.end || part.end < all.begin)
            return false;
        sample(fit, c, part.begin, all.begin);
        sample(fit, c, all.end, part.end);
        all.begin = part.begin < all.begin ? part.begin : all.begin;
        all.end = part.end > all.end ? part.end : all.end;
    }
    for (int i = all.begin - 1; i >= 0; i--)
        fit->y[i] = fit->y[i + 1];
    for (int i = all.end; i < VALUES; i++)
        fit->y[i] = fit->y[i - 1];
    return true;
}

/* A doubt without a jump lies between its neighbours. False: only doubts. */
static bool fill_doubts(double *y)
{
    for (int i = 0; i < VALUES; i++) {
        int next = i;
        if (!isnan(y[i]))
            continue;
        while (next < VALUES && isnan(y[next]))
            next++;
        if (!i && next == VALUES)
            return false;
        double before = i ? y[i - 1] : y[next],
               after = next < VALUES ? y[next] : before;
        y[i] = before + (after - before) / (next - i + 1);
    }
    return true;
}

/* The last of the first sums that show as the first one. */
static uint16_t zero_of(const Fit *fit)
{
    const double *y = fit->y + AROUND;
    int sum = 0;
    while (sum + 1 < SUMS && fabs(clamped(y[sum + 1]) - clamped(y[0])) <= SAME)
        sum++;
    return (uint16_t)sum;
}

static int part_at(int x, int slope)
{
    return (int16_t)(x << 3) * slope >> 16;
}

static bool shows(double y)
{
    return y > 0 && y < MIXER_LEVELS - 1;
}

static int slope_of(const double *y, Part part)
{
    double run = part.end - 1 - part.begin;
    double slope = run > 0 ? (y[part.end - 1] - y[part.begin]) / run * SLOPE : 0;
    return (int)floor(fmin(fmax(slope, INT16_MIN), INT16_MAX) + 0.5);
}

/* The base that leaves equal errors on both sides. */
static int base_of(const double *y, Part part, int slope)
{
    double least = INFINITY, most = -INFINITY;
    for (int x = part.begin; x < part.end; x++) {
        double base = clamped(y[x]) * STEP + HALF - part_at(x, slope);
        least = fmin(least, base);
        most = fmax(most, base);
    }
    return (int)floor((least + most) / 2);
}

/* How far a piece is from the tone at any sum whose number is in `part`. */
static double error_of(const double *y, Part part, int base, int slope)
{
    double worst = 0;
    for (int x = part.begin; x < part.end; x++) {
        int value = (int16_t)(base + part_at(x, slope));
        double made = clamped((value - HALF + 0.5) / STEP);
        worst = fmax(worst, fabs(made - clamped(y[x])));
        worst = fmax(worst, fabs(made - clamped(y[x - AROUND])));
        worst = fmax(worst, fabs(made - clamped(y[x + AROUND])));
    }
    return worst;
}

static void put_word(MixerWords *words, int i, int value)
{
    words->low[i] = (uint8_t)value;
    words->high[i] = (uint8_t)(value >> 8);
}

/* One piece; its error. Only values that show make its line: the others are clamped. */
static double fit_piece(const Fit *fit, int row, int i, int width)
{
    MixerCurve *curve = fit->curve;
    const double *y = fit->y + AROUND + curve->zero;
    int past = SUMS - curve->zero;
    Part all = {i * width, (i + 1) * width < past ? (i + 1) * width : past};
    Part seen = all;
    while (seen.begin < seen.end && !shows(y[seen.begin]))
        seen.begin++;
    while (seen.begin < seen.end && !shows(y[seen.end - 1]))
        seen.end--;
    if (seen.begin >= seen.end)
        seen = (Part){all.begin, all.begin < all.end ? all.begin + 1 : all.begin};
    if (seen.begin >= seen.end)
        return 0;
    int slope = slope_of(y, seen), base = base_of(y, seen, slope);
    put_word(&curve->slope[row], i, slope);
    put_word(&curve->base[row], i, base);
    return error_of(y, all, base, slope);
}

static double fit_row(const Fit *fit, int row, int first, int shift)
{
    double worst = 0;
    for (int i = first; i < MIXER_PIECES && worst <= GOOD; i++)
        worst = fmax(worst, fit_piece(fit, row, i, 1 << shift));
    return worst;
}

/* The pieces of row 0 up to the first that is good with all after it. */
static int fit_wide(const Fit *fit)
{
    int first = MIXER_PIECES;
    while (first && fit_piece(fit, 0, first - 1, 1 << MIXER_COARSE) <= GOOD)
        first--;
    return first;
}

static void clear_words(MixerWords *words, int count)
{
    memset(words->low, 0, (size_t)count);
    memset(words->high, 0, (size_t)count);
}

/* Row 0 alone, or row 1 as well over as many pieces of row 0 as need it. */
static bool fit_rows(const Fit *fit)
{
    MixerCurve *curve = fit->curve;
    curve->fine = MIXER_COARSE;
    int bad = fit_wide(fit), fine = MIXER_COARSE - 4;
    if (!bad)
        return true;
    for (; fine < MIXER_COARSE; fine++) {
        int replaced = MIXER_PIECES >> (MIXER_COARSE - fine);
        if (replaced < bad || fit_row(fit, 1, 0, fine) > GOOD)
            continue;
        clear_words(&curve->base[0], replaced);
        clear_words(&curve->slope[0], replaced);
        curve->fine = fine;
        return true;
    }
    return false;
}

bool mixer_curve_fit(MixerCurve *curve, const MixerLane lanes[3], const Range *ranges,
                     const Kernels *kernels, bool *good, Err *err)
{
    Fit fit = {kernels, lanes, mem_alloc(VALUES * sizeof *fit.y, err), curve};
    if (!fit.y)
        return false;
    memset(curve, 0, sizeof *curve);
    *good = sample_all(&fit, ranges) && fill_doubts(fit.y);
    if (*good) {
        curve->zero = zero_of(&fit);
        *good = fit_rows(&fit);
    }
    mem_free(fit.y);
    return true;
}
