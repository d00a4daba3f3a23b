/* ctypes_entry — a third of an image's samples, mapped by a call from the mode ctypes.
 * Three calls, with the parts 0, 1 and 2, map an image.
 *
 * Exported from the program, because ctypes finds it by name.
 * Threads: the three parts of one image may run at once.
 * Python:  unaware; ctypes lets go of the GIL around the call.
 */
#ifndef LUTIST_PIPE_PROGRAM_CTYPES_ENTRY_H
#define LUTIST_PIPE_PROGRAM_CTYPES_ENTRY_H

#include "pipe/program/program.h"

/* Map part 0, 1 or 2 of `rows` rows of `width` pixels with `channels` samples each.
 *
 * If the program has tables and the result is a colour image, a part is a channel: red,
 * green or blue. Otherwise it is the pixels part, part + 3, part + 6 … of each row. src
 * and dst are the same memory, which holds the input, unless gray becomes RGB; then
 * they do not overlap, and part 0 also copies alpha. */
__attribute__((visibility("default"))) void
lutist_map_third(const Program *program, int part, int channels, int width, int rows,
                 const uint8_t *src, size_t src_stride, uint8_t *dst,
                 size_t dst_stride);

#endif
