/* pack_pixels — pixels of an image as numbers of a screen.
 *
 * Threads: pure.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_CONVERT_PACK_PIXELS_H
#define LUTIST_PIPE_CONVERT_PACK_PIXELS_H

#include <stddef.h>
#include <stdint.h>

/* n pixels of red, green and blue bytes as 0xffRRGGBB. */
void pack_rgb(uint32_t *out, const uint8_t *rgb, size_t n);

#endif
