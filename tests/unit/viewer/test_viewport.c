/* Zoom, pan and fit. */
#include "cm.h"

#include <math.h>

#include "viewer/picture/viewport.h"

static Viewport viewport;

/* A room of 1000 × 600, and an image in it. */
static void open_image(int width, int height)
{
    viewport_init(&viewport);
    viewport_set_room(&viewport, 1000, 600, 10);
    viewport_set_image(&viewport, width, height);
}

static void assert_near(double a, double b)
{
    if (fabs(a - b) > 1e-9)
        fail_msg("%.12g is not %.12g", a, b);
}

static void without_an_image_nothing_is_seen(void **state)
{
    (void)state;
    viewport_init(&viewport);
    viewport_set_room(&viewport, 1000, 600, 10);
    viewport_fit(&viewport);
    viewport_actual(&viewport, 5, 5);
    viewport_zoom_by(&viewport, 2, 5, 5);
    assert_int_equal(viewport_visible(&viewport).width, 0);
    assert_near(viewport_zoom(&viewport), 1);
    assert_false(viewport_can_pan(&viewport));
}

static void a_large_image_is_fitted_a_small_one_is_not_enlarged(void **state)
{
    (void)state;
    open_image(3920, 1000);
    ViewportPart view = viewport_visible(&viewport);
    assert_near(viewport_zoom(&viewport), 0.25); /* 980 wide, with the margins 1000 */
    assert_true(view.left == 10 && view.top == 175);
    assert_true(view.width == 980 && view.height == 250);
    assert_near(view.area.width, 3920);
    viewport_set_room(&viewport, 500, 600, 10); /* it follows the window */
    assert_near(viewport_zoom(&viewport), 480.0 / 3920);
    open_image(100, 50);
    view = viewport_visible(&viewport);
    assert_near(viewport_zoom(&viewport), 1);
    assert_true(view.left == 450 && view.top == 275 && view.width == 100);
}

static void zooming_keeps_the_point_below_the_mouse(void **state)
{
    (void)state;
    open_image(8000, 6000);
    viewport_actual(&viewport, 300, 200);
    for (int i = 0; i < 4; i++) {
        ViewportPart view = viewport_visible(&viewport);
        double before = view.area.x + (300 - view.left) / viewport_zoom(&viewport);
        viewport_zoom_by(&viewport, 1.25, 300, 200);
        view = viewport_visible(&viewport);
        double after = view.area.x + (300 - view.left) / viewport_zoom(&viewport);
        assert_true(fabs(after - before) < 1 / viewport_zoom(&viewport));
    }
}

/* The point in the middle of the room stays there, and four quarters are none. */
static void turning_keeps_the_middle(void **state)
{
    (void)state;
    open_image(8000, 6000);
    viewport_actual(&viewport, 500, 300);
    viewport.x = 3000;
    viewport.y = 2300;
    Viewport before = viewport;
    static const double middles[4][2] = {
        {3700, 3000}, {5000, 3700}, {2300, 5000}, {3000, 2300}};
    for (int i = 0; i < 4; i++) {
        viewport_turn(&viewport, 1);
        ViewportPart part = viewport_visible(&viewport);
        assert_near(part.area.x + part.area.width / 2, middles[i][0]);
        assert_near(part.area.y + part.area.height / 2, middles[i][1]);
        assert_near(viewport_zoom(&viewport), 1);
    }
    assert_memory_equal(&viewport, &before, sizeof before);
    open_image(3920, 1000);
    viewport_turn(&viewport, 1); /* fitted stays fitted */
    assert_near(viewport_zoom(&viewport), 580.0 / 3920);
    viewport_turn(&viewport, 2);
    assert_near(viewport_zoom(&viewport), 580.0 / 3920);
}

static void zooming_stops_on_its_way_and_at_the_ends(void **state)
{
    (void)state;
    open_image(3920, 1000); /* fitted at 25 % */
    viewport_zoom_by(&viewport, 10, 500, 300);
    assert_near(viewport_zoom(&viewport), 1);
    viewport_zoom_by(&viewport, 0.01, 500, 300);
    assert_near(viewport_zoom(&viewport), 0.25);
    assert_true(viewport.fit);
    viewport_zoom_by(&viewport, 1e-9, 500, 300);
    assert_near(viewport_zoom(&viewport), 0.25 / 8);
    viewport_actual(&viewport, 500, 300);
    viewport_zoom_by(&viewport, 1e9, 500, 300);
    assert_near(viewport_zoom(&viewport), VIEWPORT_ZOOM_MAX);
}

static void panning_ends_at_the_edges(void **state)
{
    (void)state;
    open_image(3920, 1000);
    assert_false(viewport_can_pan(&viewport));
    viewport_actual(&viewport, 500, 300);
    assert_true(viewport_can_pan(&viewport));
    viewport_pan(&viewport, 1e6, 1e6);
    ViewportPart view = viewport_visible(&viewport);
    assert_near(view.area.x, 0);
    assert_near(view.area.y, 0);
    viewport_pan(&viewport, -30, -20);
    view = viewport_visible(&viewport);
    assert_near(view.area.x, 30);
    assert_near(view.area.y, 20);
    viewport_pan(&viewport, -1e6, -1e6);
    view = viewport_visible(&viewport);
    assert_near(view.area.x + view.area.width, 3920);
    assert_true(view.left == 0 && view.width == 1000);
}

static void the_next_image_is_seen_at_the_same_place(void **state)
{
    (void)state;
    open_image(4000, 4000);
    viewport_actual(&viewport, 0, 0);
    viewport_pan(&viewport, -100, -300);
    ViewportPart before = viewport_visible(&viewport);
    viewport_set_image(&viewport, 4000, 4000);
    ViewportPart after = viewport_visible(&viewport);
    assert_memory_equal(&before, &after, sizeof before);
    viewport_set_image(&viewport, 500, 400); /* a small one is in the middle */
    after = viewport_visible(&viewport);
    assert_true(after.left == 250 && after.width == 500);
    assert_near(viewport_zoom(&viewport), 1);
}

static void an_older_picture_is_placed_where_its_part_is_now(void **state)
{
    (void)state;
    open_image(2000, 1200);
    viewport_actual(&viewport, 0, 0);
    ViewportPart view = viewport_visible(&viewport);
    double place[4];
    viewport_place(&viewport, view.area, place);
    assert_near(place[0], view.left);
    assert_near(place[2], view.width);
    viewport_pan(&viewport, -40, 0);
    viewport_place(&viewport, view.area, place);
    assert_near(place[0], view.left - 40);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_an_image_nothing_is_seen),
        cmocka_unit_test(a_large_image_is_fitted_a_small_one_is_not_enlarged),
        cmocka_unit_test(zooming_keeps_the_point_below_the_mouse),
        cmocka_unit_test(turning_keeps_the_middle),
        cmocka_unit_test(zooming_stops_on_its_way_and_at_the_ends),
        cmocka_unit_test(panning_ends_at_the_edges),
        cmocka_unit_test(the_next_image_is_seen_at_the_same_place),
        cmocka_unit_test(an_older_picture_is_placed_where_its_part_is_now),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
