/* loader — the load thread: reads the image that is wanted, off the UI thread.
 *
 * Only the newest wish counts: when the user leafs on while a file is being read, its
 * result is dropped.
 * Threads: every function from the UI thread.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_PICTURE_LOADER_H
#define LUTIST_VIEWER_PICTURE_LOADER_H

#include <stdint.h>

#include "image/image.h"
#include "viewer/picture/wake.h"

typedef struct Loader Loader;

typedef struct Loaded {
    uint64_t wish; /* what loader_want returned */
    Image *image;  /* NULL: it could not be loaded */
    Err err;       /* then says why */
    double ms;     /* wall time it took */
} Loaded;

void loaded_free(Loaded *loaded); /* NULL is fine */

/* Starts the thread. `wake` is called after each result. Paths are taken from the
 * folder that is current now, wherever a script goes later; the limits of `read` count.
 * Fails: ERR_ENV. */
Loader *loader_start(const ReadOptions *read, Wake wake, Err *err);
/* Drops the file that is being read. NULL is fine. */
void loader_stop(Loader *loader);

uint64_t loader_want(Loader *loader, const char *path);
/* The newest result, or NULL; loaded_free. Never waits. */
Loaded *loader_poll(Loader *loader);
/* The same, but waits for one. */
Loaded *loader_wait(Loader *loader);

#endif
