#include "image/jxl/jxl_input.h"

#include <string.h>

#include "base/mem.h"
#include "image/jxl/jxl_runner.h"

enum { PIECE = 256 << 10 };

bool jxl_input_open(JxlInput *input, const Source *source, const JxlLibrary *lib,
                    int events, Err *err)
{
    *input = (JxlInput){.source = source, .lib = lib};
    if (!source_seek(source, 0, err))
        return false;
    input->decoder = lib->JxlDecoderCreate(NULL);
    if (!input->decoder ||
        lib->JxlDecoderSetParallelRunner(input->decoder, jxl_runner, source->cancel) !=
            JXL_DEC_SUCCESS ||
        lib->JxlDecoderSubscribeEvents(input->decoder, events) != JXL_DEC_SUCCESS)
        return err_set(err, ERR_MEMORY, "out of memory");
    input->bytes = mem_alloc(PIECE, err);
    input->room = PIECE;
    return input->bytes;
}

void jxl_input_close(JxlInput *input)
{
    if (input->decoder)
        input->lib->JxlDecoderDestroy(input->decoder);
    mem_free(input->bytes);
    *input = (JxlInput){0};
}

/* What the decoder has not taken stays in front. */
static void take_back(JxlInput *input)
{
    size_t left = input->lib->JxlDecoderReleaseInput(input->decoder);
    memmove(input->bytes, input->bytes + input->size - left, left);
    input->size = left;
}

/* A decoder that takes nothing of a full piece wants a longer one. */
static bool make_room(JxlInput *input, Err *err)
{
    if (input->size < input->room)
        return true;
    uint8_t *larger = mem_alloc(2 * input->room, err);
    if (!larger)
        return false;
    memcpy(larger, input->bytes, input->size);
    mem_free(input->bytes);
    input->bytes = larger;
    input->room *= 2;
    return true;
}

static bool feed(JxlInput *input, Err *err)
{
    const Source *source = input->source;
    take_back(input);
    if (!source_go_on(source, err) || !make_room(input, err))
        return false;
    size_t more =
        fread(input->bytes + input->size, 1, input->room - input->size, source->file);
    if (!more)
        return err_set(err, ERR_FILE, "the JPEG XL file is cut short");
    input->size += more;
    input->lib->JxlDecoderSetInput(input->decoder, input->bytes, input->size);
    if (feof(source->file))
        input->lib->JxlDecoderCloseInput(input->decoder);
    return true;
}

/* libjxl cannot convert to an ICC profile that is none of its own spaces. It would give
 * linear sRGB, which cuts off colours and is too coarse for 8 bits. */
static void settle_colors(const JxlInput *input)
{
    const JxlLibrary *lib = input->lib;
    JxlBasicInfo info;
    JxlColorEncoding color;
    if (lib->JxlDecoderGetColorAsEncodedProfile(input->decoder, NULL,
                                                JXL_COLOR_PROFILE_TARGET_ORIGINAL,
                                                &color) == JXL_DEC_SUCCESS ||
        lib->JxlDecoderGetBasicInfo(input->decoder, &info) != JXL_DEC_SUCCESS)
        return;
    bool gray = info.num_color_channels == 1;
    lib->JxlColorEncodingSetToSRGB(&color, gray);
    if (!gray)
        color.primaries = JXL_PRIMARIES_2100; /* wide enough for all in use */
    lib->JxlDecoderSetPreferredColorProfile(input->decoder, &color);
}

bool jxl_input_next(JxlInput *input, JxlDecoderStatus *event, Err *err)
{
    do {
        if (!source_go_on(input->source, err))
            return false;
        *event = input->lib->JxlDecoderProcessInput(input->decoder);
    } while (*event == JXL_DEC_NEED_MORE_INPUT && feed(input, err));
    if (*event == JXL_DEC_ERROR)
        return source_go_on(input->source, err) &&
               err_set(err, ERR_FILE, "damaged JPEG XL file");
    if (*event == JXL_DEC_COLOR_ENCODING)
        settle_colors(input);
    return *event != JXL_DEC_NEED_MORE_INPUT;
}
