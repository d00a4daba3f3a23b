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

/* Beside all that are kept. */
static bool has_room(PictureStore *store, ImageInfo info)
{
    char *paths[PICTURE_STORE_MOST];
    for (int i = 0; i < store->count; i++)
        paths[i] = store->kept[i].path;
    return picture_store_make_room(store, info, paths, store->count);
}

static void a_picture_belongs_to_a_state_of_its_file(void **state)
{
    (void)state;
    bool known;
    PictureStore store;
    picture_store_init(&store, 1000);
    Pyramid *one = make(1);
    picture_store_keep(&store, "/one", OLD, one);
    Pyramid *found = picture_store_find(&store, "/one", OLD, &known);
    assert_ptr_equal(found, one);
    assert_true(known);
    pyramid_unref(&found);
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
    PictureStore store;
    picture_store_init(&store, 1000);
    Pyramid *one = make(1), *two = make(2);
    char *paths[] = {(char *)"/two"};
    bool known;
    picture_store_keep(&store, "/one", OLD, one);
    picture_store_keep(&store, "/two", OLD, two);
    picture_store_only(&store, paths, 1);
    assert_null(picture_store_find(&store, "/one", OLD, &known));
    Pyramid *same = picture_store_find(&store, "/two", OLD, &known);
    assert_ptr_equal(same, two);
    pyramid_unref(&same);
    assert_true(picture_store_sweep(&store)); /* it is on the screen */
    assert_int_equal(pyramid_info(one).width, 1);
    pyramid_unref(&one);
    assert_false(picture_store_sweep(&store));
    pyramid_unref(&two);
    picture_store_term(&store);
}

static void all_sizes_of_all_pictures_count(void **state)
{
    (void)state;
    ImageInfo info = {100, 3, 1, 8};
    Pyramid *one = make(50); /* 600 bytes, 800 in all sizes */
    PictureStore store;
    picture_store_init(&store, 400);
    assert_int_equal(picture_store_bytes(info), 400);
    assert_true(has_room(&store, info));
    picture_store_keep(&store, "/one", OLD, one);
    assert_false(has_room(&store, info));
    store.budget = 1200;
    assert_true(has_room(&store, info));
    store.budget = 1199;
    assert_false(has_room(&store, info));
    pyramid_unref(&one);
    picture_store_term(&store);
}

/* One that is on the screen stays. */
static void what_nobody_holds_goes_for_a_picture(void **state)
{
    (void)state;
    bool known;
    ImageInfo info = {100, 3, 1, 8}, large = {1000, 3, 1, 8}; /* 400 and 4000 bytes */
    Pyramid *shown = make(25), *other = make(25);             /* 400 each */
    PictureStore store;
    picture_store_init(&store, 1000);
    picture_store_keep(&store, "/other", OLD, other);
    picture_store_keep(&store, "/shown", OLD, shown);
    pyramid_unref(&other);
    assert_false(has_room(&store, info));
    assert_false(
        picture_store_make_room(&store, large, NULL, 0)); /* in vain: nothing goes */
    other = picture_store_find(&store, "/other", OLD, &known);
    assert_non_null(other);
    pyramid_unref(&other);
    assert_true(picture_store_make_room(&store, info, NULL, 0));
    assert_null(picture_store_find(&store, "/other", OLD, &known));
    assert_false(picture_store_sweep(&store));
    picture_store_only(&store, NULL, 0); /* it leaves, and still takes its memory */
    assert_false(has_room(&store, (ImageInfo){500, 1, 1, 8}));
    assert_true(picture_store_sweep(&store));
    pyramid_unref(&shown);
    assert_false(picture_store_sweep(&store));
    picture_store_term(&store);
}

static void what_is_wanted_sooner_stays(void **state)
{
    (void)state;
    bool known;
    ImageInfo info = {100, 3, 1, 8}; /* 400 bytes */
    Pyramid *sooner = make(25), *later = make(25);
    char *paths[] = {(char *)"/sooner"};
    PictureStore store;
    picture_store_init(&store, 1000);
    picture_store_keep(&store, "/later", OLD, later);
    picture_store_keep(&store, "/sooner", OLD, sooner);
    pyramid_unref(&sooner);
    assert_false(picture_store_make_room(&store, info, paths, 1));
    pyramid_unref(&later);
    assert_true(picture_store_make_room(&store, info, paths, 1));
    sooner = picture_store_find(&store, "/sooner", OLD, &known);
    assert_non_null(sooner);
    assert_null(picture_store_find(&store, "/later", OLD, &known));
    pyramid_unref(&sooner);
    picture_store_term(&store);
}

/* What a picture leaves that went for another is found where that is rough. */
static void one_that_goes_leaves_a_rough_one(void **state)
{
    (void)state;
    Err err;
    bool known;
    PictureStore store;
    Image *levels[3];
    int widths[] = {2500, 1250, 625};
    for (int i = 0; i < 3; i++)
        levels[i] = image_new((ImageInfo){widths[i], 4 >> i, 3, 8}, &err);
    levels[0]->meta = meta_new();
    Pyramid *one = pyramid_new_levels(levels, 3);
    picture_store_init(&store, picture_store_bytes(pyramid_info(one)));
    picture_store_keep(&store, "/one", OLD, one);
    assert_null(picture_store_find_rough(&store, "/one", OLD));
    pyramid_unref(&one);
    assert_true(picture_store_make_room(&store, (ImageInfo){2500, 2, 3, 8}, NULL, 0));
    assert_null(picture_store_find(&store, "/one", OLD, &known));
    assert_false(known); /* it can be read again */
    assert_null(picture_store_find_rough(&store, "/one", NEW));
    Pyramid *rough = picture_store_find_rough(&store, "/one", OLD);
    assert_null(pyramid_image(rough));
    assert_ptr_equal(pyramid_largest(rough), levels[1]);
    assert_ptr_equal(levels[1]->meta, levels[0]->meta);
    assert_int_equal(pyramid_info(rough).width, 2500);
    pyramid_unref(&rough);
    assert_true(has_room(&store, (ImageInfo){2500, 2, 3, 8})); /* it takes a fourth */
    assert_false(has_room(&store, (ImageInfo){2500, 4, 3, 8}));
    for (int i = 0; i < 3; i++)
        image_unref(&levels[i]);
    picture_store_term(&store);
}

static void one_that_leaves_is_memory_for_another(void **state)
{
    (void)state;
    PictureStore store;
    picture_store_init(&store, 1000);
    Pyramid *one = make(5);
    ImageInfo info = pyramid_info(one), other = info;
    other.depth = 16;
    picture_store_keep(&store, "/one", OLD, one);
    assert_null(picture_store_take_spare(&store, info)); /* it is kept */
    picture_store_only(&store, NULL, 0);
    assert_null(picture_store_take_spare(&store, info)); /* it is on the screen */
    const Pyramid *same = one;
    pyramid_unref(&one);
    assert_null(picture_store_take_spare(&store, other));
    one = picture_store_take_spare(&store, info);
    assert_ptr_equal(one, same);
    assert_null(picture_store_take_spare(&store, info));
    pyramid_unref(&one);
    picture_store_term(&store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_picture_belongs_to_a_state_of_its_file),
        cmocka_unit_test(a_picture_leaves_when_nobody_else_holds_it),
        cmocka_unit_test(all_sizes_of_all_pictures_count),
        cmocka_unit_test(what_nobody_holds_goes_for_a_picture),
        cmocka_unit_test(what_is_wanted_sooner_stays),
        cmocka_unit_test(one_that_goes_leaves_a_rough_one),
        cmocka_unit_test(one_that_leaves_is_memory_for_another),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
