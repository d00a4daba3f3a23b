/* picture_read — reads a picture in all its sizes, into memory or into temporary files.
 *
 * Threads: the caller's.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_LOAD_PICTURE_READ_H
#define LUTIST_VIEWER_LOAD_PICTURE_READ_H

#include "image/file_options.h"
#include "viewer/load/disk_picture.h"

/* A picture that takes more than how->memory is read as disk_picture_read does; the
 * options' cancel is how->cancel. Fails: as that, or reader_open. */
Pyramid *picture_read(const char *path, const ReadOptions *options,
                      const DiskReading *how, Err *err);

#endif
