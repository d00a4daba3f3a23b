/* The split view's divider, and the part under the loupe. */
#include "cm.h"

#include <stdio.h>

#include "viewer/overlay/loupe.h"
#include "viewer/overlay/split.h"
#include "viewer/turn/turns.h"

static const Rect AREA = {20, 30, 400, 200};

static void assert_rect(Rect rect, int x, int y, int w, int h)
{
    assert_int_equal(rect.x, x);
    assert_int_equal(rect.y, y);
    assert_int_equal(rect.w, w);
    assert_int_equal(rect.h, h);
}

static void a_key_switches_the_split(void **state)
{
    (void)state;
    Split split;
    split_init(&split);
    assert_int_equal(split.kind, SPLIT_OFF);
    split_toggle(&split, SPLIT_BESIDE);
    assert_int_equal(split.kind, SPLIT_BESIDE);
    split_toggle(&split, SPLIT_ABOVE);
    assert_int_equal(split.kind, SPLIT_ABOVE);
    split_toggle(&split, SPLIT_ABOVE);
    assert_int_equal(split.kind, SPLIT_OFF);
}

static void before_is_left_or_above(void **state)
{
    (void)state;
    Split split;
    split_init(&split);
    assert_rect(split_before(&split, AREA), 20, 30, 400, 200);
    split.kind = SPLIT_BESIDE;
    assert_rect(split_before(&split, AREA), 20, 30, 200, 200);
    assert_rect(split_line(&split, AREA, 2), 219, 30, 2, 200);
    split.kind = SPLIT_ABOVE;
    assert_rect(split_before(&split, AREA), 20, 30, 400, 100);
    assert_rect(split_line(&split, AREA, 2), 20, 129, 400, 2);
}

static void the_divider_follows_the_mouse_and_stays_inside(void **state)
{
    (void)state;
    Split split = {SPLIT_BESIDE, 0.5};
    for (int x = AREA.x; x <= AREA.x + AREA.w; x++) {
        split_move(&split, AREA, x, 77);
        assert_int_equal(split_before(&split, AREA).w, x - AREA.x);
    }
    split_move(&split, AREA, -500, 0);
    assert_int_equal(split_before(&split, AREA).w, 0);
    split_move(&split, AREA, 9000, 0);
    assert_int_equal(split_before(&split, AREA).w, AREA.w);
    split.kind = SPLIT_ABOVE;
    split_move(&split, AREA, 0, AREA.y + 50);
    assert_rect(split_before(&split, AREA), 20, 30, 400, 50);
    split_move(&split, (Rect){0}, 4, 4); /* no picture: it stays */
    assert_rect(split_before(&split, AREA), 20, 30, 400, 50);
}

/* An image of 4000 × 2000, fitted into 400 × 200 pixels at (50, 60). */
static LoupeSight sight(void)
{
    return (LoupeSight){
        {50, 60, 400, 200}, {0, 0, 4000, 2000}, 4000, 2000, {0, 0, 500, 320}};
}

static void the_pixel_under_the_mouse(void **state)
{
    (void)state;
    LoupeSight seen = sight();
    int x, y;
    assert_false(loupe_pixel(&seen, 49, 100, &x, &y));
    assert_false(loupe_pixel(&seen, 100, 260, &x, &y));
    assert_true(loupe_pixel(&seen, 50, 60, &x, &y));
    assert_int_equal(x, 5);
    assert_int_equal(y, 5);
    assert_true(loupe_pixel(&seen, 449, 259, &x, &y));
    assert_int_equal(x, 3995);
    assert_int_equal(y, 1995);
    /* at 200 % two screen pixels are one of the image */
    seen.area = (ScaleArea){100, 200, 200, 100};
    for (int i = 0; i < 400; i++) {
        assert_true(loupe_pixel(&seen, 50 + i, 60 + i / 2, &x, &y));
        assert_int_equal(x, 100 + i / 2);
        assert_int_equal(y, 200 + i / 4);
    }
}

/* The image's pixel under the mouse is under the mouse in the loupe, too. */
static void the_loupe_is_around_the_mouse(void **state)
{
    (void)state;
    LoupeSight seen = sight();
    LoupePart part = loupe_part(&seen, 250, 160, 120);
    assert_rect(part.box, 190, 100, 120, 120);
    assert_true(part.area.width == 120 && part.area.height == 120);
    assert_true(part.area.x == 2005 - 60 && part.area.y == 1005 - 60);
}

