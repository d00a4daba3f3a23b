#include "image/jxl/encode_jxl.h"

#include <string.h>

#include "base/mem.h"
#include "image/jxl/jxl_library.h"

enum {
    DEFAULT_QUALITY = 92,
    LOSSY_EFFORT = 4, /* of 1 to 9 */
    LOSSLESS_EFFORT = 3,
    OFFSET_BYTES = 4, /* before an EXIF block in its box */
    PIECE = 256 << 10,
};

typedef struct Encoder {
    const JxlLibrary *lib;
    FILE *file;
    const Meta *meta; /* NULL: none */
    Notes *notes;
    Cancel *cancel;
    ImageInfo info;
    int quality;
    bool lossless;
    JxlEncoder *jxl;
    uint8_t *pixels; /* all rows */
    int next;        /* row */
} Encoder;

/* Distance 1 is where a difference begins to show: libjxl's tools have the same curve
 * for the quality of JPEG, but that theirs of 100 is lossless. */
static float distance(int quality)
{
    float q = (float)quality;
    return quality >= 30 ? 0.1F + (100 - q) * 0.09F
                         : 53 / 3000.0F * q * q - 23 / 20.0F * q + 25;
}

static bool fail_libjxl(const Encoder *e, Err *err)
{
    if (cancel_is_set(e->cancel))
        return err_set(err, ERR_CANCELLED, "interrupted");
    JxlEncoderError why = e->lib->JxlEncoderGetError(e->jxl);
    if (why == JXL_ENC_ERR_OOM)
        return err_set(err, ERR_MEMORY, "out of memory");
    return err_set(err, ERR_FILE, "libjxl cannot write it (its error %d)", (int)why);
}

static bool succeeded(const Encoder *e, JxlEncoderStatus status, Err *err)
{
    return status == JXL_ENC_SUCCESS || fail_libjxl(e, err);
}

static bool set_info(const Encoder *e, Err *err)
{
    JxlBasicInfo basic;
    bool alpha = image_has_alpha(e->info);
    e->lib->JxlEncoderInitBasicInfo(&basic);
    basic.xsize = (uint32_t)e->info.width;
    basic.ysize = (uint32_t)e->info.height;
    basic.bits_per_sample = (uint32_t)e->info.depth;
    basic.num_color_channels = e->info.channels <= 2 ? 1 : 3;
    basic.num_extra_channels = alpha;
    basic.alpha_bits = alpha ? (uint32_t)e->info.depth : 0;
    basic.uses_original_profile = e->lossless;
    return succeeded(e, e->lib->JxlEncoderSetBasicInfo(e->jxl, &basic), err);
}

static bool set_profile(const Encoder *e, Err *err)
{
    JxlColorEncoding srgb;
    const Block *icc = e->meta ? &e->meta->icc : NULL;
    if (icc && icc->size) {
        if (e->lib->JxlEncoderSetICCProfile(e->jxl, icc->data, icc->size) ==
            JXL_ENC_SUCCESS)
            return true;
        notes_add(e->notes, "its ICC profile is left out: libjxl cannot use it");
    }
    e->lib->JxlColorEncodingSetToSRGB(&srgb, e->info.channels <= 2);
    return succeeded(e, e->lib->JxlEncoderSetColorEncoding(e->jxl, &srgb), err);
}

static bool add_exif(const Encoder *e, Err *err)
{
    const Block *exif = &e->meta->exif;
    if (!exif->size)
        return true;
    uint8_t *whole = mem_try(OFFSET_BYTES + exif->size, 1, err);
    if (!whole)
        return false;
    memcpy(whole + OFFSET_BYTES, exif->data, exif->size);
    bool good =
        succeeded(e,
                  e->lib->JxlEncoderAddBox(e->jxl, "Exif", whole,
                                           OFFSET_BYTES + exif->size, JXL_FALSE),
                  err);
    mem_free(whole);
    return good;
}

static bool add_boxes(const Encoder *e, Err *err)
{
    const Block *xmp = e->meta ? &e->meta->xmp : NULL;
    if (!xmp || (!xmp->size && !e->meta->exif.size))
        return true;
    if (!succeeded(e, e->lib->JxlEncoderUseBoxes(e->jxl), err) || !add_exif(e, err))
        return false;
    bool good =
        !xmp->size || succeeded(e,
                                e->lib->JxlEncoderAddBox(e->jxl, "xml ", xmp->data,
                                                         xmp->size, JXL_FALSE),
                                err);
    e->lib->JxlEncoderCloseBoxes(e->jxl);
    return good;
}

/* It has no runner that heeds the cancel, as the decoder has one: libjxl's encoder
 * aborts the process if a task fails. */
