/* The words beside the divider of the split view. */
#include "cm.h"

#include "viewer/layout.h"
#include "viewer/overlay/overlay.h"

static const double SCALE = 1;
static const Rect ROOM = {0, 0, 640, 480};

static Ui ui;
static Overlay overlay;

/* How many labels there are over a picture at `place`; each of them is whole. */
static int labels(SplitKind kind, double at, Rect place)
{
    LoupeSight sight = {.place = place, .room = ROOM};
    overlay.split = (Split){kind, at};
    ui_begin(&ui, ROOM, true);
    overlay_draw(&overlay, &ui, &sight, true);
    ui_end(&ui);
    int count = 0;
    for (int i = 0; i < ui.list.count; i++) {
        const DrawCommand *command = &ui.list.commands[i];
        if (command->kind != DRAW_TEXT)
            continue;
        assert_true(layout_is_inside(command->rect, command->clip));
        count++;
    }
    return count;
}

static void expect_whole_labels(SplitKind kind)
{
    static const Rect places[] = {{20, 20, 600, 440},
                                  {290, 220, 60, 40}, /* tiny */
                                  {20, 230, 600, 20}, /* a panorama */
                                  {305, 20, 30, 440},
                                  {0, 0, 640, 480}};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        assert_int_equal(labels(kind, 0.5, places[i]), 2);
        assert_int_equal(labels(kind, 0, places[i]), 1);
        assert_int_equal(labels(kind, 1, places[i]), 1);
    }
    assert_int_equal(labels(kind, 0.02, places[4]), 1); /* no room for the other */
}

static void labels_are_whole_or_left_out(void **state)
{
    (void)state;
    probe_init(&ui, &SCALE);
    overlay_init(&overlay);
    expect_whole_labels(SPLIT_BESIDE);
    expect_whole_labels(SPLIT_ABOVE);
    overlay_term(&overlay);
    ui_term(&ui);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(labels_are_whole_or_left_out)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
