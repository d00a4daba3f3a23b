/* Pictures at hand: which are found, which go, and what they may take. */
#include "cm.h"

#include "test_image.h"
#include "viewer/load/picture_store.h"

static const FileStamp OLD = {.size = 1}, NEW = {.size = 2};

static Pyramid *make(int width)
{
    Image *image = picture(width, 4, 3, 8);
    Pyramid *pyramid = pyramid_new(image);
    image_unref(&image);
    return pyramid;
}

static void a_picture_belongs_to_a_state_of_its_file(void **state)
{
    (void)state;
    bool known;
    PictureStore store = {.budget = 1000};
    Pyramid *one = make(1);
    picture_store_keep(&store, "/one", OLD, one);
    assert_ptr_equal(picture_store_find(&store, "/one", OLD, &known), one);
    assert_true(known);
    assert_null(picture_store_find(&store, "/one", NEW, &known));
    assert_false(known);
    picture_store_keep(&store, "/bad", OLD, NULL);
    assert_null(picture_store_find(&store, "/bad", OLD, &known));
    assert_true(known); /* it cannot be read */
    pyramid_unref(&one);
    picture_store_term(&store);
}

static void a_picture_leaves_when_nobody_else_holds_it(void **state)
{
    (void)state;
    PictureStore store = {.budget = 1000};
    Pyramid *one = make(1), *two = make(2);
    char *paths[] = {(char *)"/two"};
    bool known;
    picture_store_keep(&store, "/one", OLD, one);
    picture_store_keep(&store, "/two", OLD, two);
    picture_store_only(&store, paths, 1);
    assert_null(picture_store_find(&store, "/one", OLD, &known));
    assert_non_null(picture_store_find(&store, "/two", OLD, &known));
    assert_null(picture_store_take_leaving(&store)); /* it is on the screen */
    Pyramid *same = one;
    pyramid_unref(&one);
    one = picture_store_take_leaving(&store);
    assert_ptr_equal(one, same);
    assert_null(picture_store_take_leaving(&store));
    pyramid_unref(&one);
    pyramid_unref(&two);
    picture_store_term(&store);
}

static void all_sizes_of_all_pictures_count(void **state)
{
    (void)state;
    ImageInfo info = {100, 3, 1, 8};
    Pyramid *one = make(50); /* 600 bytes, 800 in all sizes */
    PictureStore store = {.budget = 400};
    assert_int_equal(picture_store_bytes(info), 400);
    assert_true(picture_store_has_room(&store, info));
    picture_store_keep(&store, "/one", OLD, one);
    assert_false(picture_store_has_room(&store, info));
    store.budget = 1200;
    assert_true(picture_store_has_room(&store, info));
    store.budget = 1199;
    assert_false(picture_store_has_room(&store, info));
    pyramid_unref(&one);
    picture_store_term(&store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_picture_belongs_to_a_state_of_its_file),
        cmocka_unit_test(a_picture_leaves_when_nobody_else_holds_it),
        cmocka_unit_test(all_sizes_of_all_pictures_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