static bool begin(Encoder *e, Err *err)
{
    e->jxl = e->lib->JxlEncoderCreate(NULL);
    if (!e->jxl)
        return err_set(err, ERR_MEMORY, "out of memory");
    return set_info(e, err) && set_profile(e, err) && add_boxes(e, err);
}

static size_t pixel_bytes(ImageInfo info)
{
    return image_row_bytes(info) * (size_t)info.height;
}

static bool create(void *encoder, FILE *file, const ImageInfo *info, const Meta *meta,
                   const SaveOptions *options, Err *err)
{
    Encoder *e = encoder;
    e->file = file;
    e->info = *info;
    e->meta = meta;
    e->notes = options->notes;
    e->cancel = options->cancel;
    e->quality = options->quality ? options->quality : DEFAULT_QUALITY;
    e->lossless = options->lossless;
    if (e->quality < 1 || e->quality > 100)
        return err_set(err, ERR_USAGE, "JPEG XL quality %d is not between 1 and 100",
                       e->quality);
    e->lib = jxl_library(err);
    if (!e->lib || !begin(e, err))
        return false;
    e->pixels = mem_alloc(pixel_bytes(*info), err);
    return e->pixels;
}

static bool encode_rows(void *encoder, const uint8_t *rows, size_t stride, int count,
                        Err *err)
{
    (void)err;
    Encoder *e = encoder;
    size_t row_bytes = image_row_bytes(e->info);
    for (int i = 0; i < count; i++, e->next++)
        memcpy(e->pixels + (size_t)e->next * row_bytes, rows + (size_t)i * stride,
               row_bytes);
    return true;
}

static bool add_frame(const Encoder *e, Err *err)
{
    JxlPixelFormat format = {(uint32_t)e->info.channels,
                             e->info.depth == 8 ? JXL_TYPE_UINT8 : JXL_TYPE_UINT16,
                             JXL_NATIVE_ENDIAN, 1};
    JxlEncoderFrameSettings *frame =
        e->lib->JxlEncoderFrameSettingsCreate(e->jxl, NULL);
    if (!frame)
        return err_set(err, ERR_MEMORY, "out of memory");
    int effort = e->lossless ? LOSSLESS_EFFORT : LOSSY_EFFORT;
    return succeeded(e,
                     e->lib->JxlEncoderFrameSettingsSetOption(
                         frame, JXL_ENC_FRAME_SETTING_EFFORT, effort),
                     err) &&
           succeeded(e,
                     e->lossless ? e->lib->JxlEncoderSetFrameLossless(frame, JXL_TRUE)
                                 : e->lib->JxlEncoderSetFrameDistance(
                                       frame, distance(e->quality)),
                     err) &&
           succeeded(e,
                     e->lib->JxlEncoderAddImageFrame(frame, &format, e->pixels,
                                                     pixel_bytes(e->info)),
                     err);
}

static bool put_all(const Encoder *e, uint8_t *piece, Err *err)
{
    JxlEncoderStatus status = JXL_ENC_NEED_MORE_OUTPUT;
    while (status == JXL_ENC_NEED_MORE_OUTPUT) {
        uint8_t *next = piece;
        size_t left = PIECE;
        if (cancel_is_set(e->cancel))
            return err_set(err, ERR_CANCELLED, "interrupted");
        status = e->lib->JxlEncoderProcessOutput(e->jxl, &next, &left);
        if (fwrite(piece, 1, PIECE - left, e->file) != PIECE - left)
            return err_set(err, ERR_FILE, "cannot be written");
    }
    return succeeded(e, status, err);
}

static bool finish(void *encoder, Err *err)
{
    Encoder *e = encoder;
    if (cancel_is_set(e->cancel))
        return err_set(err, ERR_CANCELLED, "interrupted");
    if (!add_frame(e, err))
        return false;
    mem_free(e->pixels); /* libjxl has copied them */
    e->pixels = NULL;
    e->lib->JxlEncoderCloseInput(e->jxl);
    uint8_t *piece = mem_alloc(PIECE, err);
    bool done = piece && put_all(e, piece, err);
    mem_free(piece);
    return done;
}

static void discard(void *encoder)
{
    Encoder *e = encoder;
    if (e->jxl)
        e->lib->JxlEncoderDestroy(e->jxl);
    mem_free(e->pixels);
}

/* libjxl works with 32 bits a sample, in several copies. */
static uint64_t held(ImageInfo info, const SaveOptions *options)
{
    uint64_t pixels = (uint64_t)info.width * (uint64_t)info.height;
    return pixel_bytes(info) + pixels * (options->lossless ? 75 : 65);
}

const EncoderCalls encode_jxl = {sizeof(Encoder), create, encode_rows, finish,
                                 discard,         NULL,   held};
