/* picture_bands — reads a picture band by band, with all its halved sizes.
 *
 * The halved sizes follow each band of rows while it is in the cache, so the pixels are
 * gone through once. A picture that is larger than the memory for it goes into
 * temporary files; what there is of it so far can be shown meanwhile.
 * Threads: one at a time for each reader.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_LOAD_PICTURE_BANDS_H
#define LUTIST_VIEWER_LOAD_PICTURE_BANDS_H

#include "image/reader.h"
#include "viewer/picture/pyramid.h"

typedef struct BandReading {
    bool disk;       /* into temporary files */
    uint64_t memory; /* then: what the decoder may hold */
    Pool *pool;      /* may be NULL */
    Cancel *cancel;
    atomic_int *done; /* becomes the finished rows, of 1000; NULL: nobody asks */
    /* Takes over a rough one whose lower part is black, each time another eighth of the
     * rows is there. NULL: nobody wants it. */
    void (*take)(void *context, Pyramid *rough);
    /* Called between bands, which are small then: it returns when the reading may go
     * on. NULL: it always may. */
    void (*pause)(void *context);
    void *context; /* of both */
    /* Memory for the picture: one of its layout that nobody else holds; its images are
     * taken out. NULL: none. */
    Pyramid *spare;
} BandReading;

/* The picture of a reader of which nothing has been read. Fails: as reader_read and
 * disk_image_or_memory; ERR_FILE where the decoder needs more memory. */
Pyramid *picture_bands_read(Reader *reader, const char *path, const BandReading *how,
                            Err *err);

#endif
