/* light_rows — rows of samples as light, and back: sRGB's curve, in tables.
 *
 * Light has 16 bits; alpha is no light, and only gets 16 bits.
 * Threads: immutable after new.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_SCALE_LIGHT_ROWS_H
#define LUTIST_PIPE_SCALE_LIGHT_ROWS_H

#include <stdint.h>

#include "base/err.h"

typedef struct LightRows LightRows;

enum { LIGHT_BYTES = 1 << 18 }; /* that one takes, at most, and a little more */

/* For samples of 8 or 16 bits and 1 to 4 channels. Fails: ERR_MEMORY. */
LightRows *light_rows_new(int depth, int channels, Err *err);
void light_rows_free(LightRows *rows); /* NULL is fine */
/* `width` pixels of samples to light (16 bits), and of light to samples. */
void light_rows_decode(const LightRows *rows, const uint8_t *samples, uint8_t *light,
                       int width);
void light_rows_encode(const LightRows *rows, const uint8_t *light, uint8_t *samples,
                       int width);

#endif
