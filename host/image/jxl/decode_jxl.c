#include "image/jxl/decode_jxl.h"

#include <string.h>

#include "base/mem.h"
#include "image/codec/boxes.h"
#include "image/jxl/jxl_blocks.h"
#include "image/jxl/jxl_input.h"

typedef struct Decoder {
    const Source *source;
    const JxlLibrary *lib;
    ImageInfo info;
    uint8_t *pixels; /* once the first row is wanted */
    int next;        /* row */
} Decoder;

static bool fail_damaged(Err *err)
{
    return err_set(err, ERR_FILE, "damaged JPEG XL file");
}

/* A file is a container of boxes, or the codestream alone. */
static bool check_container(const Source *source, Err *err)
{
    uint8_t head[2];
    if (!source_take(source, "JPEG XL", head, sizeof head, err))
        return false;
    return head[0] == 0xFF || boxes_are_whole(source, "JPEG XL", err);
}

static bool set_info(Decoder *d, const JxlBasicInfo *basic, Err *err)
{
    if (!source_admit(d->source, basic->xsize, basic->ysize, 0, err))
        return false;
    int colours = basic->num_color_channels == 1 ? 1 : 3;
    bool alpha = basic->alpha_bits > 0;
    bool deep = basic->bits_per_sample > 8 || basic->exponent_bits_per_sample > 0;
    d->info = (ImageInfo){(int)basic->xsize, (int)basic->ysize, colours + alpha,
                          deep ? 16 : 8};
    if (basic->have_animation)
        notes_add(d->source->notes, "the first frame is read");
    if (alpha && basic->alpha_premultiplied)
        notes_add(d->source->notes, "its colours are multiplied by alpha, and stay so");
    return true;
}

static bool open_decoder(void *decoder, const Source *source, ImageInfo *info,
                         Meta *meta, Err *err)
{
    Decoder *d = decoder;
    JxlBasicInfo basic = {0};
    d->source = source;
    d->lib = check_container(source, err) ? jxl_library(err) : NULL;
    if (!d->lib || !jxl_blocks_read(source, d->lib, &basic, meta, err) ||
        !set_info(d, &basic, err))
        return false;
    *info = d->info;
    return true;
}

static size_t pixel_bytes(const Decoder *d)
{
    return image_row_bytes(d->info) * (size_t)d->info.height;
}

/* libjxl works with 32 bits a sample, of three channels and alpha. */
static uint64_t held(const void *decoder)
{
    const Decoder *d = decoder;
    uint64_t pixels = (uint64_t)d->info.width * (uint64_t)d->info.height;
    return pixel_bytes(d) + 20 * pixels;
}

static bool set_buffer(const Decoder *d, const JxlInput *input, Err *err)
{
    JxlPixelFormat format = {(uint32_t)d->info.channels,
                             d->info.depth == 8 ? JXL_TYPE_UINT8 : JXL_TYPE_UINT16,
                             JXL_NATIVE_ENDIAN, 1};
    size_t size = 0;
    if (d->lib->JxlDecoderImageOutBufferSize(input->decoder, &format, &size) !=
            JXL_DEC_SUCCESS ||
        size != pixel_bytes(d) ||
        d->lib->JxlDecoderSetImageOutBuffer(input->decoder, &format, d->pixels, size) !=
            JXL_DEC_SUCCESS)
        return fail_damaged(err);
    return true;
}

static bool decode(const Decoder *d, Err *err)
{
    JxlInput input;
    JxlDecoderStatus event = JXL_DEC_SUCCESS;
    bool good = jxl_input_open(&input, d->source, d->lib,
                               JXL_DEC_COLOR_ENCODING | JXL_DEC_FULL_IMAGE, err);
    while (good && event != JXL_DEC_FULL_IMAGE) {
        good = jxl_input_next(&input, &event, err);
        if (good && event == JXL_DEC_SUCCESS)
            good = fail_damaged(err);
        if (good && event == JXL_DEC_NEED_IMAGE_OUT_BUFFER)
            good = set_buffer(d, &input, err);
    }
    jxl_input_close(&input);
    return good;
}

static bool read_rows(void *decoder, uint8_t *rows, size_t stride, int count, Err *err)
{
    Decoder *d = decoder;
    size_t row_bytes = image_row_bytes(d->info);
    if (!d->pixels) {
        d->pixels = mem_alloc(pixel_bytes(d), err);
        if (!d->pixels || !mem_expect((size_t)held(d) - pixel_bytes(d), err) ||
            !decode(d, err))
            return false;
    }
    for (int i = 0; i < count; i++, d->next++)
        memcpy(rows + (size_t)i * stride, d->pixels + (size_t)d->next * row_bytes,
               row_bytes);
    return true;
}

static void close_decoder(void *decoder)
{
    mem_free(((Decoder *)decoder)->pixels);
}

const DecoderCalls decode_jxl = {sizeof(Decoder), open_decoder, read_rows,
                                 close_decoder, held};
