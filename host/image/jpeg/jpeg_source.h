/* jpeg_source — the bytes of a JPEG file for libjpeg, and the meaning of its warnings.
 *
 * A file that ends early gets the missing end marker. If libjpeg needs more than that,
 * it warns and fills up with gray. Every warning that means lost or invented pixels is
 * an error here; a lenient source takes a note instead.
 * Threads: one at a time.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_JPEG_JPEG_SOURCE_H
#define LUTIST_IMAGE_JPEG_JPEG_SOURCE_H

#include "image/codec/source.h"
#include "image/jpeg/jpeg_errors.h"

enum { JPEG_SOURCE_BYTES = 64 * 1024 };

typedef struct JpegSource {
    struct jpeg_source_mgr manager; /* first: libjpeg hands it back */
    const Source *source;
    uint64_t end; /* the file offset behind the buffer's bytes */
    bool ended;   /* the file ended without an end marker */
    JOCTET buffer[JPEG_SOURCE_BYTES];
} JpegSource;

/* After jpeg_create_decompress, with a JpegErrors in cinfo->err, inside its
 * codec_error_run. The file is at its start. Everything must outlive the codec. */
void jpeg_source_init(JpegSource *jpeg, j_decompress_ptr cinfo, const Source *source);

/* The next bytes of the file, for a marker's processor; throws where there are none. */
void jpeg_source_read(j_decompress_ptr cinfo, uint8_t *bytes, size_t size);
void jpeg_source_skip(j_decompress_ptr cinfo, size_t size);
/* Throws once the cancel is set. */
void jpeg_source_check_cancel(j_decompress_ptr cinfo);

#endif
