/* loader — the load threads: one reads the wanted image, one those that will be wanted
 * next.
 *
 * Of several requests that wait only the newest counts. A newer one cancels the reading
 * of an older one, unless the last picture was delivered long ago: leafing fast shows
 * pictures, not only its end. When the wanted image is there, the expected ones are
 * read at a low priority, within a budget of memory, while the window is at rest.
 * Of a large one a rough picture is read first, and kept where the full one must go for
 * another. A picture that does not fit beside the others is read into temporary files.
 * Threads: every function from the UI thread.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_LOAD_LOADER_H
#define LUTIST_VIEWER_LOAD_LOADER_H

#include <stdint.h>

#include "base/thread/dispatch.h"
#include "base/watch/watch_files.h"
#include "image/file_options.h"
#include "viewer/color/picture_colors.h"
#include "viewer/picture/pyramid.h"

typedef struct Loader Loader;

typedef struct Loaded {
    uint64_t number;      /* the number that loader_want returned */
    char *path;           /* as it was wanted; owned; `take` may move out all that is */
    Pyramid *pyramid;     /* NULL: it could not be loaded */
    PictureColors colors; /* of the picture */
    FileStamp stamp;      /* of the file, from before it was read */
    bool at_hand;         /* it, rough or not, had been read before it was wanted */
    Err err;              /* why it could not be loaded */
} Loaded;

typedef struct LoaderConfig {
    const ReadOptions *read; /* the limits; copied */
    const ColorTarget
        *display;    /* borrowed until stop; NULL: the display's own colours */
    Pool *pool;      /* borrowed; may be NULL */
    uint64_t memory; /* bytes for all of the viewer; 0: a quarter of what is free */
    bool starting;   /* until loader_go_on the processors have other work to do */
    Dispatch *ui;    /* borrowed */
    void (*take)(void *context, Loaded *loaded); /* on the UI thread */
    void *context;
} LoaderConfig;

/* Starts the threads. Relative paths count from the folder that is current now, even if
 * a script changes it later. Fails: ERR_ENV. */
Loader *loader_start(const LoaderConfig *config, Err *err);
/* Cancels the reading and ends the threads. Nobody may process `ui` any more. NULL is
 * fine. */
void loader_stop(Loader *loader);

/* The program has started: a picture is on the screen. A large file is decoded beside
 * its rough picture from then on; until then after it. */
void loader_go_on(Loader *loader);

/* Numbers grow. A file that cannot be read is answered too. A large file may have two
 * answers: a rough picture, and then the full one. `complete`: no rough one, because
 * the file may still be being written. */
uint64_t loader_want(Loader *loader, const char *path, bool complete);
/* Has the file in work been opened, and is it a large picture, which takes a while?
 * Not known of one that is at hand, or wanted complete. */
bool loader_is_large(const Loader *loader);
/* How far the reading of a picture that is larger than memory is, in per cent; 0: it is
 * not, or it has just begun. */
int loader_progress(Loader *loader);
/* The same of the file that is being read in advance; 0: none is. Any thread. */
int loader_advanced(Loader *loader);
/* Bytes for all of the viewer: as configured, or what that stands for. */
uint64_t loader_memory(const Loader *loader);
/* The files that will be wanted next, the likeliest first: two at most. */
void loader_expect(Loader *loader, const char *const *paths, int count);
/* The display's ICC profile is this one; empty: it has none. True: it was another one,
 * and pictures have their new colours when they are wanted again. */
bool loader_use_profile(Loader *loader, const Block *icc);
/* The window is in use: reading in advance waits until it has been at rest for a
 * moment. */
void loader_put_off(Loader *loader);

#endif
