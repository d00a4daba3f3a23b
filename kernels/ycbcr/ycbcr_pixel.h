/* ycbcr_pixel — one pixel through ycbcr.h: its definition, and the ends of rows.
 *
 * Private to kernels.
 * Threads: pure.
 */
#ifndef LUTIST_KERNELS_YCBCR_YCBCR_PIXEL_H
#define LUTIST_KERNELS_YCBCR_YCBCR_PIXEL_H

#include "sample.h"

/* The weights of JFIF times 2^16, rounded: 0.299, 0.587, 0.114 for Y; 0.16874, 0.33126
 * and a half for Cb; a half, 0.41869, 0.08131 for Cr. Those of Y add up to 2^16, and
 * those of a difference to 0. */
enum {
    YCBCR_BITS = 16,
    YCBCR_Y_RED = 19595,
    YCBCR_Y_GREEN = 38470,
    YCBCR_Y_BLUE = 7471,
    YCBCR_CB_RED = 11059,
    YCBCR_CB_GREEN = 21709,
    YCBCR_CR_GREEN = 27439,
    YCBCR_CR_BLUE = 5329,
    YCBCR_HALF = 1 << (YCBCR_BITS - 1),
    YCBCR_MIDDLE = (128 << YCBCR_BITS) + YCBCR_HALF - 1,
};

KERNEL_INLINE void ycbcr_pixel(uint8_t *y, uint8_t *cb, uint8_t *cr, const uint8_t *rgb)
{
    int r = rgb[0], g = rgb[1], b = rgb[2];
    *y = (uint8_t)((YCBCR_Y_RED * r + YCBCR_Y_GREEN * g + YCBCR_Y_BLUE * b +
                    YCBCR_HALF) >>
                   YCBCR_BITS);
    *cb = (uint8_t)((YCBCR_MIDDLE - YCBCR_CB_RED * r - YCBCR_CB_GREEN * g +
                     YCBCR_HALF * b) >>
                    YCBCR_BITS);
    *cr = (uint8_t)((YCBCR_MIDDLE + YCBCR_HALF * r - YCBCR_CR_GREEN * g -
                     YCBCR_CR_BLUE * b) >>
                    YCBCR_BITS);
}

#endif
