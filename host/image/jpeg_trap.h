/* jpeg_trap — libjpeg's error manager on top of a trap.
 *
 * Every warning that means lost or invented pixels is an error here; libjpeg itself
 * would go on and fill up with gray.
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

/* What goes into cinfo.err. `trap` must outlive the codec. */
struct jpeg_error_mgr *jpeg_trap_init(JpegTrap *trap);

#endif
