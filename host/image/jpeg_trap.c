#include "image/jpeg_trap.h"

#include <jerror.h>

static Trap *trap_of(j_common_ptr cinfo)
{
    return &((JpegTrap *)cinfo->err)->trap;
}

static _Noreturn void throw_error(j_common_ptr cinfo)
{
    char text[JMSG_LENGTH_MAX];
    cinfo->err->format_message(cinfo, text);
    switch (cinfo->err->msg_code) {
    case JERR_OUT_OF_MEMORY:
        trap_throw(trap_of(cinfo), ERR_MEMORY, "out of memory");
    case JERR_INPUT_EMPTY:
    case JERR_INPUT_EOF:
    case JWRN_JPEG_EOF:
        trap_throw(trap_of(cinfo), ERR_FILE, "the JPEG file is cut short");
    case JERR_IMAGE_TOO_BIG:
        trap_throw(trap_of(cinfo), ERR_FILE,
                   "JPEG holds at most %ld pixels in a row or column",
                   (long)JPEG_MAX_DIMENSION);
    default:
        trap_throw(trap_of(cinfo), ERR_FILE, "%s", text);
    }
}

/* Warnings about oddities that leave every pixel what its maker meant. */
static bool is_harmless(int code)
{
    switch (code) {
    case JWRN_ADOBE_XFORM:
    case JWRN_BOGUS_ICC:       /* the profile is left out */
    case JWRN_EXTRANEOUS_DATA: /* padding between segments: some cameras do it */
    case JWRN_JFIF_MAJOR:
    case JWRN_NOT_SEQUENTIAL: /* parameters that a sequential scan has no use for */
        return true;
    default:
        return false;
    }
}

static void take_message(j_common_ptr cinfo, int level)
{
    if (level < 0 && !is_harmless(cinfo->err->msg_code))
        throw_error(cinfo);
}

static void print_nothing(j_common_ptr cinfo)
{
    (void)cinfo;
}

struct jpeg_error_mgr *jpeg_trap_init(JpegTrap *trap)
{
    struct jpeg_error_mgr *manager = jpeg_std_error(&trap->manager);
    manager->error_exit = throw_error;
    manager->emit_message = take_message;
    manager->output_message = print_nothing;
    return manager;
}
