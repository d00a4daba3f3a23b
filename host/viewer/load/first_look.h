/* first_look — a rough picture of a large file, on a thread of its own beside the one
 * that decodes the file.
 *
 * It comes from the decoder's own smaller size, or from a few rows of a file that is
 * not compressed, so it has the same shape and the same colours as the full picture,
 * which takes its place without a jump. A progressive file gives a better one with each
 * scan.
 * Threads: begin and end on one thread; `take` is called on the other, before end
 *          returns.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_LOAD_FIRST_LOOK_H
#define LUTIST_VIEWER_LOAD_FIRST_LOOK_H

#include <stdatomic.h>

#include "image/file_options.h"
#include "viewer/picture/pyramid.h"

typedef struct FirstLook FirstLook;

/* Takes over the reference. NULL: there is no rough picture. */
typedef void first_look_fn(void *context, Pyramid *rough);

/* `path` and `options` are borrowed until the end; its cancel is not used. A decoder
 * that holds more than `memory` uses the disk, and a picture of more than a fourth of
 * it is not made. *large becomes whether the file can be opened and is not small. After
 * that `take` is called once, and again for each better picture. NULL: no thread can be
 * started. */
FirstLook *first_look_begin(const char *path, const ReadOptions *options,
                            uint64_t memory, atomic_bool *large, first_look_fn *take,
                            void *context);
/* Stop it if it is at work. NULL is fine. */
void first_look_end(FirstLook *first);

/* One in advance, on the calling thread: the first that there is of a file whose full
 * picture takes long, or more than half of the memory. `pause` is called every few
 * milliseconds. NULL: there is none. */
Pyramid *first_look_ahead(const char *path, const ReadOptions *options, uint64_t memory,
                          void (*pause)(void *context), void *context);

/* The same as first_look_begin on the calling thread. There is none where the file is
 * small, has none, or cannot be read. */
void first_look_read(const char *path, const ReadOptions *options, uint64_t memory,
                     atomic_bool *large, first_look_fn *take, void *context);

#endif
