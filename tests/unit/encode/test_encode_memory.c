/* Each allocation of a file's writing fails in turn: memory is what is named, and
 * nothing is left of the file. */
#include "failing_malloc.h"
#include "image/profile/profile.h"
#include "test_image.h"

/* So many of a file's allocations fail, one after the other. */
enum { TRIES = 40 };
/* Of their libraries' allocations. Below these sizes libtiff 4.5 and libwebp 1.2 go
 * through null pointers; libjxl 0.7 ends the process at any. */
static const size_t LARGE_IN_TIFF = 4 << 10, LARGE_IN_WEBP = 16 << 10,
                    NONE_IN_JXL = SIZE_MAX;
enum { WIDTH = 300, HEIGHT = 200 };

static Image *picture_with_metadata(int channels, int depth)
{
    static const char xmp[] =
        "<a xmlns:t='http://ns.adobe.com/tiff/1.0/' t:ImageWidth='1'/>";
    static const uint8_t exif[] = "Exif\0\0II*\0\x08\0\0\0\0\0\0\0\0";
    static const char iptc[] = "Photoshop 3.0\0008BIM\4\4\0\0\0\0\0\4abcd";
    Profile *srgb = profile_srgb(NULL);
    assert_non_null(srgb);
    const Block *icc = profile_icc(srgb);
    Image *image = picture(WIDTH, HEIGHT, channels, depth);
    image->meta = meta_new();
    image->meta->dpi = 300;
    assert_true(meta_set(&image->meta->icc, icc->data, icc->size, NULL));
    profile_unref(&srgb);
    assert_true(meta_set(&image->meta->xmp, xmp, sizeof xmp - 1, NULL));
    assert_true(meta_set(&image->meta->exif, exif + 6, sizeof exif - 7, NULL));
    assert_true(meta_set(&image->meta->iptc, iptc, sizeof iptc - 1, NULL));
    return image;
}

/* Save with that allocation failing; *made: how many there were. */
static bool save_failing(const Image *image, const char *path, SaveOptions options,
                         long number, long *made, Err *err)
{
    Notes notes = {0};
    options.notes = &notes;
    allocations = 0;
    failing = number;
    bool saved = writer_save(image, path, &options, err);
    failing = NONE;
    *made = allocations;
    return saved;
}

/* Bytes of those of a file. */
static uint64_t metadata_at(const char *path)
{
    Image *image = load_good(path);
    uint64_t bytes = meta_bytes(image->meta);
    image_unref(&image);
    return bytes;
}

static void assert_nothing_is_left(void **state, const char *name, const Image *image,
                                   SaveOptions options, size_t least)
{
    const char *path = in_folder(state, name);
    Err err = {0};
    long made;
    int failed = 0;
    ours = true;
    from = least;
    if (!save_failing(image, path, options, COUNTED, &made, &err))
        fail_msg("%s", err.text);
    uint64_t metadata = metadata_at(path);
    long stride = 1 + made / TRIES;
    for (long number = 1; CAN_FAIL && number <= made; number += stride) {
        long ignored;
        unlink(path);
        err = (Err){0};
        bool saved = save_failing(image, path, options, number, &ignored, &err);
        failed += !saved;
        if (!saved && (err.kind != ERR_MEMORY || strchr(err.text, '\n')))
            fail_msg("allocation %ld of %s: %s", number, name, err.text);
        assert_int_equal(folder_count(*state), saved);
        if (saved)
            assert_int_equal(metadata_at(path), metadata);
    }
    assert_true(failed > 0 || !CAN_FAIL);
    unlink(path);
    from = 0;
}

static void of_jpeg(void **state)
{
    Image *image = picture_with_metadata(3, 8);
    assert_nothing_is_left(state, "a.jpg", image, (SaveOptions){.quality = 80}, 0);
    SaveOptions packed = {.pack = {.progressive = true, .optimize = true}};
    assert_nothing_is_left(state, "a.jpg", image, packed, 0);
    image_unref(&image);
}

static void of_png(void **state)
{
    for (int depth = 8; depth <= 16; depth += 8) {
        Image *image = picture_with_metadata(depth / 4 - 1 + (depth == 16), depth);
        assert_nothing_is_left(state, "a.png", image, (SaveOptions){0}, 0);
        assert_nothing_is_left(state, "a.png", image,
                               (SaveOptions){.pack = {.level = 9}}, 0);
        image_unref(&image);
    }
}

static void of_a_profile_that_is_damaged(void **state)
{
    static const uint8_t icc[400] = {[16] = 'R', 'G', 'B', ' '};
    Image *image = picture_with_metadata(3, 8);
    assert_true(meta_set(&image->meta->icc, icc, sizeof icc, NULL));
    assert_nothing_is_left(state, "a.png", image, (SaveOptions){0}, 0);
    image_unref(&image);
}

static void of_a_declared_space(void **state)
{
    Image *image = picture_with_metadata(3, 8);
    meta_drop(&image->meta->icc);
    image->meta->gamma = 100000;
    assert_nothing_is_left(state, "a.tif", image, (SaveOptions){0}, LARGE_IN_TIFF);
    image_unref(&image);
}

static void of_tiff(void **state)
{
    static const char *const compressions[] = {"none", "lzw", "deflate"};
    Image *image = picture_with_metadata(3, 16);
    for (int i = 0; i < 3; i++)
        assert_nothing_is_left(state, "a.tif", image,
                               (SaveOptions){.pack = {.compression = compressions[i]}},
                               LARGE_IN_TIFF);
    image_unref(&image);
}

static void of_webp(void **state)
{
    Image *image = picture_with_metadata(4, 8);
    for (int lossless = 0; lossless < 2; lossless++)
        assert_nothing_is_left(state, "a.webp", image,
                               (SaveOptions){.lossless = lossless}, LARGE_IN_WEBP);
    image_unref(&image);
}

static void of_jpeg_xl(void **state)
{
    if (!format_by_name("jxl"))
        return;
    Image *image = picture_with_metadata(3, 16);
    for (int lossless = 0; lossless < 2; lossless++)
        assert_nothing_is_left(state, "a.jxl", image,
                               (SaveOptions){.lossless = lossless}, NONE_IN_JXL);
    image_unref(&image);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(of_jpeg),
        IN_FOLDER(of_png),
        IN_FOLDER(of_a_profile_that_is_damaged),
        IN_FOLDER(of_a_declared_space),
        IN_FOLDER(of_tiff),
        IN_FOLDER(of_webp),
        IN_FOLDER(of_jpeg_xl),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
