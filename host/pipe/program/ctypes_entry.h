/* ctypes_entry — every third sample of an image, for a thread of its own: what the mode
 * ctypes calls. Three calls with the parts 0, 1 and 2 make an image.
 *
 * Exported from the program under its name, since ctypes finds it by that.
 * Threads: the three parts of one image may run at once.
 * Python:  unaware; ctypes lets go of the GIL around the call.
 */
#ifndef LUTIST_PIPE_PROGRAM_CTYPES_ENTRY_H
#define LUTIST_PIPE_PROGRAM_CTYPES_ENTRY_H

#include "pipe/program/compile.h"

/* Part 0, 1 or 2 of `rows` rows of `width` pixels with `channels` samples each.
 *
 * Where a program has tables and the result has colours, a part is a channel: red,
 * green or blue. Else it is the pixels part, part + 3, part + 6 … of each row. src and
 * dst are equal, and hold what is to be mapped, unless gray becomes RGB; then they do
 * not overlap, and part 0 copies alpha, too. */
__attribute__((visibility("default"))) void
lutist_map_third(const Program *program, int part, int channels, int width, int rows,
                 const uint8_t *src, size_t src_stride, uint8_t *dst,
                 size_t dst_stride);

#endif
