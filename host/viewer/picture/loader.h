/* loader — the load thread: reads the wanted image, off the UI thread.
 *
 * Only the newest request counts: it cancels the reading of an older one, and an older
 * one that waits is not begun.
 * Threads: every function from the UI thread.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_PICTURE_LOADER_H
#define LUTIST_VIEWER_PICTURE_LOADER_H

#include <stdint.h>

#include "base/thread/dispatch.h"
#include "image/file_options.h"
#include "image/image.h"

typedef struct Loader Loader;

typedef struct Loaded {
    uint64_t number; /* the number that loader_want returned */
    Image *image;    /* NULL: it could not be loaded; `take` may move it out */
    Err err;         /* why it could not be loaded */
} Loaded;

typedef struct LoaderConfig {
    const ReadOptions *read;                     /* the limits; copied */
    Dispatch *ui;                                /* borrowed */
    void (*take)(void *context, Loaded *loaded); /* on the UI thread */
    void *context;
} LoaderConfig;

/* Starts the thread. Relative paths count from the folder that is current now, even if
 * a script changes it later. Fails: ERR_ENV. */
Loader *loader_start(const LoaderConfig *config, Err *err);
/* Cancels the reading and ends the thread. Nobody may process `ui` any more. NULL is
 * fine. */
void loader_stop(Loader *loader);

uint64_t loader_want(Loader *loader, const char *path);

#endif
