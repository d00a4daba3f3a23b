/* PNG files whose pixels are packed in bands, on one thread and on several. */
#include "test_image.h"

#include <zlib.h>

#include "base/thread/spare_threads.h"
#include "image/codec/bytes.h"
#include "image/png/png_filter.h"

/* The file's bytes; with `more` threads beside this one. */
static uint8_t *encoded(void **state, const Image *image, int more, size_t *size)
{
    Err err = {0};
    const char *path = in_folder(state, "a.png");
    SpareThreads *spare = spare_threads_new(1, more);
    SaveOptions options = {.overwrite = true, .spare = more ? spare : NULL};
    bool saved = writer_save(image, path, &options, &err);
    spare_threads_retire(spare);
    spare_threads_free(spare);
    if (!saved)
        fail_msg("%s", err.text);
    return bytes_read(path, size);
}

/* Samples that no filter makes small, on one half; smooth ones on the other. */
static Image *rough_picture(int width, int height, int channels, int depth)
{
    Image *image = picture(width, height, channels, depth);
    uint32_t random = 1;
    for (int y = 0; y < height; y += 2)
        for (size_t i = 0; i < image_row_bytes(image->info) / 2; i++) {
            random = random * 1664525 + 1013904223;
            image_row(image, y)[i] = (uint8_t)(random >> 24);
        }
    return image;
}

static void assert_kept(void **state, int width, int height, int channels, int depth)
{
    Image *image = rough_picture(width, height, channels, depth);
    size_t size = 0;
    mem_free(encoded(state, image, 0, &size));
    Image *back = load_good(in_folder(state, "a.png"));
    assert_same_pixels(image, back);
    image_unref(&back);
    image_unref(&image);
}

static void every_layout_and_edge_is_kept(void **state)
{
    static const int sizes[][2] = {{1, 1},      {1, 70000},  {70000, 1}, {9, 20000},
                                   {1024, 169}, {1024, 171}, {1024, 341}};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
        for (int kind = 0; kind < 8; kind++)
            assert_kept(state, sizes[i][0], sizes[i][1], 1 + kind / 2,
                        kind % 2 ? 16 : 8);
}

/* 170 rows are a band. */
static void a_whole_number_of_bands_is_kept(void **state)
{
    assert_kept(state, 1024, 170, 3, 8);
    assert_kept(state, 1024, 340, 3, 8);
    assert_kept(state, 512, 340, 3, 16);
}

static void threads_change_no_byte(void **state)
{
    Image *image = rough_picture(700, 1900, 3, 16);
    size_t size, other;
    uint8_t *bytes = encoded(state, image, 0, &size);
    for (int more = 1; more <= 8; more += 3) {
        uint8_t *again = encoded(state, image, more, &other);
        assert_int_equal(other, size);
        assert_memory_equal(again, bytes, size);
        mem_free(again);
    }
    mem_free(bytes);
    image_unref(&image);
}

/* The filtered rows of the file's pixels. zlib compares the checksum, and wants nothing
 * to follow it. */
static uint8_t *filtered_rows(const Image *image, const uint8_t *file, size_t size)
{
    enum { SIGNATURE = 8, FRAME = 12, HEAD = 8 };
    uint8_t *stream = mem_new(size, 1);
    size_t packed = 0;
    for (size_t at = SIGNATURE; at < size; at += be32(file + at) + FRAME) {
        if (memcmp(file + at + 4, "IDAT", 4) != 0)
            continue;
        memcpy(stream + packed, file + at + HEAD, be32(file + at));
        packed += be32(file + at);
    }
    uLongf raw = (uLongf)image->info.height * (1 + image_row_bytes(image->info));
    uLongf got = raw;
    uint8_t *rows = mem_new(raw, 1);
    uLong used = packed;
    assert_int_equal(uncompress2(rows, &got, stream, &used), Z_OK);
    assert_int_equal(got, raw);
    assert_int_equal(used, packed);
    mem_free(stream);
    return rows;
}

static void the_pixels_are_one_zlib_stream(void **state)
{
    Image *image = rough_picture(600, 900, 3, 8);
    size_t size;
    uint8_t *file = encoded(state, image, 2, &size);
    mem_free(filtered_rows(image, file, size));
    mem_free(file);
    image_unref(&image);
}

static unsigned next(uint32_t *random)
{
    *random = *random * 1664525 + 1013904223;
    return *random >> 16;
}

