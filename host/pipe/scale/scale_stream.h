/* scale_stream — a picture made smaller while its rows come.
 *
 * The same resampling as scale.h: the Catmull-Rom cubic, stretched over the source
 * pixels that an output pixel stands for. Only as many rows are held as one output row
 * needs. In linear light the samples are decoded by sRGB's curve before, to 16 bits,
 * and encoded again after.
 * Threads: one at a time.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_SCALE_SCALE_STREAM_H
#define LUTIST_PIPE_SCALE_SCALE_STREAM_H

#include "image/image.h"

typedef struct ScaleStream ScaleStream;

/* Takes the output rows that are complete, packed to `stride` bytes. */
typedef bool (*scale_put_fn)(void *context, const uint8_t *rows, size_t stride,
                             int count, Err *err);

/* From rows like `in` to a picture like `out`: no side is longer, channels and depth
 * are the same. Fails: ERR_MEMORY. */
ScaleStream *scale_stream_new(ImageInfo in, ImageInfo out, bool linear, Err *err);
void scale_stream_free(ScaleStream *stream); /* NULL is fine */
/* The bytes that it takes. */
uint64_t scale_stream_memory(ImageInfo in, ImageInfo out, bool linear);
/* The next `count` source rows; `put` gets the output rows that they complete. Fails:
 * as `put`. */
bool scale_stream_push(ScaleStream *stream, const uint8_t *rows, size_t stride,
                       int count, scale_put_fn put, void *context, Err *err);

#endif
