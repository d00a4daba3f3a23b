/* cube_number — a decimal number in a .cube file.
 *
 * Threads: pure.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_CUBE_CUBE_NUMBER_H
#define LUTIST_PIPE_CUBE_CUBE_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

/* Read the whole of text[0 … n): digits with a point, a sign and an exponent if it has
 * them, rounded to the nearest double whatever the locale. Beyond the largest
 * double it is infinite. False: it is no number. */
bool cube_number_parse(const char *text, size_t n, double *value);

#endif
