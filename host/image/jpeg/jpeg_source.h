/* jpeg_source — a JPEG file as libjpeg reads it, and what its warnings mean.
 *
 * A file that ends early gets the end marker that it lacks. Where libjpeg wanted more
 * than that, it warns, and every warning that means lost or invented pixels is an error
 * here: libjpeg itself would go on and fill up with gray. A lenient source lets it, and
 * takes a note.
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
    uint64_t end; /* the place in the file where the buffer's bytes end */
    bool ended;   /* the file did, without an end marker */
    JOCTET buffer[JPEG_SOURCE_BYTES];
} JpegSource;

/* After jpeg_create_decompress, with a JpegErrors in cinfo->err, inside its
 * codec_error_run. The file is at its start. Everything must outlive the codec. */
void jpeg_source_init(JpegSource *jpeg, j_decompress_ptr cinfo, const Source *source);

/* The next bytes of the file, for a marker's processor; throws where there are none. */
void jpeg_source_read(j_decompress_ptr cinfo, uint8_t *bytes, size_t size);
void jpeg_source_skip(j_decompress_ptr cinfo, size_t size);
/* Throws where somebody wants to stop. */
void jpeg_source_check_cancel(j_decompress_ptr cinfo);

#endif
