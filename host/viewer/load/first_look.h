/* first_look — a rough picture of a large file, on a thread of its own beside the one
 * that decodes the file.
 *
 * It comes from the decoder's own smaller size, so it has the same shape and the same
 * colours as the full picture, which takes its place without a jump.
 * Threads: begin and end on one thread; `take` is called on the other, before end
 *          returns.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_LOAD_FIRST_LOOK_H
#define LUTIST_VIEWER_LOAD_FIRST_LOOK_H

#include "image/file_options.h"
#include "viewer/picture/pyramid.h"

typedef struct FirstLook FirstLook;

/* `path` and `options` are borrowed until the end; its cancel is not used. A decoder
 * that holds more than `memory` uses the disk. `take` is called
 * once and takes over the reference; with NULL there is no rough picture. NULL: no
 * thread can be started, which is no loss. */
FirstLook *first_look_begin(const char *path, const ReadOptions *options,
                            uint64_t memory,
                            void (*take)(void *context, Pyramid *rough), void *context);
/* Stop it if it is at work. NULL is fine. */
void first_look_end(FirstLook *first);

/* A rough picture. NULL: the file is small, has none, or cannot be read. */
Pyramid *first_look_read(const char *path, const ReadOptions *options, uint64_t memory);

#endif
