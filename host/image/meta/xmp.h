/* xmp — the changes that lutist makes to an XMP packet.
 *
 * A packet that cannot be parsed (xmp_editor.h) is left alone, unless it seems to
 * announce what the output will not have: then it is dropped.
 * All fail with ERR_MEMORY or ERR_CANCELLED, and the packet is then untouched; `cancel`
 * is looked at while the packet is read.
 * Threads: pure.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_META_XMP_H
#define LUTIST_IMAGE_META_XMP_H

#include "base/err.h"
#include "base/thread/cancel.h"
#include "image/meta/block.h"

/* Parts that a packet may announce. They stand elsewhere in the file and are not
 * kept. */
enum {
    XMP_GAIN_MAP = 1,  /* of an HDR picture */
    XMP_MOTION = 2,    /* a video behind the picture */
    XMP_EXTENSION = 4, /* the rest of the packet */
    XMP_BROKEN = 8,    /* unreadable: the packet was dropped */
};

/* A packet in UTF-16 becomes one in UTF-8, the only form that most formats have a place
 * for; another one stays. An XML declaration, which would name the encoding, is left
 * out; half a character becomes U+FFFD. It is not cancelled. */
bool xmp_narrow(Block *xmp, Err *err);
/* Take out thumbnails and the announcements of parts that are not kept. *lost becomes a
 * set of the above. */
bool xmp_drop_announcements(Block *xmp, unsigned *lost, Cancel *cancel, Err *err);
/* Set the image's declared sizes to this one. */
bool xmp_set_size(Block *xmp, int width, int height, Cancel *cancel, Err *err);
/* Set a declared orientation to 1. */
bool xmp_set_upright(Block *xmp, Cancel *cancel, Err *err);

#endif
