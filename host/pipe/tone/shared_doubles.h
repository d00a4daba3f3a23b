/* shared_doubles — a reference-counted vector of doubles.
 *
 * A pointer to the first of n doubles, with the count in front of them: a plan and the
 * cache that helped to make it share a vector without a copy.
 * Threads: the count is atomic; whoever writes into the vector is its only holder.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_TONE_SHARED_DOUBLES_H
#define LUTIST_PIPE_TONE_SHARED_DOUBLES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

/* Aligned to 64 bytes, not cleared. Fails: ERR_MEMORY. */
double *shared_doubles_new(size_t n, Err *err);
double *shared_doubles_ref(double *values);
void shared_doubles_unref(double **values); /* nulls; NULL is fine */
/* Does anybody else hold a reference? */
bool shared_doubles_is_shared(const double *values);

#endif
