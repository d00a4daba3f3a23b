/* picture_read — reads a picture in all its sizes, into memory or into temporary files.
 *
 * Threads: the caller's.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_LOAD_PICTURE_READ_H
#define LUTIST_VIEWER_LOAD_PICTURE_READ_H

#include "image/file_options.h"
#include "viewer/load/picture_bands.h"

typedef struct PictureReading {
    const ReadOptions *options; /* its cancel is that of `bands`, too */
    /* Does it fit into memory beside the others? *spare may become memory for it, as
     * that of `bands`; picture_read takes it over. `context` as in `bands`. */
    bool (*fits)(void *context, ImageInfo info, Pyramid **spare);
    bool optional; /* one that does not is not read */
    /* `disk` and `spare` are not used; `memory` is that for all pictures */
    BandReading bands;
} PictureReading;

/* A picture that does not fit goes into files. Where they cannot be made, one that fits
 * alone takes its memory beside the others: better than no picture. Fails: as
 * picture_bands_read or reader_open; ERR_MEMORY for an optional one. */
Pyramid *picture_read(const char *path, const PictureReading *how, Err *err);

#endif
