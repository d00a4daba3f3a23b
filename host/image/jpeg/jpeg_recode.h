/* jpeg_recode — a JPEG file decoded and encoded by libjpeg alone, as its manual has it:
 * what a batch of JPEG files cannot be faster than, unless it does better.
 *
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_JPEG_JPEG_RECODE_H
#define LUTIST_IMAGE_JPEG_JPEG_RECODE_H

#include <stdio.h>

#include "base/err.h"

/* From one file to the other, with lutist's default quality and without metadata.
 * Fails: ERR_FILE: it is no JPEG file, has inks, or is damaged. */
bool jpeg_recode(FILE *from, FILE *to, Err *err);

#endif
