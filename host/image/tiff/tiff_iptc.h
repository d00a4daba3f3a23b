/* tiff_iptc — Photoshop's resources and IPTC as TIFF and as JPEG keep them.
 *
 * JPEG has one segment: a head, then resources, each "8BIM", a number, a name and data;
 * number 0x0404 is the IPTC record. TIFF has a tag for the resources without the head
 * and another one for the record alone.
 * Threads: pure.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_TIFF_TIFF_IPTC_H
#define LUTIST_IMAGE_TIFF_TIFF_IPTC_H

#include "image/meta/meta.h"

/* `block` as Meta has it from TIFF's two tags, each of which may be absent. Where the
 * resources hold a record already, that one stays. Fails: ERR_MEMORY. */
bool tiff_iptc_join(Block *block, const Block *resources, const Block *iptc, Err *err);
/* TIFF's two tags from `block`; they borrow from it, and are zeroed where it lacks
 * them. */
void tiff_iptc_split(const Block *block, Block *resources, Block *iptc);

#endif
