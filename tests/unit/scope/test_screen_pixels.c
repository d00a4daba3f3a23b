/* Images as the screen's pixels: dithering, and the marks over them. */
#include <math.h>

#include "test_image.h"

#include "viewer/turn/screen_turn.h"

enum { SIDE = 64 };

static uint32_t pixels[SIDE * SIDE];

static Image *flat(int channels, unsigned value)
{
    Err err = {0};
    Image *image = image_new((ImageInfo){SIDE, SIDE, channels, 16}, &err);
    assert_non_null(image);
    for (int y = 0; y < SIDE; y++)
        for (int i = 0; i < SIDE * channels; i++)
            ((uint16_t *)(void *)image_row(image, y))[i] = (uint16_t)value;
    return image;
}

static void convert(const Image *image, const ScreenLook *look)
{
    assert_true(screen_pixels_convert(image, look, pixels, NULL, NULL));
}

static double mean_blue(void)
{
    double sum = 0;
    for (int i = 0; i < SIDE * SIDE; i++)
        sum += pixels[i] & 0xff;
    return sum / (SIDE * SIDE);
}

/* Over 16 × 16 pixels the mean is the 16-bit value, within half a threshold; black and
 * white stay pure, and no pixel is off by more than one. */
static void dithering_keeps_the_mean(void **state)
{
    (void)state;
    const ScreenLook look = {.checker = {8, 0, 0}, .dither = true};
    static const unsigned values[] = {0,     1,     100,   128,   257,  300,
                                      10000, 32768, 65278, 65400, 65535};
    for (size_t v = 0; v < sizeof values / sizeof *values; v++)
        for (int channels = 1; channels <= 3; channels += 2) {
            Image *image = flat(channels, values[v]);
            double exact = values[v] / 257.0;
            convert(image, &look);
            assert_true(mean_blue() - exact < 1.0 / 256 &&
                        exact - mean_blue() < 1.0 / 256);
            for (int i = 0; i < SIDE * SIDE; i++) {
                double off = (pixels[i] & 0xff) - exact;
                assert_true(off > -1 && off < 1);
                assert_int_equal(pixels[i] >> 16 & 0xff, pixels[i] & 0xff);
            }
            image_unref(&image);
        }
}

static void every_value_of_16_bits_is_rounded(void **state)
{
    (void)state;
    const ScreenLook look = {.checker = {8, 0, 0}};
    for (unsigned first = 0; first < 65536; first += SIDE)
        for (int channels = 1; channels <= 4; channels++) {
            Image *image = flat(channels, 65535);
            for (unsigned i = 0; i < SIDE; i++)
                for (int c = 0; c < (channels < 3 ? 1 : 3); c++)
                    ((uint16_t *)(void *)
                         image->data)[i * (unsigned)channels + (unsigned)c] =
                        (uint16_t)(first + i);
            convert(image, &look);
            for (unsigned i = 0; i < SIDE; i++)
                assert_int_equal(pixels[i],
                                 0xff000000 | (first + i + 128) / 257 * 0x010101);
            image_unref(&image);
        }
}

/* Every pixel of a gray gradient goes where the turn says, at all sizes of strips. */
static void a_turn_moves_every_pixel(void **state)
{
    (void)state;
    static uint32_t turned[200 * 130];
    Err err = {0};
    const int width = 200, height = 130;
    Image *image = image_new((ImageInfo){width, height, 3, 8}, &err);
    ScreenScratch scratch = {0};
    ScreenLook look = {.checker = {8, 0, 0}};
    assert_non_null(image);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            memcpy(image_row(image, y) + 3 * x, (uint8_t[]){(uint8_t)x, (uint8_t)y, 7},
                   3);
    for (int quarters = 0; quarters < 4; quarters++) {
        assert_true(screen_turn_convert(image, &look, quarters, &scratch, turned, NULL,
                                        NULL, &err));
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++) {
                const int to[4][2] = {{x, y},
                                      {height - 1 - y, x},
                                      {width - 1 - x, height - 1 - y},
                                      {y, width - 1 - x}};
                int wide = quarters % 2 ? height : width;
                uint32_t pixel = turned[to[quarters][1] * wide + to[quarters][0]];
                assert_int_equal(pixel,
                                 0xff000007u | (unsigned)x << 16 | (unsigned)y << 8);
            }
    }
    screen_scratch_term(&scratch);
    image_unref(&image);
}

static void without_dithering_16_bits_are_rounded(void **state)
{
    (void)state;
    const ScreenLook look = {.checker = {8, 0, 0}};
    for (unsigned value = 0; value < 65536; value += 13) {
        Image *image = flat(3, value);
        convert(image, &look);
        assert_int_equal(pixels[77] & 0xff, (value + 128) / 257);
        image_unref(&image);
    }
}

static void two_layers_are_16_bits(void **state)
{
    (void)state;
    for (unsigned value = 0; value < 65536; value += 13) {
        Image *image = flat(3, value);
        convert(image, &(ScreenLook){.checker = {8, 0, 0}, .layer = SCREEN_STEPS});
        double steps = pixels[77] & 0xff;
        convert(image, &(ScreenLook){.checker = {8, 0, 0}, .layer = SCREEN_REST});
        double rest = pixels[77] & 0xff;
        assert_true(fabs(steps + rest / 255 - value / 257.0) < 0.51 / 255);
        image_unref(&image);
    }
}

static void transparent_parts_stay_squares(void **state)
{
    (void)state;
    const ScreenLook look = {.checker = {8, 0, 0}, .dither = true};
    Image *image = flat(4, 0);
    convert(image, &look);
    for (int i = 0; i < SIDE * SIDE; i++)
        assert_true(pixels[i] == 0xff666666 || pixels[i] == 0xff999999);
    image_unref(&image);
}

static void marks_lie_over_the_pixels(void **state)
{
    (void)state;
    const ScreenLook look = {.checker = {8, 0, 0},
                             .marked = true,
                             .clip = {0, 0.5},
                             .marks = {0xff0000ff, 0xffff0000}};
    Image *image = flat(3, 40000);
    convert(image, &look);
    assert_int_equal(pixels[0], 0xffff0000);
    image_unref(&image);
    image = flat(1, 0);
    convert(image, &look);
    assert_int_equal(pixels[SIDE], 0xff0000ff);
    image_unref(&image);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dithering_keeps_the_mean),
        cmocka_unit_test(every_value_of_16_bits_is_rounded),
        cmocka_unit_test(a_turn_moves_every_pixel),
        cmocka_unit_test(without_dithering_16_bits_are_rounded),
        cmocka_unit_test(two_layers_are_16_bits),
        cmocka_unit_test(transparent_parts_stay_squares),
        cmocka_unit_test(marks_lie_over_the_pixels),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
