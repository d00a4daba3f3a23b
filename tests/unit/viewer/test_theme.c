/* The theme's colours can be read: the contrasts of WCAG 2.1, level AA. */
#include "cm.h"

#include "contrast.h"

static void expect_contrast(Color ink, Color ground, double least)
{
    double contrast = contrast_of(ink, ground);
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
        expect_contrast(THEME_TEXT, grounds[i], CONTRAST_TEXT);
        expect_contrast(THEME_ACCENT, grounds[i], CONTRAST_TEXT);
        if (i != 2) /* dim texts stand on nothing that is pressed */
            expect_contrast(THEME_DIM, grounds[i], CONTRAST_TEXT);
    }
    expect_contrast(THEME_TEXT, THEME_PRESSED, CONTRAST_TEXT);
    expect_contrast(THEME_ALARM, THEME_ALARM_GROUND, CONTRAST_TEXT);
}

/* What lies over the brightest picture. */
static Color on_white(Color over)
{
    return contrast_blend(over, (Color){255, 255, 255, 255});
}

static void texts_over_a_white_picture_can_be_read(void **state)
{
    (void)state;
    const Color graph[] = {THEME_TEXT, THEME_DIM, THEME_RED, THEME_GREEN, THEME_BLUE};
    for (size_t i = 0; i < sizeof graph / sizeof *graph; i++)
        expect_contrast(graph[i], on_white(THEME_CARD), CONTRAST_TEXT);
    expect_contrast(THEME_TEXT, on_white(THEME_BADGE), CONTRAST_TEXT);
    expect_contrast(THEME_ACCENT, on_white(THEME_BADGE), CONTRAST_TEXT);
}

static void controls_can_be_seen(void **state)
{
    (void)state;
    const Color grounds[] = {THEME_PANEL, THEME_ROW, THEME_SUNKEN};
    for (size_t i = 0; i < sizeof grounds / sizeof *grounds; i++) {
        expect_contrast(THEME_OFF, grounds[i], CONTRAST_CONTROL);
        expect_contrast(THEME_FILL, grounds[i], CONTRAST_CONTROL);
        expect_contrast(THEME_KNOB, grounds[i], CONTRAST_CONTROL);
        expect_contrast(THEME_ALARM, grounds[i], CONTRAST_CONTROL);
    }
    expect_contrast(THEME_FILL, THEME_TRACK, CONTRAST_CONTROL);
    expect_contrast(THEME_ACCENT, THEME_TRACK, CONTRAST_CONTROL);
    expect_contrast(THEME_KNOB, THEME_TRACK, CONTRAST_CONTROL);
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
