/* picture_store — decoded pictures at hand, so that a step to one of them shows it at
 * once.
 *
 * A picture belongs to the file's state in which it was read. All that are kept take no
 * more than the budget; one that is on the screen may take more.
 * Threads: a value; its owner's lock guards it. Freeing a picture takes long, so it is
 *          done outside: a picture that goes waits in `leaving`.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_LOAD_PICTURE_STORE_H
#define LUTIST_VIEWER_LOAD_PICTURE_STORE_H

#include "base/watch/watch_files.h"
#include "viewer/picture/pyramid.h"

enum { PICTURE_STORE_MOST = 3 };

typedef struct KeptPicture {
    char *path; /* owned */
    FileStamp stamp;
    Pyramid *pyramid; /* a reference; NULL: it cannot be read */
} KeptPicture;

typedef struct PictureStore {
    uint64_t budget; /* bytes */
    KeptPicture kept[PICTURE_STORE_MOST];
    int count;
    Pyramid **leaving; /* owned; references */
    int n_leaving;
} PictureStore;

/* The picture of the file in this state; borrowed. NULL: it is not kept, or `known` is
 * set: it cannot be read. */
Pyramid *picture_store_find(const PictureStore *store, const char *path,
                            FileStamp stamp, bool *known);
/* Keep the pictures of these paths alone. */
void picture_store_only(PictureStore *store, char *const *paths, int count);
/* Would a picture of this layout fit beside those that are kept? */
bool picture_store_has_room(const PictureStore *store, ImageInfo info);
/* Keep a picture, for which there is a place, in the place of one of the same path.
 * Takes a reference. */
void picture_store_keep(PictureStore *store, const char *path, FileStamp stamp,
                        Pyramid *pyramid);
/* Take a leaving picture that nobody else holds, to be freed. NULL: there is none. */
Pyramid *picture_store_take_leaving(PictureStore *store);
void picture_store_term(PictureStore *store);

/* Bytes of a picture in all its sizes. */
uint64_t picture_store_bytes(ImageInfo info);

#endif