static void the_loupe_stays_inside(void **state)
{
    (void)state;
    LoupeSight seen = sight();
    LoupePart part = loupe_part(&seen, 50, 60, 120);
    assert_rect(part.box, 0, 0, 120, 120);
    assert_true(part.area.x == 0 && part.area.y == 0);
    part = loupe_part(&seen, 449, 259, 120);
    assert_rect(part.box, 380, 199, 120, 120);
    assert_true(part.area.x == 4000 - 120 && part.area.y == 2000 - 120);
    part = loupe_part(&seen, 250, 160, 2000); /* larger than the room */
    assert_rect(part.box, 0, 0, 500, 320);
    seen.width = 450; /* or than the image */
    seen.area.width = 450;
    part = loupe_part(&seen, 250, 160, 2000);
    assert_int_equal(part.box.w, 450);
    assert_true(part.area.x == 0 && part.area.width == 450);
}

/* The same image, turned. */
static LoupeSight turned(int quarters)
{
    LoupeSight seen = sight();
    seen.turn = (Turn){quarters, 4000, 2000};
    if (turn_swaps(quarters)) {
        seen.place = (Rect){50, 60, 200, 400};
        seen.area = (ScaleArea){0, 0, 2000, 4000};
        seen.width = 2000;
        seen.height = 4000;
        seen.room.h = 500;
    }
    return seen;
}

/* The file's upper left corner is at the upper right, the lower right, the lower left.
 */
static void the_pixel_under_the_mouse_is_the_files(void **state)
{
    (void)state;
    static const int corners[4][2] = {{0, 0}, {1, 0}, {1, 1}, {0, 1}};
    for (int quarters = 0; quarters < 4; quarters++) {
        LoupeSight seen = turned(quarters);
        int x = seen.place.x + corners[quarters][0] * (seen.place.w - 1);
        int y = seen.place.y + corners[quarters][1] * (seen.place.h - 1);
        int pixel_x, pixel_y;
        assert_true(loupe_pixel(&seen, x, y, &pixel_x, &pixel_y));
        assert_true(pixel_x < 10 && pixel_y < 10);
        LoupePart part = loupe_part(&seen, x, y, 120);
        assert_true(part.area.x == 0 && part.area.y == 0);
        assert_true(part.area.width == 120 && part.area.height == 120);
    }
}

static void an_area_turns_and_turns_back(void **state)
{
    (void)state;
    const ScaleArea area = {10, 20, 300, 40};
    static const ScaleArea seen[4] = {
        {10, 20, 300, 40}, {440, 10, 40, 300}, {690, 440, 300, 40}, {20, 690, 40, 300}};
    for (int quarters = 0; quarters < 4; quarters++) {
        Turn turn = {quarters, 1000, 500};
        ScaleArea there = turn_seen(turn, area), back = turn_stored(turn, there);
        assert_memory_equal(&there, &seen[quarters], sizeof there);
        assert_memory_equal(&back, &area, sizeof back);
    }
    assert_int_equal(turn_by(0, -1), 3);
    assert_int_equal(turn_by(3, 2), 1);
}

static void the_turn_of_a_file_is_remembered(void **state)
{
    (void)state;
    Turns turns = {0};
    for (int round = 0; round < 2; round++)
        for (int i = 0; i < 40; i++) {
            char name[16];
            snprintf(name, sizeof name, "%d.jpg", i);
            assert_int_equal(turns_of(&turns, name), round ? i % 4 : 0);
            turns_set(&turns, name, round ? 0 : i % 4);
            assert_int_equal(turns_of(&turns, name), round ? 0 : i % 4);
        }
    assert_int_equal(turns.count, 40);
    turns_term(&turns);
}

static void there_is_no_loupe_where_nothing_is_hidden(void **state)
{
    (void)state;
    LoupeSight seen = sight();
    assert_true(rect_is_empty(loupe_part(&seen, 10, 10, 120).box));
    seen.area = (ScaleArea){0, 0, 400, 200}; /* 100 % */
    assert_true(rect_is_empty(loupe_part(&seen, 250, 160, 120).box));
    seen.area = (ScaleArea){0, 0, 200, 100};
    assert_true(rect_is_empty(loupe_part(&seen, 250, 160, 120).box));
    assert_true(rect_is_empty(loupe_part(&(LoupeSight){0}, 0, 0, 120).box));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_key_switches_the_split),
        cmocka_unit_test(before_is_left_or_above),
        cmocka_unit_test(the_divider_follows_the_mouse_and_stays_inside),
        cmocka_unit_test(the_pixel_under_the_mouse),
        cmocka_unit_test(the_loupe_is_around_the_mouse),
        cmocka_unit_test(the_loupe_stays_inside),
        cmocka_unit_test(there_is_no_loupe_where_nothing_is_hidden),
        cmocka_unit_test(the_pixel_under_the_mouse_is_the_files),
        cmocka_unit_test(an_area_turns_and_turns_back),
        cmocka_unit_test(the_turn_of_a_file_is_remembered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
