/* jpeg_trap — libjpeg's error manager on top of a trap.
 *
 * Warnings are errors, too, until a decoder takes them over (jpeg_source).
 * Threads: one at a time.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_JPEG_TRAP_H
#define LUTIST_IMAGE_JPEG_TRAP_H

/* jpeglib.h needs both before it. */
#include <stddef.h>
#include <stdio.h>

#include <jpeglib.h>

#include "image/trap.h"

typedef struct JpegTrap {
    struct jpeg_error_mgr manager; /* first: libjpeg hands it back */
    Trap trap;
} JpegTrap;

/* The value of cinfo.err. `trap` must outlive the codec. */
struct jpeg_error_mgr *jpeg_trap_init(JpegTrap *trap);
/* libjpeg's text without its own "Corrupt JPEG data: ". */
const char *jpeg_trap_plain(const char *text);
/* Throw what libjpeg has just reported. */
_Noreturn void jpeg_trap_throw(j_common_ptr cinfo);

#endif
