/* The histogram, clipped shares, and the marks of clipped pixels. */
#include "test_image.h"

#include "viewer/scope/clip_marks.h"
#include "viewer/scope/histogram.h"

static const Clip ENDS = {0, 1};
static const ClipColors COLORS = {0xff0000ff, 0xffff0000};

static Image *make(int width, int height, int channels, int depth)
{
    Err err = {0};
    Image *image = image_new((ImageInfo){width, height, channels, depth}, &err);
    assert_non_null(image);
    for (int y = 0; y < height; y++)
        memset(image_row(image, y), 0, image_row_bytes(image->info));
    return image;
}

static void set(Image *image, int x, int y, const unsigned samples[4])
{
    ImageInfo info = image->info;
    for (int c = 0; c < info.channels; c++) {
        int at = x * info.channels + c;
        if (info.depth == 8)
            image_row(image, y)[at] = (uint8_t)samples[c];
        else
            ((uint16_t *)(void *)image_row(image, y))[at] = (uint16_t)samples[c];
    }
}

static Histogram count(const Image *image, Clip clip)
{
    Histogram histogram;
    assert_true(histogram_count(image, clip_limits(clip, image->info.depth), NULL, NULL,
                                &histogram));
    return histogram;
}

/* Every sample is counted once, in the channel and the bin it belongs to. */
static void samples_fall_into_their_bins(void **state)
{
    (void)state;
    for (int depth = 8; depth <= 16; depth += 8)
        for (int channels = 3; channels <= 4; channels++) {
            Image *image = make(61, 37, channels, depth);
            uint32_t expected[3][256] = {{0}};
            for (int y = 0; y < 37; y++)
                for (int x = 0; x < 61; x++) {
                    unsigned v[4] = {0, 0, 0, 9};
                    for (unsigned c = 0; c < 3; c++) {
                        v[c] = (unsigned)(x * 977 + y * 331 + (int)c * 7919) %
                               (1U << depth);
                        expected[c][v[c] >> (depth - 8)]++;
                    }
                    set(image, x, y, v);
                }
            Histogram histogram = count(image, ENDS);
            assert_memory_equal(histogram.bins, expected, sizeof expected);
            assert_int_equal(histogram.pixels, 61 * 37);
            assert_false(histogram.gray);
            image_unref(&image);
        }
}

static void gray_counts_for_all_channels(void **state)
{
    (void)state;
    Image *image = make(4, 1, 1, 8);
    set(image, 0, 0, (unsigned[4]){255});
    set(image, 1, 0, (unsigned[4]){100});
    Histogram histogram = count(image, ENDS);
    assert_true(histogram.gray);
    for (int c = 0; c < 3; c++) {
        assert_int_equal(histogram.bins[c][0], 2);
        assert_int_equal(histogram.bins[c][100], 1);
        assert_true(histogram_low(&histogram, c) == 0.5);
        assert_true(histogram_high(&histogram, c) == 0.25);
    }
    image_unref(&image);
}

static void transparent_pixels_do_not_count(void **state)
{
    (void)state;
    Image *image = make(3, 2, 4, 16);
    set(image, 1, 1, (unsigned[4]){65535, 5, 7, 1});
    Histogram histogram = count(image, ENDS);
    assert_int_equal(histogram.pixels, 1);
    assert_true(histogram_high(&histogram, 0) == 1.0);
    assert_true(histogram_low(&histogram, 1) == 0.0);
    image_unref(&image);
    image = make(2, 2, 2, 8);
    histogram = count(image, ENDS);
    assert_int_equal(histogram.pixels, 0);
    assert_true(histogram_low(&histogram, 0) == 0.0); /* and no division by 0 */
    image_unref(&image);
}

/* 0.02 of 255 is 5.1: 5 is clipped, 6 is not; likewise at 16 bits and at the top. */
static void thresholds_are_of_the_whole_range(void **state)
{
    (void)state;
    Clip clip = {0.02, 0.98};
    ClipLimits shallow = clip_limits(clip, 8), deep = clip_limits(clip, 16);
    assert_int_equal(shallow.low, 5);
    assert_int_equal(shallow.high, 250);
    assert_int_equal(deep.low, 1310);
    assert_int_equal(deep.high, 64225);
    ClipLimits ends = clip_limits(ENDS, 16);
    assert_int_equal(ends.low, 0);
    assert_int_equal(ends.high, 65535);
    for (int depth = 8; depth <= 16; depth += 8) {
        Image *image = make(2, 1, 3, depth);
        ClipLimits limits = clip_limits(clip, depth);
        set(image, 0, 0, (unsigned[4]){limits.low, limits.low + 1, limits.high - 1});
        set(image, 1, 0, (unsigned[4]){limits.high, limits.high - 1, limits.low});
        Histogram histogram = count(image, clip);
        assert_true(histogram_low(&histogram, 0) == 0.5);
        assert_true(histogram_low(&histogram, 1) == 0);
        assert_true(histogram_low(&histogram, 2) == 0.5);
        assert_true(histogram_high(&histogram, 0) == 0.5);
        assert_true(histogram_high(&histogram, 1) == 0);
        assert_true(histogram_high(&histogram, 2) == 0);
        image_unref(&image);
    }
}

