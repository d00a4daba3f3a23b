/* png_text — PNG's texts: tEXt, zTXt and iTXt, and iCCP, which is packed alike.
 *
 * A text goes from PNG to PNG as its chunk, without being inflated; one named Comment
 * goes to JPEG, too. XMP is a text, too.
 * ImageMagick and others keep EXIF, IPTC, XMP and ICC data as hex digits in texts named
 * "Raw profile type …"; these are read as such data.
 * Threads: pure.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_PNG_PNG_TEXT_H
#define LUTIST_IMAGE_PNG_PNG_TEXT_H

#include "image/codec/source.h"
#include "image/meta/meta.h"

extern const char PNG_TEXT_XMP[]; /* the keywords */
extern const char PNG_TEXT_IPTC[];
extern const char PNG_TEXT_COMMENT[];

/* `chunk` runs from its length to its checksum, with `size` bytes of data. *bytes
 * counts the memory of the file's metadata. Fails: ERR_FILE above the limit,
 * ERR_MEMORY, ERR_CANCELLED. */
bool png_text_take(const Source *source, Meta *meta, const uint8_t *chunk,
                   uint32_t size, uint64_t *bytes, Err *err);
/* The same for a chunk iCCP, which has the form of zTXt: its profile goes before one of
 * the texts. One that cannot be inflated is noted and left out. */
bool png_text_take_profile(const Source *source, Meta *meta, const uint8_t *chunk,
                           uint32_t size, uint64_t *bytes, Err *err);
/* Append the texts named Comment to `comments` (as Meta has them), as UTF-8. One of
 * more than `most` bytes is noted and left out. Fails: ERR_MEMORY, ERR_CANCELLED. */
bool png_text_comments(Block texts, size_t most, Block *comments, Notes *notes,
                       Cancel *cancel, Err *err);

#endif
