#include "image/jpeg/jpeg_errors.h"

#include <jerror.h>
#include <string.h>

static CodecError *codec_error_of(j_common_ptr cinfo)
{
    return &((JpegErrors *)cinfo->err)->error;
}

const char *jpeg_errors_plain(const char *text)
{
    static const char prefix[] = "Corrupt JPEG data: ";
    bool prefixed = strncmp(text, prefix, sizeof prefix - 1) == 0;
    return prefixed ? text + sizeof prefix - 1 : text;
}

_Noreturn void jpeg_errors_throw(j_common_ptr cinfo)
{
    char text[JMSG_LENGTH_MAX];
    cinfo->err->format_message(cinfo, text);
    switch (cinfo->err->msg_code) {
    case JERR_SOF_UNSUPPORTED:
        codec_error_throw(
            codec_error_of(cinfo), ERR_FILE,
            "a lossless, hierarchical or differential JPEG is not read; save it "
            "as TIFF or PNG first");
    case JERR_BAD_PRECISION:
        codec_error_throw(
            codec_error_of(cinfo), ERR_FILE,
            "a JPEG of other than 8 bits is not read; save it as TIFF or PNG "
            "first");
    case JERR_ARITH_NOTIMPL:
        codec_error_throw(
            codec_error_of(cinfo), ERR_FILE,
            "an arithmetically coded JPEG is not read by this libjpeg; transcode "
            "it first, e.g. with jpegtran");
    case JERR_OUT_OF_MEMORY:
        codec_error_throw(codec_error_of(cinfo), ERR_MEMORY, "out of memory");
    case JERR_IMAGE_TOO_BIG:
        codec_error_throw(codec_error_of(cinfo), ERR_FILE,
                          "JPEG holds at most %ld pixels in a row or column",
                          (long)JPEG_MAX_DIMENSION);
    default:
        codec_error_throw(codec_error_of(cinfo), ERR_FILE,
                          cinfo->is_decompressor ? "damaged JPEG file: %s" : "%s",
                          jpeg_errors_plain(text));
    }
}

static void take_message(j_common_ptr cinfo, int level)
{
    if (level < 0)
        jpeg_errors_throw(cinfo);
}

static void print_nothing(j_common_ptr cinfo)
{
    (void)cinfo;
}

struct jpeg_error_mgr *jpeg_errors_init(JpegErrors *errors)
{
    struct jpeg_error_mgr *manager = jpeg_std_error(&errors->manager);
    manager->error_exit = jpeg_errors_throw;
    manager->emit_message = take_message;
    manager->output_message = print_nothing;
    return manager;
}
