/* png_trap — libpng's errors and its file, on top of a trap.
 *
 * Threads: one at a time.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_PNG_TRAP_H
#define LUTIST_IMAGE_PNG_TRAP_H

#include <stdio.h>

#include <png.h>

#include "image/source.h"
#include "image/trap.h"

typedef struct PngTrap {
    Trap trap;
    FILE *file;           /* what libpng reads or writes */
    const Source *source; /* while reading; NULL: writing */
    Cancel *cancel;       /* set: libpng's next read or write throws; may be NULL */
    bool ended;           /* the file did, before libpng had all it wanted */
} PngTrap;

/* Callbacks for png_create_*_struct, with a PngTrap as the error pointer. */
_Noreturn void png_trap_error(png_structp png, png_const_charp text);
void png_trap_warning(png_structp png, png_const_charp text);
/* Callbacks for png_set_*_fn, with a PngTrap as the io pointer. */
void png_trap_read(png_structp png, png_bytep data, size_t size);
void png_trap_write(png_structp png, png_bytep data, size_t size);
void png_trap_flush(png_structp png);

#endif
