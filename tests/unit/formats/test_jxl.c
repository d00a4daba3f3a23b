/* Boxes of a JPEG XL file that are compressed, long, or longer than may be kept. */
#include "image/jxl/jxl_library.h"
#include "test_image.h"

enum { SIDE = 16, LONG = 300 * 1000, ROOM = 1 << 20 };

static uint8_t xmp[LONG];

static void fill_xmp(void)
{
    static const char head[] = "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><!--";
    static const char tail[] = "--></x:xmpmeta>";
    for (size_t i = 0; i < LONG; i++)
        xmp[i] = (uint8_t)('a' + i * i % 23);
    memcpy(xmp, head, sizeof head - 1);
    memcpy(xmp + LONG - (sizeof tail - 1), tail, sizeof tail - 1);
}

static void add_boxes(const JxlLibrary *lib, JxlEncoder *jxl)
{
    static const uint8_t exif[] = "\0\0\0\0II*\0\x08\0\0\0\0\0\0\0\0";
    assert_int_equal(lib->JxlEncoderUseBoxes(jxl), 0);
    assert_int_equal(lib->JxlEncoderAddBox(jxl, "Exif", exif, sizeof exif - 1, 1), 0);
    assert_int_equal(lib->JxlEncoderAddBox(jxl, "xml ", xmp, LONG, 1), 0);
    lib->JxlEncoderCloseBoxes(jxl);
}

static void add_picture(const JxlLibrary *lib, JxlEncoder *jxl)
{
    static const uint8_t pixels[SIDE * SIDE] = {1, 2, 3};
    JxlPixelFormat format = {1, JXL_TYPE_UINT8, JXL_NATIVE_ENDIAN, 1};
    JxlBasicInfo info;
    JxlColorEncoding srgb;
    lib->JxlEncoderInitBasicInfo(&info);
    info.xsize = info.ysize = SIDE;
    info.bits_per_sample = 8;
    info.num_color_channels = 1;
    info.uses_original_profile = 1;
    assert_int_equal(lib->JxlEncoderSetBasicInfo(jxl, &info), 0);
    lib->JxlColorEncodingSetToSRGB(&srgb, 1);
    assert_int_equal(lib->JxlEncoderSetColorEncoding(jxl, &srgb), 0);
    add_boxes(lib, jxl);
    JxlEncoderFrameSettings *frame = lib->JxlEncoderFrameSettingsCreate(jxl, NULL);
    lib->JxlEncoderSetFrameLossless(frame, 1);
    assert_int_equal(
        lib->JxlEncoderAddImageFrame(frame, &format, pixels, sizeof pixels), 0);
    lib->JxlEncoderCloseInput(jxl);
}

static void write_file(const char *path)
{
    Err err = {0};
    const JxlLibrary *lib = jxl_library(&err);
    assert_non_null(lib);
    JxlEncoder *jxl = lib->JxlEncoderCreate(NULL);
    uint8_t *bytes = mem_new(ROOM, 1), *next = bytes;
    size_t left = ROOM;
    fill_xmp();
    add_picture(lib, jxl);
    assert_int_equal(lib->JxlEncoderProcessOutput(jxl, &next, &left), 0);
    bytes_write(path, bytes, ROOM - left);
    assert_non_null(memmem(bytes, ROOM - left, "brob", 4));
    mem_free(bytes);
    lib->JxlEncoderDestroy(jxl);
}

static void compressed_boxes_are_kept(void **state)
{
    const char *path = in_folder(state, "a.jxl");
    write_file(path);
    Image *image = load_good(path);
    assert_int_equal(image->info.width, SIDE);
    assert_int_equal(image->meta->exif.size, 13);
    assert_int_equal(image->meta->xmp.size, LONG);
    assert_memory_equal(image->meta->xmp.data, xmp, LONG);
    image_unref(&image);
}

static void longer_ones_are_left_out_with_a_note(void **state)
{
    Err err = {0};
    Notes notes = {0};
    const char *path = in_folder(state, "a.jxl");
    write_file(path);
    ReadOptions options = {.notes = &notes, .max_metadata = LONG / 2};
    Image *image = reader_load(path, &options, &err);
    assert_non_null(image);
    assert_null(image->meta->xmp.data);
    assert_int_equal(image->meta->exif.size, 13);
    assert_non_null(strstr(notes.text, "its XMP data were left out"));
    image_unref(&image);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(compressed_boxes_are_kept),
        IN_FOLDER(longer_ones_are_left_out_with_a_note),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
