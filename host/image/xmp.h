/* xmp — what lutist changes in an XMP packet, by way of an XML parser (expat).
 *
 * The parser says where things stand; bytes that are not concerned stay as they are. A
 * packet that is no XML is left alone, unless it seems to announce what the output
 * will not have: then it goes.
 * Threads: pure.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_XMP_H
#define LUTIST_IMAGE_XMP_H

#include "image/block.h"

/* What a packet announced that stands elsewhere in the file and is not kept. */
enum {
    XMP_GAIN_MAP = 1,  /* of an HDR picture */
    XMP_MOTION = 2,    /* a video behind the picture */
    XMP_EXTENSION = 4, /* the rest of the packet */
    XMP_BROKEN = 8,    /* unreadable: the packet was dropped */
};

/* Take out announcements of what is not kept, and thumbnails. Returns a set of the
 * above. */
unsigned xmp_drop_announcements(Block *xmp);
/* Sizes of the image become this one, where the packet declares them. */
void xmp_set_size(Block *xmp, int width, int height);
/* The same of the orientation, which becomes 1. */
void xmp_set_upright(Block *xmp);

#endif
