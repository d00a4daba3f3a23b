/* read_ahead — reads a picture that will be wanted next, while the window is at rest:
 * first a rough one, where the full one takes long or more memory than there is.
 *
 * A file that cannot be read is remembered: it is not tried again before it changes.
 * Threads: that which reads in advance. Of a low priority, it frees no pictures.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_LOAD_READ_AHEAD_H
#define LUTIST_VIEWER_LOAD_READ_AHEAD_H

#include "base/thread/cancel.h"
#include "image/file_options.h"
#include "viewer/load/picture_store.h"
#include "viewer/load/quiet.h"

typedef struct ReadAhead {
    /* all borrowed */
    PictureStore *store;
    const ReadOptions *options; /* but for its cancel */
    Quiet *quiet;
    Cancel *cancel;
    Cancel *hurry;    /* the reading waits for no rest */
    atomic_int *done; /* rows of the full one, of 1000 */
    /* Pictures go that are wanted later: is there room for one of `info`? */
    bool (*make_room)(void *context, ImageInfo info);
    void (*sweep)(void *context); /* those that leave are to be freed */
    /* Keep a full or a rough picture; NULL: it cannot be read. */
    void (*keep)(void *context, const char *path, FileStamp stamp, Pyramid *pyramid);
    void *context; /* of the three */
} ReadAhead;

void read_ahead(const ReadAhead *ahead, const char *path);

#endif
