/* tiff_errors — libtiff's messages and its file.
 *
 * libtiff cannot be left by a jump: it goes on after most complaints, also after those
 * that cost pixels. So what it says is kept, and tiff_errors_check tells whether a call
 * that claims success really had it. Handlers belong to one handle; libtiff's own,
 * which print, are never reached.
 * Threads: one at a time; different handles are independent.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_TIFF_TIFF_ERRORS_H
#define LUTIST_IMAGE_TIFF_TIFF_ERRORS_H

#include <stdio.h>

#include <tiffio.h>

#include "base/err.h"

/* Which complaints count beside a call's failure. */
typedef enum TiffStage {
    TIFF_HEADER, /* those about a tag that decides how pixels look */
    TIFF_PIXELS, /* all, but for oddities that leave every pixel as it was meant */
    TIFF_OUTPUT, /* errors */
} TiffStage;

typedef struct TiffErrors {
    FILE *file;      /* the caller's, seekable */
    TiffStage stage; /* the caller's to set */
    bool cut;        /* bytes were wanted that the file does not have */
    bool failed;     /* `text` counts whatever the call returns */
    char text[256];  /* one line */
} TiffErrors;

/* libtiff on errors->file; `mode` as TIFFOpen takes it. NULL is a failure that
 * tiff_errors_check explains. `errors` must outlive it. */
TIFF *tiff_errors_open(TiffErrors *errors, const char *mode);
/* Was it all done? `done` is what libtiff said. False: *err says why not. */
bool tiff_errors_check(const TiffErrors *errors, bool done, Err *err);

#endif
