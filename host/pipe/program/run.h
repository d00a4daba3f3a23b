/* run — a program applied to pixels.
 *
 * Threads: any; tiles of one run_image go to the pool.
 * Python:  unaware; call with the GIL released.
 */
#ifndef LUTIST_PIPE_PROGRAM_RUN_H
#define LUTIST_PIPE_PROGRAM_RUN_H

#include "base/thread/pool.h"
#include "image/image.h"
#include "pipe/program/program.h"

/* `count` rows of `width` pixels from src to dst in the calling thread. `in` describes
 * src; dst has the channels of program_output(in). src and dst do not overlap. */
void run_rows(const Program *program, ImageInfo in, const uint8_t *src,
              size_t src_stride, uint8_t *dst, size_t dst_stride, int count);

/* The whole of src into dst, whose info must be program_output(src). False: cancelled,
 * dst is then partly written. */
bool run_image(const Program *program, const Image *src, Image *dst, Pool *pool,
               Cancel *cancel);

/* The same into a new image that carries src's meta, in the memory of *spare (see
 * image_reuse); for the identity another reference to src, and *spare stays. Fails:
 * ERR_MEMORY, ERR_CANCELLED. */
Image *run_new(const Program *program, Image *src, Image **spare, Pool *pool,
               Cancel *cancel, Err *err);

#endif
