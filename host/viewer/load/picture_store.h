/* picture_store — decoded pictures at hand, so that a step to one of them shows it at
 * once.
 *
 * A picture belongs to the file's state in which it was read. All together take no
 * more than the budget. One that goes for another leaves a rough one, which is small.
 * Threads: any; a lock of its own is held for a few instructions, and no other is taken
 *          meanwhile. Freeing a picture takes long: one that goes waits in `leaving`
 * for picture_store_sweep.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_LOAD_PICTURE_STORE_H
#define LUTIST_VIEWER_LOAD_PICTURE_STORE_H

#include <pthread.h>

#include "base/watch/watch_files.h"
#include "viewer/picture/pyramid.h"

enum { PICTURE_STORE_MOST = 3 };

typedef struct KeptPicture {
    char *path; /* owned */
    FileStamp stamp;
    /* references; one of them at most; none: the file cannot be read */
    Pyramid *pyramid; /* the full picture */
    Pyramid *rough;
} KeptPicture;

typedef struct PictureStore {
    uint64_t budget; /* bytes; immutable */
    pthread_mutex_t lock;
    /* guarded by lock */
    KeptPicture kept[PICTURE_STORE_MOST];
    int count;
    Pyramid **leaving; /* owned; references */
    int n_leaving;
} PictureStore;

void picture_store_init(PictureStore *store, uint64_t budget);
void picture_store_term(PictureStore *store);

/* The picture of the file in this state; a new reference. NULL: it is not kept, or
 * `known` is set: it cannot be read. */
Pyramid *picture_store_find(PictureStore *store, const char *path, FileStamp stamp,
                            bool *known);
/* A rough picture in its place; a new reference; NULL: there is none. */
Pyramid *picture_store_find_rough(PictureStore *store, const char *path,
                                  FileStamp stamp);
/* Keep the pictures of these paths alone. */
void picture_store_only(PictureStore *store, char *const *paths, int count);
/* Does a picture of this layout fit beside those that are kept, or held by others?
 * Kept ones that nobody else holds go for it, but for those of these paths. */
bool picture_store_make_room(PictureStore *store, ImageInfo info, char *const *paths,
                             int count);
/* A leaving picture of this layout that nobody else holds, as memory for another; the
 * caller's. NULL: there is none. */
Pyramid *picture_store_take_spare(PictureStore *store, ImageInfo info);
/* Keep a picture, full or rough, for which there is a place, in the place of one of the
 * same path. Takes a reference. */
void picture_store_keep(PictureStore *store, const char *path, FileStamp stamp,
                        Pyramid *pyramid);
/* Free the leaving pictures that nobody else holds. False: there are none any more. */
bool picture_store_sweep(PictureStore *store);

/* Bytes of a picture in all its sizes. */
uint64_t picture_store_bytes(ImageInfo info);

#endif
