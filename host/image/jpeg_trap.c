#include "image/jpeg_trap.h"

#include <jerror.h>
#include <string.h>

static Trap *trap_of(j_common_ptr cinfo)
{
    return &((JpegTrap *)cinfo->err)->trap;
}

const char *jpeg_trap_plain(const char *text)
{
    static const char prefix[] = "Corrupt JPEG data: ";
    bool prefixed = strncmp(text, prefix, sizeof prefix - 1) == 0;
    return prefixed ? text + sizeof prefix - 1 : text;
}

_Noreturn void jpeg_trap_throw(j_common_ptr cinfo)
{
    char text[JMSG_LENGTH_MAX];
    cinfo->err->format_message(cinfo, text);
    switch (cinfo->err->msg_code) {
    case JERR_SOF_UNSUPPORTED:
        trap_throw(trap_of(cinfo), ERR_FILE,
                   "a lossless, hierarchical or differential JPEG is not read; save it "
                   "as TIFF or PNG first");
    case JERR_BAD_PRECISION:
        trap_throw(trap_of(cinfo), ERR_FILE,
                   "a JPEG of other than 8 bits is not read; save it as TIFF or PNG "
                   "first");
    case JERR_ARITH_NOTIMPL:
        trap_throw(
            trap_of(cinfo), ERR_FILE,
            "an arithmetically coded JPEG is not read by this libjpeg; transcode "
            "it first, e.g. with jpegtran");
    case JERR_OUT_OF_MEMORY:
        trap_throw(trap_of(cinfo), ERR_MEMORY, "out of memory");
    case JERR_IMAGE_TOO_BIG:
        trap_throw(trap_of(cinfo), ERR_FILE,
                   "JPEG holds at most %ld pixels in a row or column",
                   (long)JPEG_MAX_DIMENSION);
    default:
        trap_throw(trap_of(cinfo), ERR_FILE,
                   cinfo->is_decompressor ? "damaged JPEG file: %s" : "%s",
                   jpeg_trap_plain(text));
    }
}

static void take_message(j_common_ptr cinfo, int level)
{
    if (level < 0)
        jpeg_trap_throw(cinfo);
}

static void print_nothing(j_common_ptr cinfo)
{
    (void)cinfo;
}

struct jpeg_error_mgr *jpeg_trap_init(JpegTrap *trap)
{
    struct jpeg_error_mgr *manager = jpeg_std_error(&trap->manager);
    manager->error_exit = jpeg_trap_throw;
    manager->emit_message = take_message;
    manager->output_message = print_nothing;
    return manager;
}
