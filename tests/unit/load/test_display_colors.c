/* The display's profile, as it is told while pictures are loaded. */
#include "cm.h"

#include <string.h>

#include "test_image.h"
#include "viewer/color/picture_colors.h"

static uint8_t bytes[] = "no profile", others[] = "another one";
static const Block NONE = {0}, DAMAGED = {bytes, sizeof bytes};
static const Block OTHER = {others, sizeof others};

static DisplayColors display;

static int start(void **state)
{
    (void)state;
    display_colors_init(&display, NULL);
    return 0;
}

static int finish(void **state)
{
    (void)state;
    display_colors_term(&display);
    return 0;
}

static void another_profile_is_news(void **state)
{
    (void)state;
    assert_false(display_colors_use(&display, &NONE)); /* no picture has had another */
    assert_false(display_colors_use(&display, &NONE));
    assert_true(display_colors_use(&display, &DAMAGED));
    assert_false(display_colors_use(&display, &DAMAGED));
    assert_true(display_colors_use(&display, &OTHER));
    assert_true(display_colors_use(&display, &NONE));
}

/* Each profile that cannot be used is told of once. */
static void the_next_picture_has_the_profile_told_last(void **state)
{
    (void)state;
    Image *image = picture(1, 1, 3, 8);
    display_colors_use(&display, &DAMAGED);
    for (int i = 0; i < 2; i++) {
        PictureColors colors = display_colors_for(&display, image, 1);
        assert_int_equal(colors.of_display, i == 0);
        picture_colors_clear(&colors);
    }
    assert_true(display_colors_use(&display, &OTHER));
    PictureColors colors = display_colors_for(&display, image, 2);
    assert_true(colors.of_display);
    assert_non_null(strstr(colors.err.text, "The display's profile is not used"));
    picture_colors_clear(&colors);
    image_unref(&image);
}

/* The window tells of it, and a conversion takes longer than a frame. */
static void a_conversion_in_work_is_not_waited_for(void **state)
{
    (void)state;
    display_colors_use(&display, &NONE);
    pthread_mutex_lock(&display.lock);
    assert_true(display_colors_use(&display, &OTHER));
    pthread_mutex_unlock(&display.lock);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(another_profile_is_news, start, finish),
        cmocka_unit_test_setup_teardown(the_next_picture_has_the_profile_told_last,
                                        start, finish),
        cmocka_unit_test_setup_teardown(a_conversion_in_work_is_not_waited_for, start,
                                        finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
