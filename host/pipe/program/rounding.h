/* rounding — normalised values rounded to samples, once, at the end of a look.
 *
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_PROGRAM_ROUNDING_H
#define LUTIST_PIPE_PROGRAM_ROUNDING_H

#include <stdint.h>

/* floor(clamp(value, 0, 1) * (levels - 1) + 0.5) for `levels` values into a table of
 * bytes or of 16-bit samples. NULL: the table of the identity. */
void rounding_bytes(const double *values, int levels, uint8_t *table);
void rounding_words(const double *values, int levels, uint16_t *table);

#endif