/* 16 bits made from fewer: slopes with a little noise, or values in no order. */
static Image *few_values(bool slopes)
{
    Image *image = picture(500, 700, 1, 16);
    uint32_t random = 1;
    for (int y = 0; y < 700; y++) {
        uint16_t *row = (uint16_t *)(void *)image_row(image, y);
        for (unsigned x = 0; x < 500; x++) {
            unsigned noise = next(&random) % 16;
            unsigned slope = 7 * x + (unsigned)(y * y) % 97 + noise / 8;
            row[x] = (uint16_t)(slopes ? slope * 16 : noise * noise * 281);
        }
    }
    return image;
}

/* Packs it, and counts the rows by their filters. */
static void count_filters(void **state, Image *image, int counts[5])
{
    size_t size, row = 1 + image_row_bytes(image->info);
    uint8_t *file = encoded(state, image, 0, &size);
    uint8_t *rows = filtered_rows(image, file, size);
    Image *back = load_good(in_folder(state, "a.png"));
    assert_same_pixels(image, back);
    memset(counts, 0, 5 * sizeof counts[0]);
    for (int y = 0; y < image->info.height; y++)
        counts[rows[(size_t)y * row]]++;
    image_unref(&back);
    mem_free(rows);
    mem_free(file);
    image_unref(&image);
}

static void a_picture_is_packed_in_the_way_that_suits_it(void **state)
{
    int counts[5];
    count_filters(state, few_values(false), counts);
    assert_int_equal(counts[0], 700);
    count_filters(state, few_values(true), counts);
    assert_int_equal(counts[1], 700);
}

enum { WIDTH = 37 };

static int predicted(int filter, int left, int above, int corner)
{
    int guess = left + above - corner, to_left = abs(guess - left),
        to_above = abs(guess - above), to_corner = abs(guess - corner);
    switch (filter) {
    case 0:
        return 0;
    case 1:
        return left;
    case 2:
        return above;
    case 3:
        return (left + above) / 2;
    default:
        if (to_left <= to_above && to_left <= to_corner)
            return left;
        return to_above <= to_corner ? above : corner;
    }
}

/* By PNG's specification, and the sum of libpng's heuristic. */
static int filtered(int filter, const uint8_t *row, const uint8_t *above, int size,
                    int pixel, uint8_t *dst)
{
    int sum = 0;
    for (int i = 0; i < size; i++) {
        int left = i < pixel ? 0 : row[i - pixel];
        int corner = i < pixel ? 0 : above[i - pixel];
        dst[i] = (uint8_t)(row[i] - predicted(filter, left, above[i], corner));
        sum += dst[i] < 128 ? dst[i] : 256 - dst[i];
    }
    return sum;
}

static void assert_best_filter(const uint8_t *row, const uint8_t *above, int size,
                               int pixel)
{
    uint8_t got[8 * WIDTH + 1], spare[8 * WIDTH + 1], wanted[8 * WIDTH];
    int best = 0, least = INT32_MAX;
    for (int filter = 0; filter < 5; filter++) {
        int sum = filtered(filter, row, above, size, pixel, wanted);
        best = sum < least ? filter : best;
        least = sum < least ? sum : least;
    }
    filtered(best, row, above, size, pixel, wanted);
    png_filter_row(got, row, above, (size_t)size, (size_t)pixel, spare);
    assert_int_equal(got[0], best);
    assert_memory_equal(got + 1, wanted, (size_t)size);
}

static void the_filter_is_the_one_of_the_smallest_sum(void **state)
{
    (void)state;
    uint32_t random = 1;
    for (int pixel = 1; pixel <= 8; pixel++)
        for (int round = 0; round < 300; round++) {
            uint8_t rows[2][8 * WIDTH];
            int noise = 1 << round % 9, slope = round % 7, down = round % 11;
            for (int i = 0; i < 2 * pixel * WIDTH; i++) {
                random = random * 1664525 + 1013904223;
                int y = i / (pixel * WIDTH), x = i % (pixel * WIDTH);
                rows[y][x] = (uint8_t)(x / pixel * slope + y * down +
                                       (int)(random >> 16) % noise);
            }
            assert_best_filter(rows[1], rows[0], (1 + round % WIDTH) * pixel, pixel);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(every_layout_and_edge_is_kept),
        IN_FOLDER(a_whole_number_of_bands_is_kept),
        IN_FOLDER(threads_change_no_byte),
        IN_FOLDER(the_pixels_are_one_zlib_stream),
        IN_FOLDER(a_picture_is_packed_in_the_way_that_suits_it),
        cmocka_unit_test(the_filter_is_the_one_of_the_smallest_sum),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
