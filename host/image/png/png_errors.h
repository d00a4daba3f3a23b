/* png_errors — libpng's errors, thrown as a CodecError, and its file.
 *
 * Threads: one at a time.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_PNG_PNG_ERRORS_H
#define LUTIST_IMAGE_PNG_PNG_ERRORS_H

#include <stdio.h>

#include <png.h>

#include "image/codec/codec_error.h"
#include "image/codec/source.h"

typedef struct PngErrors {
    CodecError error;
    FILE *file;           /* what libpng reads or writes */
    const Source *source; /* while reading; NULL: writing */
    Cancel *cancel;       /* set: libpng's next read or write throws; may be NULL */
    bool ended;           /* the file ended before libpng had all its bytes */
    bool starved;         /* libpng left something out for want of memory */
} PngErrors;

/* codec_error_run; what libpng had no memory for is a failure, too (ERR_MEMORY). */
bool png_errors_run(PngErrors *errors, codec_error_fn step, void *state, Err *err);

/* Callbacks for png_create_*_struct, with a PngErrors as the error pointer. */
_Noreturn void png_errors_error(png_structp png, png_const_charp text);
void png_errors_warning(png_structp png, png_const_charp text);
/* Callbacks for png_set_*_fn, with a PngErrors as the io pointer. */
void png_errors_read(png_structp png, png_bytep data, size_t size);
void png_errors_write(png_structp png, png_bytep data, size_t size);
void png_errors_flush(png_structp png);

#endif
