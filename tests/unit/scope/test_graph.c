/* The histogram and the curves as pixels, and their colours against the ground. */
#include "cm.h"

#include <math.h>
#include <string.h>

#include "viewer/scope/graph.h"
#include "viewer/ui/theme.h"

enum { WIDE = 300, HIGH = 90, SIDE = 120, MARGIN = 4 };

static uint32_t pixels[WIDE * HIGH + SIDE * SIDE];

static uint32_t rgb(Color color)
{
    return (uint32_t)color.r << 16 | (uint32_t)color.g << 8 | color.b;
}

/* How many rows of column `x` of a histogram are covered. */
static int height_at(int x, int width)
{
    int high = 0;
    for (int y = 0; y < HIGH; y++)
        high += pixels[y * width + x] >> 24 >= 128;
    return high;
}

static Histogram flat(uint32_t red, uint32_t green, uint32_t blue)
{
    Histogram histogram = {.pixels = 256};
    for (int i = 0; i < HISTOGRAM_BINS; i++) {
        histogram.bins[0][i] = red;
        histogram.bins[1][i] = green;
        histogram.bins[2][i] = blue;
    }
    return histogram;
}

static void heights_are_square_roots(void **state)
{
    (void)state;
    Histogram histogram = flat(100, 100, 100);
    for (int i = 128; i < HISTOGRAM_BINS; i++)
        histogram.bins[0][i] = histogram.bins[1][i] = histogram.bins[2][i] = 25;
    graph_histogram(&histogram, false, WIDE, HIGH, pixels);
    assert_int_equal(height_at(10, WIDE), HIGH);
    assert_in_range(height_at(WIDE - 10, WIDE), HIGH / 2 - 1, HIGH / 2 + 1);
    graph_histogram(&histogram, true, WIDE, HIGH, pixels);
    double expected = HIGH * log1p(25) / log1p(100);
    assert_in_range(height_at(WIDE - 10, WIDE), (int)expected - 1, (int)expected + 1);
}

/* Clipped samples in one bin at an end do not flatten the rest. */
static void a_spike_at_an_end_is_cut(void **state)
{
    (void)state;
    Histogram histogram = flat(100, 100, 100);
    histogram.bins[0][255] = 1000000;
    histogram.bins[2][0] = 1000000;
    graph_histogram(&histogram, false, WIDE, HIGH, pixels);
    assert_int_equal(height_at(WIDE / 2, WIDE), HIGH);
    assert_int_equal(height_at(WIDE - 1, WIDE), HIGH);
}

/* A picture that is black and white only has nothing between the ends. */
static void only_the_ends(void **state)
{
    (void)state;
    Histogram histogram = {.pixels = 2, .bins[0] = {[0] = 50, [255] = 50}};
    graph_histogram(&histogram, false, WIDE, HIGH, pixels);
    assert_int_equal(height_at(0, WIDE), HIGH);
    assert_int_equal(height_at(WIDE / 2, WIDE), 0);
    histogram = (Histogram){0};
    graph_histogram(&histogram, true, WIDE, HIGH, pixels);
    assert_int_equal(height_at(0, WIDE), 0);
}

/* No bin is lost where there are fewer columns than bins; only those around it see it.
 */
static void a_narrow_graph_has_every_bin(void **state)
{
    (void)state;
    for (int bin = 1; bin < HISTOGRAM_BINS - 1; bin++) {
        Histogram histogram = {.pixels = 1};
        int column = 0, seen = 0;
        histogram.bins[1][bin] = 9;
        graph_histogram(&histogram, false, 100, HIGH, pixels);
        while ((column + 1) * HISTOGRAM_BINS / 100 <= bin)
            column++;
        assert_true(height_at(column, 100) >= HIGH - 1);
        for (int x = 0; x < 100; x++)
            seen += height_at(x, 100) > 0;
        assert_in_range(seen, 1, 5);
    }
}

/* A look of more contrast leaves values empty: every second one, every sixth, … */
static void values_that_a_look_leaves_empty_make_no_gaps(void **state)
{
    (void)state;
    for (int step = 2; step <= 6; step++) {
        Histogram histogram = flat(100, 100, 100);
        for (int i = step; i < HISTOGRAM_BINS - 1; i += step)
            for (int c = 0; c < 3; c++)
                histogram.bins[c][i] = 0;
        graph_histogram(&histogram, false, WIDE, HIGH, pixels);
        for (int x = 12; x < WIDE - 12; x++)
            assert_in_range(height_at(x, WIDE), HIGH * 8 / 10, HIGH);
    }
}

