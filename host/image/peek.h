/* peek — an image's width and height from its header, without its codec.
 *
 * SDL2_image decodes as soon as it opens. These look first, so that a file that claims
 * a terapixel is turned away before anything is allocated for it. They trust nothing:
 * a wrong size only means that SDL2_image's own answer is checked afterwards.
 * Threads: pure; the file belongs to the caller and its position moves.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_PEEK_H
#define LUTIST_IMAGE_PEEK_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* size[0] is the width, size[1] the height. False: no such header. */
bool peek_bmp(FILE *file, uint32_t size[2]);
bool peek_pcx(FILE *file, uint32_t size[2]);
bool peek_pnm(FILE *file, uint32_t size[2]);
bool peek_qoi(FILE *file, uint32_t size[2]);
bool peek_tga(FILE *file, uint32_t size[2]);
bool peek_webp(FILE *file, uint32_t size[2]);

#endif
