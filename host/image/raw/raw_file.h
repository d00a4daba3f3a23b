/* raw_file — a camera's raw file that is open in LibRaw.
 *
 * It is developed with the camera's white balance, to 16 bits of sRGB, without a change
 * of brightness that would differ from picture to picture, and turned upright.
 * Threads: one at a time for each file.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_RAW_RAW_FILE_H
#define LUTIST_IMAGE_RAW_RAW_FILE_H

#include "image/codec/source.h"
#include "image/raw/libraw_library.h"

typedef struct RawFile {
    const Source *source;
    const LibrawLibrary *lib;
    libraw_data_t *raw; /* owned */
    int errors;         /* places where LibRaw found damaged data, or none */
} RawFile;

/* `half`: a pixel for four of the sensor's. `file` stays where it is, since LibRaw
 * knows its address. Fails: ERR_FILE, ERR_MEMORY, ERR_CANCELLED. */
bool raw_file_open(RawFile *file, const Source *source, const LibrawLibrary *lib,
                   bool half, Err *err);
void raw_file_close(RawFile *file); /* zeros are fine */

/* With the picture's size in sizes.iwidth and iheight; no pixels are read, and `file`
 * can give none afterwards. */
bool raw_file_measure(RawFile *file, Err *err);
/* The developed picture; libraw_dcraw_clear_mem frees it. NULL: as raw_file_open. */
libraw_processed_image_t *raw_file_develop(RawFile *file, Err *err);

#endif