static void channels_add_up(void **state)
{
    (void)state;
    Histogram histogram = flat(100, 100, 0);
    graph_histogram(&histogram, false, WIDE, HIGH, pixels);
    uint32_t yellow = pixels[WIDE * (HIGH - 1) + 5] & 0xffffff;
    assert_true(yellow >> 16 > 0xc0 && (yellow >> 8 & 0xff) > 0xc0 &&
                (yellow & 0xff) < 0x90);
    histogram = flat(0, 0, 100);
    graph_histogram(&histogram, false, WIDE, HIGH, pixels);
    assert_int_equal(pixels[WIDE * (HIGH - 1) + 5] & 0xffffff, rgb(THEME_BLUE));
    histogram = flat(100, 100, 100);
    graph_histogram(&histogram, false, WIDE, HIGH, pixels);
    assert_int_equal(pixels[WIDE * (HIGH - 1) + 5] & 0xffffff, rgb(THEME_FILL));
}

static TonePlot diagonal(void)
{
    TonePlot plot = {.same = true};
    for (int c = 0; c < 3; c++)
        for (int i = 0; i < TONE_PLOT_POINTS; i++)
            plot.y[c][i] = (float)i / 255.0F;
    return plot;
}

static uint32_t at(double x, double y)
{
    int side = SIDE - 2 * MARGIN;
    int column = MARGIN + (int)(x * side), row = MARGIN + (int)((1 - y) * side);
    return pixels[row * SIDE + column];
}

static void curves_lie_where_their_values_are(void **state)
{
    (void)state;
    TonePlot plot = diagonal();
    graph_tones(&plot, SIDE, MARGIN, 3, pixels);
    assert_int_equal(at(0.5, 0.5), 0xff000000 | rgb(THEME_KNOB));
    assert_int_equal(at(0.25, 0.25), 0xff000000 | rgb(THEME_KNOB));
    assert_int_equal(at(0.25, 0.75) >> 24, 0);
    plot.same = false;
    for (int i = 0; i < TONE_PLOT_POINTS; i++)
        plot.y[0][i] = 1 - plot.y[1][i];
    graph_tones(&plot, SIDE, MARGIN, 3, pixels);
    assert_int_equal(at(0.25, 0.75), 0xff000000 | rgb(THEME_RED));
    assert_true((at(0.25, 0.25) & 0xff) > 0xb0 && at(0.25, 0.25) >> 24 == 255);
}

/* WCAG 2.1: relative luminance, and the contrast of two colours. */
static double luminance(Color color)
{
    const uint8_t samples[3] = {color.r, color.g, color.b};
    const double weights[3] = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
        double v = samples[i] / 255.0;
        sum += weights[i] * (v <= 0.03928 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4));
    }
    return sum;
}

static double contrast(Color a, Color b)
{
    double x = luminance(a) + 0.05, y = luminance(b) + 0.05;
    return x > y ? x / y : y / x;
}

/* `color` over white and over black, as it shines through. */
static Color over(Color color, uint8_t below)
{
    Color made = {0, 0, 0, 255};
    made.r = (uint8_t)((color.r * color.a + below * (255 - color.a)) / 255);
    made.g = (uint8_t)((color.g * color.a + below * (255 - color.a)) / 255);
    made.b = (uint8_t)((color.b * color.a + below * (255 - color.a)) / 255);
    return made;
}

/* AA asks for 4.5 of text; graphs have the same colours. */
static void colours_are_read_on_the_card(void **state)
{
    (void)state;
    const Color inks[] = {THEME_TEXT, THEME_DIM, THEME_RED, THEME_GREEN, THEME_BLUE};
    for (int below = 0; below <= 255; below += 255)
        for (size_t i = 0; i < sizeof inks / sizeof *inks; i++)
            assert_true(contrast(inks[i], over(THEME_CARD, (uint8_t)below)) >= 4.5);
    assert_true(contrast(THEME_CLIP_LOW, THEME_GRAY(0)) >= 3); /* where shadows are */
    assert_true(contrast(THEME_CLIP_HIGH, THEME_GRAY(255)) >= 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(heights_are_square_roots),
        cmocka_unit_test(a_spike_at_an_end_is_cut),
        cmocka_unit_test(only_the_ends),
        cmocka_unit_test(a_narrow_graph_has_every_bin),
        cmocka_unit_test(values_that_a_look_leaves_empty_make_no_gaps),
        cmocka_unit_test(channels_add_up),
        cmocka_unit_test(curves_lie_where_their_values_are),
        cmocka_unit_test(colours_are_read_on_the_card),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
