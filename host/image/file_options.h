/* file_options — how an image file is read and written.
 *
 * Zeros are the defaults.
 * Threads: immutable while a file is read or written.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_FILE_OPTIONS_H
#define LUTIST_IMAGE_FILE_OPTIONS_H

#include <stdint.h>
#include <stdio.h>

#include "base/file/outfile.h"
#include "base/thread/cancel.h"
#include "base/thread/spare_threads.h"
#include "image/codec/notes.h"
#include "image/pack_options.h"

typedef struct ReadOptions {
    uint64_t max_pixels;   /* 0: the default, 268,435,456 (a 268-megapixel image) */
    uint64_t max_metadata; /* bytes; 0: the default, 64 MiB */
    Cancel *cancel;        /* set: reading fails with ERR_CANCELLED; may be NULL */
    bool raw_half;         /* raw files: a pixel for four of the sensor's */
    bool lenient;          /* lost pixels are noted; without it they are an error */
    Notes *notes;          /* starts zeroed; NULL: notes go to the log */
    FILE *file;            /* open, read instead of the path, which is then only its
                              name; the caller's; NULL: none */
} ReadOptions;

/* What a file is written without. */
typedef enum Strip {
    STRIP_NOTHING,
    STRIP_METADATA, /* EXIF, XMP, IPTC, texts, comments, GeoTIFF, resolution; what
                       tells the colours stays */
    STRIP_ALL,      /* the ICC profile and what declares a colour space, too */
} Strip;

typedef struct SaveOptions {
    const char *format; /* "jpeg", "png", …; NULL: by the path's extension */
    int quality;        /* of JPEG, WebP, JPEG XL: 1 to 100; 0: the default, 92;
                           QUALITY_KEEP */
    bool lossless;      /* WebP, JPEG XL: every sample is kept; an error for JPEG */
    Cancel *cancel;     /* set: writing may fail with ERR_CANCELLED; may be NULL */
    Notes *notes;       /* starts zeroed; NULL: notes go to the log */
    Strip strip;
    PackOptions pack;
    bool overwrite;         /* replace an existing file */
    Folder *folder;         /* the path's folder; NULL: opened by the path */
    outfile_guard_fn guard; /* asked before a file is replaced; may be NULL */
    void *context;          /* the guard's */
    TempList *temps;        /* as in OutfileRules */
    SpareThreads *spare;    /* that help to pack pixels; NULL: none */
} SaveOptions;

#endif
