/* What hides all that lies below it. */
#include "cm.h"

#include "viewer/paint/cover.h"

static const Rect window = {0, 0, 300, 200}, part = {20, 10, 100, 80};
static const Rect sizes[PICTURES] = {
    [PICTURE_NOW] = {0, 0, 120, 90}, [PICTURE_HISTOGRAM] = {0, 0, 120, 90}};
static const Color opaque = {1, 2, 3, 255};

static DrawCommand box(Rect rect)
{
    return (DrawCommand){DRAW_BOX, .rect = rect, .clip = window, .color = opaque};
}

static DrawCommand picture(DrawPicture which, DrawPlace place)
{
    return (DrawCommand){DRAW_PICTURE,     .rect = draw_place_reach(place, window),
                         .clip = window,   .place = place,
                         .picture = which, .color = opaque};
}

/* Between a box that covers all and one that covers a little. */
static int first_with(DrawCommand command)
{
    DrawList list = {0};
    draw_list_add(&list, box(window), NULL);
    draw_list_add(&list, command, NULL);
    draw_list_add(&list, box((Rect){30, 30, 5, 5}), NULL);
    int first = cover_first(&list, part, sizes);
    draw_list_term(&list);
    return first;
}

static void a_box_covers_what_it_holds(void **state)
{
    (void)state;
    assert_int_equal(first_with(box(part)), 1);
    assert_int_equal(first_with(box((Rect){21, 10, 100, 80})), 0);
    DrawCommand command = box(part);
    command.clip.w = 119;
    assert_int_equal(first_with(command), 0);
    command = box(part);
    command.color.a = 254;
    assert_int_equal(first_with(command), 0);
    command = box(part);
    command.radius = 1;
    assert_int_equal(first_with(command), 0);
    command.kind = DRAW_PLACE;
    assert_int_equal(first_with(command), 0);
}

static void a_picture_covers_pixel_for_pixel(void **state)
{
    (void)state;
    DrawPlace place = {10, 5, 120, 90};
    assert_int_equal(first_with(picture(PICTURE_NOW, place)), 1);
    assert_int_equal(first_with(picture(PICTURE_HISTOGRAM, place)), 0);
    assert_int_equal(first_with(picture(PICTURE_BEFORE, place)), 0); /* there is none */
    assert_int_equal(first_with(picture(PICTURE_NOW, (DrawPlace){10, 5, 240, 180})), 0);
    assert_int_equal(first_with(picture(PICTURE_NOW, (DrawPlace){10.5F, 5, 120, 90})),
                     0);
    assert_int_equal(first_with(picture(PICTURE_NOW, (DrawPlace){25, 5, 120, 90})), 0);
    DrawCommand command = picture(PICTURE_NOW, place);
    command.color.a = 128;
    assert_int_equal(first_with(command), 0);
}

static void nothing_may_cover(void **state)
{
    (void)state;
    DrawList list = {0};
    assert_int_equal(cover_first(&list, part, sizes), -1);
    draw_list_add(&list, box((Rect){0, 0, 119, 200}), NULL);
    assert_int_equal(cover_first(&list, part, sizes), -1);
    draw_list_term(&list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_box_covers_what_it_holds),
        cmocka_unit_test(a_picture_covers_pixel_for_pixel),
        cmocka_unit_test(nothing_may_cover),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