static void thresholds_are_read(void **state)
{
    (void)state;
    static const char *const wrong[] = {"",        "0.1",      "0.1,",  ",0.9",
                                        "0.9,0.1", "-1,1",     "0,1.5", "0,1,2",
                                        "a,b",     "0.1,0.9x", "nan,1", "0.5,0.5"};
    Clip clip;
    Err err;
    assert_true(clip_read(NULL, &clip, &err));
    assert_true(clip.low == 0 && clip.high == 1);
    assert_true(clip_read("0.01,0.995", &clip, &err));
    assert_true(clip.low == 0.01 && clip.high == 0.995);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_false(clip_read(wrong[i], &clip, &err));
        assert_int_equal(err.kind, ERR_USAGE);
    }
}

static void counting_and_marking_can_be_cancelled(void **state)
{
    (void)state;
    Image *image = make(8, 64, 3, 8);
    uint32_t pixels[8 * 64] = {0};
    Histogram histogram = {.pixels = 7};
    Cancel cancel = {0};
    ClipLimits limits = clip_limits(ENDS, 8);
    cancel_set(&cancel, CANCEL_NEWER);
    assert_false(histogram_count(image, limits, NULL, &cancel, &histogram));
    assert_int_equal(histogram.pixels, 7);
    assert_false(clip_marks_paint(image, limits, COLORS, pixels, NULL, &cancel));
    image_unref(&image);
}

static void clipped_pixels_are_marked(void **state)
{
    (void)state;
    for (int depth = 8; depth <= 16; depth += 8) {
        unsigned top = (1U << depth) - 1;
        Image *image = make(4, 40, 4, depth);
        uint32_t pixels[4 * 40];
        for (int y = 0; y < 40; y++)
            for (int x = 0; x < 4; x++)
                set(image, x, y, (unsigned[4]){1, 2, 3, top});
        set(image, 1, 39, (unsigned[4]){9, 0, 9, top});
        set(image, 2, 39, (unsigned[4]){9, 9, top, top});
        set(image, 3, 39, (unsigned[4]){0, 0, 0, 0}); /* is not seen */
        for (int i = 0; i < 4 * 40; i++)
            pixels[i] = 0xff123456;
        assert_true(clip_marks_paint(image, clip_limits(ENDS, depth), COLORS, pixels,
                                     NULL, NULL));
        for (int i = 0; i < 4 * 40; i++)
            assert_int_equal(pixels[i], i == 39 * 4 + 1   ? COLORS.low
                                        : i == 39 * 4 + 2 ? COLORS.high
                                                          : 0xff123456);
        image_unref(&image);
    }
}

/* A saturated colour is at both ends: stripes show both. */
static void both_ends_make_stripes(void **state)
{
    (void)state;
    Image *image = make(64, 64, 3, 8);
    uint32_t *pixels = mem_new((size_t)64 * 64, sizeof *pixels);
    int low = 0, high = 0;
    for (int y = 0; y < 64; y++)
        for (int x = 0; x < 64; x++)
            set(image, x, y, (unsigned[4]){255, 0, 100});
    assert_true(
        clip_marks_paint(image, clip_limits(ENDS, 8), COLORS, pixels, NULL, NULL));
    for (int i = 0; i < 64 * 64; i++) {
        low += pixels[i] == COLORS.low;
        high += pixels[i] == COLORS.high;
    }
    assert_int_equal(low, 64 * 64 / 2);
    assert_int_equal(high, 64 * 64 / 2);
    mem_free(pixels);
    image_unref(&image);
}

/* A pool counts the same as one thread. */
static void threads_do_not_matter(void **state)
{
    (void)state;
    Err err = {0};
    Pool *pool = pool_new(3, &err);
    Image *image = picture(211, 97, 3, 8);
    Histogram alone = count(image, ENDS), together;
    assert_true(histogram_count(image, clip_limits(ENDS, 8), pool, NULL, &together));
    assert_memory_equal(alone.bins, together.bins, sizeof alone.bins);
    assert_memory_equal(alone.low, together.low, sizeof alone.low);
    image_unref(&image);
    pool_free(pool);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(samples_fall_into_their_bins),
        cmocka_unit_test(gray_counts_for_all_channels),
        cmocka_unit_test(transparent_pixels_do_not_count),
        cmocka_unit_test(thresholds_are_of_the_whole_range),
        cmocka_unit_test(thresholds_are_read),
        cmocka_unit_test(counting_and_marking_can_be_cancelled),
        cmocka_unit_test(clipped_pixels_are_marked),
        cmocka_unit_test(both_ends_make_stripes),
        cmocka_unit_test(threads_do_not_matter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
