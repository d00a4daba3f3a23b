/* Points of a curve, edited: they stay in order, within their limits. */
#include "cm.h"

#include <stdio.h>

#include "viewer/control/curve_edit.h"

static CurveEdit curve_of(const char *text)
{
    ParamValue value = param_text(text);
    CurveEdit curve = curve_edit_of(value);
    param_clear(&value);
    return curve;
}

static void expect(const CurveEdit *curve, const char *text)
{
    ParamValue value = curve_edit_value(curve);
    assert_string_equal(param_text_of(value), text);
    param_clear(&value);
}

static void a_point_is_moved_between_its_neighbours(void **state)
{
    (void)state;
    CurveEdit curve = curve_of("0,0 0.5,0.5 1,1");
    curve_edit_move(&curve, 1, 0.25, 0.75);
    expect(&curve, "0,0 0.25,0.75 1,1");
    curve_edit_move(&curve, 1, 1.5, -1);
    expect(&curve, "0,0 0.999,0 1,1");
    curve_edit_move(&curve, 1, -1, 2);
    expect(&curve, "0,0 0.001,1 1,1");
    curve_edit_move(&curve, 0, 0.5, 0.2); /* the first stays before the second */
    expect(&curve, "0,0.2 0.001,1 1,1");
    curve_edit_move(&curve, 2, 0, 0.12345);
    expect(&curve, "0,0.2 0.001,1 0.002,0.123");
}

static void a_point_without_room_moves_up_and_down_only(void **state)
{
    (void)state;
    CurveEdit curve = curve_of("0,0 0.0001,0.5 0.0002,1");
    curve_edit_move(&curve, 1, 0.5, 0.25);
    expect(&curve, "0,0 0.0001,0.25 0.0002,1");
}

static void a_point_is_added_where_it_belongs(void **state)
{
    (void)state;
    CurveEdit curve = curve_of("0.2,0 0.8,1");
    assert_int_equal(curve_edit_add(&curve, 0.5, 0.5), 1);
    assert_int_equal(curve_edit_add(&curve, 0, 2), 0);
    assert_int_equal(curve_edit_add(&curve, 1, 0.9), 4);
    expect(&curve, "0,1 0.2,0 0.5,0.5 0.8,1 1,0.9");
    assert_int_equal(curve_edit_add(&curve, 0.5, 0.1), 2); /* beside the one there */
    expect(&curve, "0,1 0.2,0 0.499,0.1 0.5,0.5 0.8,1 1,0.9");
}

static void there_are_never_more_points_than_a_curve_may_have(void **state)
{
    (void)state;
    CurveEdit curve = curve_of("0,0 1,1");
    for (int i = 2; i < PARAM_POINTS; i++)
        assert_true(curve_edit_add(&curve, i / 100.0, 0.5) > 0);
    assert_int_equal(curve_edit_add(&curve, 0.9, 0.5), -1);
    assert_int_equal(curve_edit_split(&curve, 0), -1);
    assert_int_equal(curve.count, PARAM_POINTS);
    ParamPoint read[PARAM_POINTS];
    ParamValue value = curve_edit_value(&curve);
    assert_int_equal(param_points(param_text_of(value), read), PARAM_POINTS);
    param_clear(&value);
}

static void crowded_points_leave_no_room_for_another(void **state)
{
    (void)state;
    CurveEdit curve = curve_of("0,0 0.001,1");
    assert_int_equal(curve_edit_split(&curve, 0), -1);
    expect(&curve, "0,0 0.001,1");
}

static void two_points_stay(void **state)
{
    (void)state;
    CurveEdit curve = curve_of("0,0 0.5,0.6 1,1");
    assert_true(curve_edit_remove(&curve, 0));
    expect(&curve, "0.5,0.6 1,1");
    assert_false(curve_edit_remove(&curve, 0));
    expect(&curve, "0.5,0.6 1,1");
}

static void the_nearest_point_within_reach_is_found(void **state)
{
    (void)state;
    CurveEdit curve = curve_of("0,0 0.5,0.5 0.52,0.5 1,1");
    assert_int_equal(curve_edit_find(&curve, 0.515, 0.5, 0.05), 2);
    assert_int_equal(curve_edit_find(&curve, 0.5, 0.52, 0.05), 1);
    assert_int_equal(curve_edit_find(&curve, 0.5, 0.6, 0.05), -1);
}

static void a_split_leaves_the_curve_through_the_same_places(void **state)
{
    (void)state;
    CurveEdit curve = curve_of("0,0 1,1");
    assert_int_equal(curve_edit_split(&curve, 0), 1);
    assert_int_equal(curve_edit_split(&curve, 2), 2); /* from the last: before it */
    expect(&curve, "0,0 0.5,0.5 0.75,0.75 1,1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_point_is_moved_between_its_neighbours),
        cmocka_unit_test(a_point_without_room_moves_up_and_down_only),
        cmocka_unit_test(a_point_is_added_where_it_belongs),
        cmocka_unit_test(there_are_never_more_points_than_a_curve_may_have),
        cmocka_unit_test(crowded_points_leave_no_room_for_another),
        cmocka_unit_test(two_points_stay),
        cmocka_unit_test(the_nearest_point_within_reach_is_found),
        cmocka_unit_test(a_split_leaves_the_curve_through_the_same_places),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
