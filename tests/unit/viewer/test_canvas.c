/* Zoom, pan and fit. */
#include "cm.h"

#include <math.h>

#include "viewer/picture/canvas.h"

static Canvas canvas;

/* A room of 1000 × 600, and an image in it. */
static void open_image(int width, int height)
{
    canvas_init(&canvas);
    canvas_set_room(&canvas, 1000, 600, 10);
    canvas_set_image(&canvas, width, height);
}

static void assert_near(double a, double b)
{
    if (fabs(a - b) > 1e-9)
        fail_msg("%.12g is not %.12g", a, b);
}

static void without_an_image_nothing_is_seen(void **state)
{
    (void)state;
    canvas_init(&canvas);
    canvas_set_room(&canvas, 1000, 600, 10);
    canvas_fit(&canvas);
    canvas_actual(&canvas, 5, 5);
    canvas_zoom_by(&canvas, 2, 5, 5);
    assert_int_equal(canvas_view(&canvas).width, 0);
    assert_near(canvas_zoom(&canvas), 1);
    assert_false(canvas_can_pan(&canvas));
}

static void a_large_image_is_fitted_a_small_one_is_not_enlarged(void **state)
{
    (void)state;
    open_image(3920, 1000);
    CanvasView view = canvas_view(&canvas);
    assert_near(canvas_zoom(&canvas), 0.25); /* 980 wide, with the margins 1000 */
    assert_true(view.left == 10 && view.top == 175);
    assert_true(view.width == 980 && view.height == 250);
    assert_near(view.area.width, 3920);
    canvas_set_room(&canvas, 500, 600, 10); /* it follows the window */
    assert_near(canvas_zoom(&canvas), 480.0 / 3920);
    open_image(100, 50);
    view = canvas_view(&canvas);
    assert_near(canvas_zoom(&canvas), 1);
    assert_true(view.left == 450 && view.top == 275 && view.width == 100);
}

static void zooming_keeps_the_point_below_the_mouse(void **state)
{
    (void)state;
    open_image(8000, 6000);
    canvas_actual(&canvas, 300, 200);
    for (int i = 0; i < 4; i++) {
        CanvasView view = canvas_view(&canvas);
        double before = view.area.x + (300 - view.left) / canvas_zoom(&canvas);
        canvas_zoom_by(&canvas, 1.25, 300, 200);
        view = canvas_view(&canvas);
        double after = view.area.x + (300 - view.left) / canvas_zoom(&canvas);
        assert_true(fabs(after - before) < 1 / canvas_zoom(&canvas));
    }
}

static void zooming_stops_on_its_way_and_at_the_ends(void **state)
{
    (void)state;
    open_image(3920, 1000); /* fitted at 25 % */
    canvas_zoom_by(&canvas, 10, 500, 300);
    assert_near(canvas_zoom(&canvas), 1);
    canvas_zoom_by(&canvas, 0.01, 500, 300);
    assert_near(canvas_zoom(&canvas), 0.25);
    assert_true(canvas.fit);
    canvas_zoom_by(&canvas, 1e-9, 500, 300);
    assert_near(canvas_zoom(&canvas), 0.25 / 8);
    canvas_actual(&canvas, 500, 300);
    canvas_zoom_by(&canvas, 1e9, 500, 300);
    assert_near(canvas_zoom(&canvas), CANVAS_ZOOM_MAX);
}

static void panning_ends_at_the_edges(void **state)
{
    (void)state;
    open_image(3920, 1000);
    assert_false(canvas_can_pan(&canvas));
    canvas_actual(&canvas, 500, 300);
    assert_true(canvas_can_pan(&canvas));
    canvas_pan(&canvas, 1e6, 1e6);
    CanvasView view = canvas_view(&canvas);
    assert_near(view.area.x, 0);
    assert_near(view.area.y, 0);
    canvas_pan(&canvas, -30, -20);
    view = canvas_view(&canvas);
    assert_near(view.area.x, 30);
    assert_near(view.area.y, 20);
    canvas_pan(&canvas, -1e6, -1e6);
    view = canvas_view(&canvas);
    assert_near(view.area.x + view.area.width, 3920);
    assert_true(view.left == 0 && view.width == 1000);
}

static void the_next_image_is_seen_at_the_same_place(void **state)
{
    (void)state;
    open_image(4000, 4000);
    canvas_actual(&canvas, 0, 0);
    canvas_pan(&canvas, -100, -300);
    CanvasView before = canvas_view(&canvas);
    canvas_set_image(&canvas, 4000, 4000);
    CanvasView after = canvas_view(&canvas);
    assert_memory_equal(&before, &after, sizeof before);
    canvas_set_image(&canvas, 500, 400); /* a small one is in the middle */
    after = canvas_view(&canvas);
    assert_true(after.left == 250 && after.width == 500);
    assert_near(canvas_zoom(&canvas), 1);
}

static void an_older_picture_is_placed_where_its_part_is_now(void **state)
{
    (void)state;
    open_image(2000, 1200);
    canvas_actual(&canvas, 0, 0);
    CanvasView view = canvas_view(&canvas);
    double place[4];
    canvas_place(&canvas, view.area, place);
    assert_near(place[0], view.left);
    assert_near(place[2], view.width);
    canvas_pan(&canvas, -40, 0);
    canvas_place(&canvas, view.area, place);
    assert_near(place[0], view.left - 40);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_an_image_nothing_is_seen),
        cmocka_unit_test(a_large_image_is_fitted_a_small_one_is_not_enlarged),
        cmocka_unit_test(zooming_keeps_the_point_below_the_mouse),
        cmocka_unit_test(zooming_stops_on_its_way_and_at_the_ends),
        cmocka_unit_test(panning_ends_at_the_edges),
        cmocka_unit_test(the_next_image_is_seen_at_the_same_place),
        cmocka_unit_test(an_older_picture_is_placed_where_its_part_is_now),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
