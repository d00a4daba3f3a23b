/* photoshop — the resources of an APP13 segment, "8BIM" by "8BIM".
 *
 * Each has a number, a name and data, both padded to even sizes; number 0x0404 is the
 * IPTC record. A block begins with PHOTOSHOP_HEAD, TIFF's tag with the first resource.
 * Threads: pure.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_META_PHOTOSHOP_H
#define LUTIST_IMAGE_META_PHOTOSHOP_H

#include <stdbool.h>

#include "image/meta/block.h"

/* "Photoshop 3.0" with its terminating zero. */
enum { PHOTOSHOP_HEAD_BYTES = 14 };
extern const char PHOTOSHOP_HEAD[PHOTOSHOP_HEAD_BYTES];

typedef struct PhotoshopResource {
    int number;
    Block data;  /* borrowed */
    Block whole; /* the data with the head before and the padding behind them */
} PhotoshopResource;

/* The resources behind a block's head; zeroed where it has another one. Borrowed. */
Block photoshop_resources(const Block *block);
/* Take the first resource off `rest`. False: there is none. */
bool photoshop_next(Block *rest, PhotoshopResource *resource);
/* Take thumbnails out of a block. */
void photoshop_drop_thumbnails(Block *block);

#endif
