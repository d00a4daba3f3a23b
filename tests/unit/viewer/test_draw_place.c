/* The part of an enlarged picture that is drawn. */
#include "cm.h"

#include <math.h>

#include "viewer/ui/draw_list.h"

static const Rect window = {100, 0, 1000, 700};

static void all_of_it_stays_where_it_is(void **state)
{
    (void)state;
    Rect pixels;
    DrawPlace place = {150, 20.5F, 600, 300};
    DrawPlace part = draw_place_cut(place, (Rect){0, 0, 300, 200}, window, &pixels);
    assert_memory_equal(&part, &place, sizeof part);
    assert_memory_equal(&pixels, (&(Rect){0, 0, 300, 200}), sizeof pixels);
}

/* What is cut off cannot be seen, and the rest keeps its place. */
static void only_what_shows_is_scaled(void **state)
{
    (void)state;
    enum { WIDTH = 1100, HEIGHT = 750 };
    for (int halves = 3; halves < 80; halves += 7) {
        float zoom = (float)halves / 2;
        Rect pixels;
        DrawPlace place = {-300 * zoom, -200 * zoom, WIDTH * zoom, HEIGHT * zoom};
        DrawPlace part =
            draw_place_cut(place, (Rect){0, 0, WIDTH, HEIGHT}, window, &pixels);
        assert_true(part.x <= 100 && part.x + part.w >= 1100);
        assert_true(part.y <= 0 && part.y + part.h >= 700);
        assert_true(part.w <= 1000 + 4 * zoom && part.h <= 700 + 4 * zoom);
        assert_true(fabsf(part.x - (place.x + (float)pixels.x * zoom)) < 0.01F);
        assert_true(fabsf(part.w - (float)pixels.w * zoom) < 0.01F);
        assert_true(fabsf(part.y - (place.y + (float)pixels.y * zoom)) < 0.01F);
        assert_true(fabsf(part.h - (float)pixels.h * zoom) < 0.01F);
    }
}

static void nothing_of_it_may_show(void **state)
{
    (void)state;
    static const DrawPlace places[] = {
        {5000, 0, 100, 100}, {0, -900, 4000, 100}, {0, 0, 0, 0}};
    for (int i = 0; i < 3; i++) {
        Rect pixels;
        DrawPlace part =
            draw_place_cut(places[i], (Rect){0, 0, 50, 50}, window, &pixels);
        assert_true(rect_is_empty(pixels));
        assert_true(part.w == 0 && part.h == 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_of_it_stays_where_it_is),
        cmocka_unit_test(only_what_shows_is_scaled),
        cmocka_unit_test(nothing_of_it_may_show),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
