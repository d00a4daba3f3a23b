/* A JPEG file is the one that libjpeg makes of the same rows, to the byte. */
#include "test_image.h"

#include <jpeglib.h>

typedef struct Bytes {
    unsigned char *data; /* malloc's */
    unsigned long size;
} Bytes;

static void write_by_libjpeg(struct jpeg_compress_struct *cinfo, const Image *image)
{
    jpeg_start_compress(cinfo, TRUE);
    for (int y = 0; y < image->info.height; y++) {
        JSAMPROW row = image_row(image, y);
        assert_int_equal(jpeg_write_scanlines(cinfo, &row, 1), 1);
    }
    jpeg_finish_compress(cinfo);
}

static Bytes by_libjpeg(const Image *image, int quality, const PackOptions *pack)
{
    struct jpeg_compress_struct cinfo;
    struct jpeg_error_mgr errors;
    Bytes bytes = {0};
    cinfo.err = jpeg_std_error(&errors);
    jpeg_create_compress(&cinfo);
    jpeg_mem_dest(&cinfo, &bytes.data, &bytes.size);
    cinfo.image_width = (JDIMENSION)image->info.width;
    cinfo.image_height = (JDIMENSION)image->info.height;
    cinfo.input_components = image->info.channels;
    cinfo.in_color_space = image->info.channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
    jpeg_set_defaults(&cinfo);
    jpeg_set_quality(&cinfo, quality, TRUE);
    cinfo.comp_info[0].h_samp_factor = cinfo.comp_info[0].v_samp_factor =
        quality < 90 && image->info.channels == 3 ? 2 : 1;
    if (pack->progressive)
        jpeg_simple_progression(&cinfo);
    cinfo.optimize_coding = pack->optimize || pack->progressive;
    cinfo.restart_in_rows = pack->restart;
    write_by_libjpeg(&cinfo, image);
    jpeg_destroy_compress(&cinfo);
    return bytes;
}

/* By lutist, `strip` rows at a time. */
static Bytes by_lutist(const Image *image, int quality, const PackOptions *pack,
                       int strip)
{
    Err err = {0};
    Bytes bytes = {0};
    size_t size;
    FILE *file = open_memstream((char **)&bytes.data, &size);
    SaveOptions options = {.quality = quality, .pack = *pack};
    assert_non_null(file);
    Writer *writer = writer_open_file(file, "a.jpg", image->info, NULL, &options, &err);
    assert_non_null(writer);
    for (int y = 0; y < image->info.height; y += strip) {
        int left = image->info.height - y;
        assert_true(writer_write(writer, image_row(image, y), image->stride,
                                 left < strip ? left : strip, &err));
    }
    assert_true(writer_end(writer, &err));
    fclose(file);
    bytes.size = size;
    return bytes;
}

/* Colours of all kinds, beside each other. */
static Image *noise(int width, int height, int channels)
{
    uint32_t state = (uint32_t)(width * 1000 + height);
    Image *image = picture(width, height, channels, 8);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width * channels; x++) {
            state = state * 1664525 + 1013904223;
            image_row(image, y)[x] = (uint8_t)(state >> 24);
        }
    return image;
}

static void check(const Image *image, int quality, const PackOptions *pack)
{
    Bytes wanted = by_libjpeg(image, quality, pack);
    for (int strip = 1; strip <= 16; strip += 5) {
        Bytes got = by_lutist(image, quality, pack, strip);
        assert_int_equal(got.size, wanted.size);
        assert_memory_equal(got.data, wanted.data, wanted.size);
        free(got.data);
    }
    free(wanted.data);
}

static void it_is_the_file_that_libjpeg_makes(void **state)
{
    (void)state;
    static const int sizes[][2] = {{1, 1},   {7, 9},   {8, 8},   {9, 8},   {16, 17},
                                   {33, 15}, {61, 47}, {150, 3}, {3, 150}, {128, 64}};
    static const PackOptions packs[] = {
        {0}, {.optimize = true}, {.progressive = true}, {.restart = 1}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        for (int kind = 0; kind < 6; kind++) {
            Image *image = noise(sizes[i][0], sizes[i][1], kind % 2 ? 1 : 3);
            for (size_t k = 0; k < sizeof packs / sizeof *packs; k++)
                check(image, 80 + 10 * (kind / 2), &packs[k]);
            image_unref(&image);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_the_file_that_libjpeg_makes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
