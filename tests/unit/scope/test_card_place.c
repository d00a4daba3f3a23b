/* Where the card of the histogram lies: it hides little of the picture. */
#include "cm.h"

#include "viewer/layout.h"
#include "viewer/overlay/overlay.h"
#include "viewer/overlay/overlay_card.h"
#include "viewer/ui_probe.h"

static const double SCALES[] = {1, 1.25, 2, 3};
/* Of the room, in points; the first is that of the least window. */
static const Rect ROOMS[] = {{0, 0, 271, 292},  {5, 0, 431, 452},  {0, 0, 591, 572},
                             {0, 0, 991, 772},  {0, 0, 1711, 372}, {0, 0, 271, 2571},
                             {0, 0, 1151, 872}, {0, 0, 3000, 2000}};
static const OverlayCard CARDS_OF_NUMBERS[] = {CARD_HISTOGRAM, CARD_TONES};

static Overlay overlay;
static Ui ui;
static double scale;

/* The room at the scale of the pass. */
static Rect scaled(Rect room)
{
    return (Rect){(int)(room.x * scale), (int)(room.y * scale), (int)(room.w * scale),
                  (int)(room.h * scale)};
}

/* Place and record the card beside a picture of that shape. Returns the rest. */
static Rect place(OverlayCard card, Rect room, int width, int height)
{
    overlay.card = card;
    ui.measure = probe_measure(&scale);
    ui.scale = scale;
    ui_begin(&ui, (Rect){0, 0, 100000, 100000}, true);
    Rect rest = overlay_card_place(&overlay, &ui, room, width, height);
    overlay_card_draw(&overlay, &ui);
    ui_end(&ui);
    return rest;
}

static double part(Rect rect, Rect whole)
{
    return (double)rect.w * rect.h / ((double)whole.w * whole.h);
}

static void expect_a_good_place(OverlayCard card, Rect room)
{
    Rect rest = place(card, room, 4272, 2848), box = overlay.box;
    assert_true(layout_is_inside(box, room) && layout_is_inside(rest, room));
    assert_true(part(rest, room) > 0.49);
    assert_true(part(rect_common(box, rest), room) <= 0.125);
    assert_true(layout_is_inside(probe_place(&ui, "histogram"), box));
    if (card != CARD_TONES || !probe_find(&ui, DRAW_PLACE, "plot"))
        return;
    Rect plot = probe_place(&ui, "plot");
    assert_true(layout_is_inside(plot, box) && plot.w == plot.h);
    assert_true(rect_is_empty(rect_common(plot, probe_place(&ui, "histogram"))));
}

static void a_card_hides_little(void **state)
{
    (void)state;
    for (size_t s = 0; s < sizeof SCALES / sizeof *SCALES; s++)
        for (size_t r = 0; r < sizeof ROOMS / sizeof *ROOMS; r++)
            for (int c = 0; c < 2; c++) {
                scale = SCALES[s];
                expect_a_good_place(CARDS_OF_NUMBERS[c], scaled(ROOMS[r]));
            }
}

/* In every room all numbers are whole, and the plot's caption leaves its curves free.
 */
static void expect_whole_texts(Rect room)
{
    place(CARD_TONES, room, 4272, 2848);
    layout_expect_apart(&ui, DRAW_TEXT, 0);
    assert_int_equal(probe_count_of(&ui, DRAW_NOTE, "cut "), 0);
    if (!probe_find(&ui, DRAW_PLACE, "plot"))
        return;
    const DrawCommand *caption = probe_find(&ui, DRAW_TEXT, "neutral axis");
    if (!caption)
        caption = probe_find(&ui, DRAW_TEXT, "grays");
    assert_non_null(caption);
    Rect plot = probe_place(&ui, "plot");
    assert_true(rect_is_empty(rect_common(plot, caption->rect)) ||
                plot.w >= 2 * caption->rect.w);
}

static void the_numbers_are_whole(void **state)
{
    (void)state;
    Histogram *histogram = &overlay.histogram;
    *histogram = (Histogram){.pixels = 10000};
    histogram->low[0] = histogram->high[2] = 10000;
    histogram->low[1] = histogram->high[1] = 1;
    overlay.counted = overlay.plotted = overlay.tones.mixed = true;
    for (size_t s = 0; s < sizeof SCALES / sizeof *SCALES; s++)
        for (size_t r = 0; r < sizeof ROOMS / sizeof *ROOMS; r++) {
            scale = SCALES[s];
            expect_whole_texts(scaled(ROOMS[r]));
        }
    overlay.counted = overlay.plotted = overlay.tones.mixed = false;
}

/* Below a wide picture, at the right of a high one, over both in a large room. */
static void the_picture_stays_large(void **state)
{
    (void)state;
    scale = 1;
    Rect small = {0, 0, 700, 572}, large = {0, 0, 2000, 1500};
    Rect rest = place(CARD_TONES, small, 4000, 2000);
    assert_true(rest.w == small.w && rest.h < small.h);
    rest = place(CARD_TONES, small, 2000, 4000);
    assert_true(rest.w < small.w && rest.h == small.h);
    rest = place(CARD_TONES, large, 4000, 2000);
    assert_true(memcmp(&rest, &large, sizeof rest) == 0);
    rest = place(CARD_NONE, small, 4000, 2000);
    assert_true(memcmp(&rest, &small, sizeof rest) == 0 && rect_is_empty(overlay.box));
}

/* Where a picture has hardly room, the card has none. */
static void a_tiny_room_has_no_card(void **state)
{
    (void)state;
    scale = 1;
    Rect tiny = {0, 0, 100, 60}, rest = place(CARD_TONES, tiny, 4000, 2000);
    assert_true(memcmp(&rest, &tiny, sizeof rest) == 0 && rect_is_empty(overlay.box));
}

static int open_all(void **state)
{
    (void)state;
    scale = 1;
    overlay_init(&overlay);
    probe_init(&ui, &scale);
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    overlay_term(&overlay);
    ui_term(&ui);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_card_hides_little),
        cmocka_unit_test(the_numbers_are_whole),
        cmocka_unit_test(the_picture_stays_large),
        cmocka_unit_test(a_tiny_room_has_no_card),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
