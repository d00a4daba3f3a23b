/* xmp_parse — an XMP packet through an XML parser (expat), which says where things
 * stand.
 *
 * A reader's struct begins with an XmpParse and is the context of its handlers. Names
 * are as expat gives them: "SPACE\nNAME\nPREFIX".
 * Threads: a value.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_META_XMP_PARSE_H
#define LUTIST_IMAGE_META_XMP_PARSE_H

#include <expat.h>

#include "base/err.h"
#include "base/thread/cancel.h"
#include "image/meta/block.h"

typedef struct XmpParse {
    XML_Parser parser; /* NULL when it is over */
    bool broken;  /* the packet is no XML, has a document type or a tag of more than
                   * 512 KiB, or a handler has given it up */
    bool starved; /* a handler had no memory; it has given up */
} XmpParse;

typedef struct XmpHandlers {
    XML_StartElementHandler start;
    XML_EndElementHandler end;
    XML_StartNamespaceDeclHandler declare;
} XmpHandlers;

/* Parse the packet without the zeros behind it. Fails: ERR_MEMORY, ERR_CANCELLED; that
 * it is broken is no failure. */
bool xmp_parse(XmpParse *parse, const Block *xmp, const XmpHandlers *handlers,
               Cancel *cancel, Err *err);

/* For handlers: no more is to be read. */
void xmp_parse_give_up(XmpParse *parse);
/* For handlers: where in the packet the tag stands, and where it ends. */
size_t xmp_parse_from(const XmpParse *parse);
size_t xmp_parse_to(const XmpParse *parse);

#endif
