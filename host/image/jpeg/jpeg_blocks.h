/* jpeg_blocks — metadata in a JPEG file's APP segments.
 *
 * A segment holds at most 65,533 bytes. ICC and APP13 data go over several, and so does
 * the extension of XMP (xmp_extension.h); EXIF must fit into one.
 * Threads: one at a time.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_JPEG_JPEG_BLOCKS_H
#define LUTIST_IMAGE_JPEG_JPEG_BLOCKS_H

#include "image/codec/source.h"
#include "image/jpeg/jpeg_errors.h"
#include "image/meta/meta.h"
#include "image/meta/xmp_extension.h"

/* A profile's segments, which may come in any order. */
typedef struct JpegProfile {
    Block parts[256]; /* by their numbers, 1 and up */
    int count;        /* as the first segment says */
    bool any, mixed;  /* one has come; they contradict each other */
} JpegProfile;

/* The extension of an XMP packet: pieces of it, each with the place where it belongs.
 */
typedef struct JpegExtension {
    char name[XMP_NAME]; /* the same in all */
    Block whole;         /* owned; of the size that the first piece names */
    uint64_t got;        /* bytes that have come */
    bool odd;            /* the pieces contradict each other */
} JpegExtension;

/* The collected segments of a header; all but the first two fields start zeroed. */
typedef struct JpegBlocks {
    const Source *source;
    Meta *meta;
    int segments;
    uint64_t bytes; /* of all segments */
    JpegProfile profile;
    JpegExtension extension;
} JpegBlocks;

/* Before jpeg_read_header, with the blocks in cinfo->client_data and a JpegSource:
 * segments go into blocks->meta as they come. A file of more than 65,536 of them or of
 * more bytes than source->max_metadata is refused. */
void jpeg_blocks_watch(j_decompress_ptr cinfo);
/* After jpeg_read_header. */
void jpeg_blocks_end(j_decompress_ptr cinfo);
/* After that, outside of libjpeg: the XMP packet gets its extension. Without one that
 * fits the packet goes on naming it. Fails: ERR_MEMORY, ERR_CANCELLED. */
bool jpeg_blocks_join(const JpegBlocks *blocks, Err *err);
void jpeg_blocks_term(JpegBlocks *blocks);

/* Before jpeg_start_compress. */
void jpeg_blocks_put_density(j_compress_ptr cinfo, const Meta *meta);
/* Divide the XMP packet if it does not fit into a segment; else *parts stays empty.
 * NULL meta is fine. Fails: ERR_MEMORY, ERR_CANCELLED. */
bool jpeg_blocks_divide(const Meta *meta, XmpParts *parts, Cancel *cancel, Err *err);
/* PNG's texts that become comments, as Meta has them; meta_drop. One that does not fit
 * is left out and noted. NULL meta is fine. Fails: ERR_MEMORY, ERR_CANCELLED. */
bool jpeg_blocks_take_texts(const Meta *meta, Block *comments, Notes *notes,
                            Cancel *cancel, Err *err);
/* After jpeg_start_compress, before the first row. A block that does not fit is left
 * out and noted. */
void jpeg_blocks_put(j_compress_ptr cinfo, const Meta *meta, const XmpParts *parts,
                     const Block *texts, Notes *notes);

#endif
