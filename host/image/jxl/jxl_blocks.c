#include "image/jxl/jxl_blocks.h"

#include <string.h>

#include "base/mem.h"
#include "image/codec/bytes.h"
#include "image/jxl/jxl_input.h"
#include "image/meta/exif.h"

enum { FIRST_ROOM = 16 << 10, OFFSET_BYTES = 4 };

/* A box while it is read. */
typedef struct OpenBox {
    Block bytes; /* owned; as much as there is room for */
    bool is_exif;
    bool is_open;
    bool too_long;
} OpenBox;

typedef struct Blocks {
    JxlInput input;
    OpenBox box;
    JxlBasicInfo *info;
    Meta *meta;
} Blocks;

/* Is it sRGB, which needs no profile? */
static bool is_srgb(const JxlColorEncoding *color)
{
    bool known = color->white_point == JXL_WHITE_POINT_D65 &&
                 color->transfer_function == JXL_TRANSFER_FUNCTION_SRGB;
    return known && (color->color_space == JXL_COLOR_SPACE_GRAY ||
                     (color->color_space == JXL_COLOR_SPACE_RGB &&
                      color->primaries == JXL_PRIMARIES_SRGB));
}

/* Of the pixels as libjxl gives them. */
static bool take_profile(Blocks *b, Err *err)
{
    const JxlLibrary *lib = b->input.lib;
    const Source *source = b->input.source;
    const JxlColorProfileTarget target = JXL_COLOR_PROFILE_TARGET_DATA;
    JxlColorEncoding color;
    size_t size = 0;
    if ((lib->JxlDecoderGetColorAsEncodedProfile(b->input.decoder, NULL, target,
                                                 &color) == JXL_DEC_SUCCESS &&
         is_srgb(&color)) ||
        lib->JxlDecoderGetICCProfileSize(b->input.decoder, NULL, target, &size) !=
            JXL_DEC_SUCCESS ||
        !size)
        return true;
    if (!source_keeps(source, size, NULL)) {
        notes_add(source->notes, "%zu bytes of its ICC profile were left out", size);
        return true;
    }
    Block icc = {mem_try(size, 1, err), size};
    bool good = icc.data;
    if (good && lib->JxlDecoderGetColorAsICCProfile(b->input.decoder, NULL, target,
                                                    icc.data, size) == JXL_DEC_SUCCESS)
        good = meta_set(&b->meta->icc, icc.data, icc.size, err);
    mem_free(icc.data);
    return good;
}

/* The bytes of the box that stand in its buffer, which is the decoder's no more. */
static size_t taken(Blocks *b)
{
    return b->box.bytes.size -
           b->input.lib->JxlDecoderReleaseBoxBuffer(b->input.decoder);
}

/* EXIF begins with the offset of its TIFF structure, counted from behind it. */
static bool keep_exif(Blocks *b, size_t size, Err *err)
{
    const uint8_t *bytes = b->box.bytes.data;
    uint64_t skip = size < OFFSET_BYTES ? size : OFFSET_BYTES + (uint64_t)be32(bytes);
    if (skip >= size)
        return true;
    Block plain = exif_behind_mark(bytes + skip, size - (size_t)skip);
    return meta_set(&b->meta->exif, plain.data, plain.size, err);
}

static bool end_box(Blocks *b, Err *err)
{
    OpenBox *box = &b->box;
    bool good = true;
    if (!box->is_open)
        return true;
    size_t size = taken(b);
    if (box->too_long)
        notes_add(b->input.source->notes, "its %s data were left out: too many bytes",
                  box->is_exif ? "EXIF" : "XMP");
    else if (box->is_exif)
        good = keep_exif(b, size, err);
    else
        good = meta_set(&b->meta->xmp, box->bytes.data, size, err);
    mem_free(box->bytes.data);
    *box = (OpenBox){0};
    return good;
}

static bool set_room(Blocks *b, size_t size, Err *err)
{
    OpenBox *box = &b->box;
    size_t old = box->bytes.data ? taken(b) : 0;
    uint8_t *larger = mem_try(size, 1, err);
    if (!larger)
        return false;
    if (old)
        memcpy(larger, box->bytes.data, old);
    mem_free(box->bytes.data);
    box->bytes = (Block){larger, size};
    b->input.lib->JxlDecoderSetBoxBuffer(b->input.decoder, larger + old, size - old);
    return true;
}

static bool begin_box(Blocks *b, Err *err)
{
    JxlBoxType type;
    if (!end_box(b, err))
        return false;
    if (b->input.lib->JxlDecoderGetBoxType(b->input.decoder, type, JXL_TRUE) !=
        JXL_DEC_SUCCESS)
        return true;
    bool is_exif = memcmp(type, "Exif", 4) == 0, is_xmp = memcmp(type, "xml ", 4) == 0;
    const Block *kept = is_exif ? &b->meta->exif : &b->meta->xmp;
    if ((!is_exif && !is_xmp) || kept->data)
        return true;
    b->box = (OpenBox){.is_exif = is_exif, .is_open = true};
    return set_room(b, FIRST_ROOM, err);
}

/* A box may be compressed: its size shows when it ends. */
static bool enlarge_box(Blocks *b, Err *err)
{
    size_t size = b->box.bytes.size;
    if (source_keeps(b->input.source, 2 * (uint64_t)size, NULL))
        return set_room(b, 2 * size, err);
    b->box.too_long = true;
    taken(b);
    b->input.lib->JxlDecoderSetBoxBuffer(b->input.decoder, b->box.bytes.data, size);
    return true;
}

static bool take_event(Blocks *b, JxlDecoderStatus event, Err *err)
{
    switch (event) {
    case JXL_DEC_BASIC_INFO:
        return b->input.lib->JxlDecoderGetBasicInfo(b->input.decoder, b->info) ==
                   JXL_DEC_SUCCESS ||
               err_set(err, ERR_FILE, "damaged JPEG XL file");
    case JXL_DEC_COLOR_ENCODING:
        return take_profile(b, err);
    case JXL_DEC_BOX:
        return begin_box(b, err);
    case JXL_DEC_BOX_NEED_MORE_OUTPUT:
        return enlarge_box(b, err);
    default:
        return true;
    }
}

static bool read_all(Blocks *b, Err *err)
{
    JxlDecoderStatus event;
    do
        if (!jxl_input_next(&b->input, &event, err) || !take_event(b, event, err))
            return false;
    while (event != JXL_DEC_SUCCESS);
    return end_box(b, err);
}

bool jxl_blocks_read(const Source *source, const JxlLibrary *lib, JxlBasicInfo *info,
                     Meta *meta, Err *err)
{
    Blocks b = {.info = info, .meta = meta};
    enum { EVENTS = JXL_DEC_BASIC_INFO | JXL_DEC_COLOR_ENCODING | JXL_DEC_BOX };
    bool good = jxl_input_open(&b.input, source, lib, EVENTS, err);
    if (good)
        lib->JxlDecoderSetDecompressBoxes(b.input.decoder, JXL_TRUE);
    good = good && read_all(&b, err);
    mem_free(b.box.bytes.data);
    jxl_input_close(&b.input);
    return good && meta_set_upright(meta, source->cancel, err);
}
