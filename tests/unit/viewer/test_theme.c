/* The theme's colours can be read: the contrasts of WCAG 2.1, level AA. */
#include "cm.h"

#include <math.h>

#include "viewer/ui/theme.h"

static const double TEXT = 4.5, CONTROL = 3; /* success criteria 1.4.3 and 1.4.11 */

/* WCAG 2.1, "relative luminance". */
static double linear(uint8_t value)
{
    double v = value / 255.0;
    return v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
}

static double luminance(Color color)
{
    return 0.2126 * linear(color.r) + 0.7152 * linear(color.g) +
           0.0722 * linear(color.b);
}

static void expect_contrast(Color ink, Color ground, double least)
{
    double a = luminance(ink) + 0.05, b = luminance(ground) + 0.05;
    double contrast = a > b ? a / b : b / a;
    if (contrast < least)
        fail_msg("#%02x%02x%02x on #%02x%02x%02x: %.2f, not %.1f", ink.r, ink.g, ink.b,
                 ground.r, ground.g, ground.b, contrast, least);
}

static void texts_can_be_read(void **state)
{
    (void)state;
    const Color grounds[] = {THEME_PANEL,  THEME_RAISED, THEME_HOVER,       THEME_ROW,
                             THEME_SUNKEN, THEME_BADGE,  THEME_ALARM_GROUND};
    for (size_t i = 0; i < sizeof grounds / sizeof *grounds; i++) {
        expect_contrast(THEME_TEXT, grounds[i], TEXT);
        expect_contrast(THEME_ACCENT, grounds[i], TEXT);
        if (i != 2) /* dim texts stand on nothing that is pressed */
            expect_contrast(THEME_DIM, grounds[i], TEXT);
    }
    expect_contrast(THEME_TEXT, THEME_PRESSED, TEXT);
    expect_contrast(THEME_ALARM, THEME_ALARM_GROUND, TEXT);
}

/* `over` on white: what lies over the brightest picture. */
static Color on_white(Color over)
{
    uint8_t *parts[] = {&over.r, &over.g, &over.b};
    for (int c = 0; c < 3; c++)
        *parts[c] = (uint8_t)((*parts[c] * over.a + 255 * (255 - over.a)) / 255);
    return over;
}

static void texts_over_a_white_picture_can_be_read(void **state)
{
    (void)state;
    const Color graph[] = {THEME_TEXT, THEME_DIM, THEME_RED, THEME_GREEN, THEME_BLUE};
    for (size_t i = 0; i < sizeof graph / sizeof *graph; i++)
        expect_contrast(graph[i], on_white(THEME_CARD), TEXT);
    expect_contrast(THEME_TEXT, on_white(THEME_BADGE), TEXT);
    expect_contrast(THEME_ACCENT, on_white(THEME_BADGE), TEXT);
}

static void controls_can_be_seen(void **state)
{
    (void)state;
    const Color grounds[] = {THEME_PANEL, THEME_ROW, THEME_SUNKEN};
    for (size_t i = 0; i < sizeof grounds / sizeof *grounds; i++) {
        expect_contrast(THEME_OFF, grounds[i], CONTROL);
        expect_contrast(THEME_FILL, grounds[i], CONTROL);
        expect_contrast(THEME_KNOB, grounds[i], CONTROL);
        expect_contrast(THEME_ALARM, grounds[i], CONTROL);
    }
    expect_contrast(THEME_FILL, THEME_TRACK, CONTROL);
    expect_contrast(THEME_ACCENT, THEME_TRACK, CONTROL);
    expect_contrast(THEME_KNOB, THEME_TRACK, CONTROL);
}

/* A photograph is judged against its surroundings. */
static void grays_are_neutral(void **state)
{
    (void)state;
    const Color grays[] = {THEME_ROOM,  THEME_PANEL, THEME_EDGE, THEME_RAISED,
                           THEME_TRACK, THEME_FILL,  THEME_TEXT, THEME_DIM};
    for (size_t i = 0; i < sizeof grays / sizeof *grays; i++)
        assert_true(grays[i].r == grays[i].g && grays[i].g == grays[i].b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_can_be_read),
        cmocka_unit_test(texts_over_a_white_picture_can_be_read),
        cmocka_unit_test(controls_can_be_seen),
        cmocka_unit_test(grays_are_neutral),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
