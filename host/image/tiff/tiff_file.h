/* tiff_file — libtiff on an open file, and its complaints.
 *
 * libtiff goes on after most of its complaints, also after those that cost pixels. So
 * the complaints are kept, and tiff_file_check tells whether a call that claims success
 * had it. Handlers belong to one handle; libtiff's own, which print, are never reached.
 * Threads: one at a time; different handles are independent.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_TIFF_TIFF_FILE_H
#define LUTIST_IMAGE_TIFF_TIFF_FILE_H

#include <stdio.h>

#include "image/tiff/tiff_library.h"

/* Which complaints count beside a call's failure. */
typedef enum TiffStage {
    TIFF_HEADER, /* those about a tag that decides the meaning of pixels */
    TIFF_PIXELS, /* all but oddities that change no pixel */
    TIFF_OUTPUT, /* errors */
} TiffStage;

typedef struct TiffFile {
    const TiffLibrary *lib;
    TIFF *handle;    /* lib's; NULL: not open */
    FILE *stream;    /* the caller's, seekable */
    TiffStage stage; /* the caller's to set */
    bool cut;        /* bytes were wanted that the file does not have */
    bool failed;     /* `text` counts whatever the call returns */
    char text[256];  /* one line */
} TiffFile;

/* libtiff on `stream`; `access` is TIFFOpen's mode. `file` stays where it is until it
 * is closed. Fails: ERR_FILE, ERR_MEMORY. */
bool tiff_file_open(TiffFile *file, FILE *stream, TiffStage stage, const char *access,
                    Err *err);
/* Zeroed or half open is fine. The stream stays open. */
void tiff_file_close(TiffFile *file);
/* Was it all done? `done` is what libtiff said. False: *err says why not. */
bool tiff_file_check(const TiffFile *file, bool done, Err *err);

#endif
