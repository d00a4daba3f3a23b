/* xmp_extension — an XMP packet in two parts, as JPEG files have a long one.
 *
 * A segment has room for the first part, which names the other one by the property
 * xmpNote:HasExtendedXMP. Both are packets: elements rdf:Description inside of rdf:RDF.
 * In memory they are one.
 * Source: Adobe, XMP Specification Part 3, 1.1.3.1.
 * Threads: pure.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_META_XMP_EXTENSION_H
#define LUTIST_IMAGE_META_XMP_EXTENSION_H

#include "base/err.h"
#include "base/thread/cancel.h"
#include "image/meta/block.h"

enum { XMP_NAME = 32 }; /* hexadecimal digits, in upper case */

/* Zeroed memory is none. */
typedef struct XmpParts {
    Block first, extension; /* owned; no extension: the packet is whole */
    char name[XMP_NAME + 1];
} XmpParts;

/* Add what stands in `extension` to the packet. Pictures and sounds are left out, which
 * phones keep there. *joined: it is done; false: one of them cannot be read, and the
 * packet is as it was. Fails: ERR_MEMORY, ERR_CANCELLED. */
bool xmp_extension_join(Block *xmp, const Block *extension, bool *joined,
                        Cancel *cancel, Err *err);
/* Divide a packet so that its first part has at most `most` bytes. What fits stays in
 * it, element by element. *parts stays empty if it cannot be divided. Fails:
 * ERR_MEMORY, ERR_CANCELLED. */
bool xmp_extension_divide(const Block *xmp, size_t most, XmpParts *parts,
                          Cancel *cancel, Err *err);
void xmp_parts_clear(XmpParts *parts);

#endif
