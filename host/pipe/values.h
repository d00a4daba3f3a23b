/* values — a shared vector of doubles.
 *
 * A pointer to the first of n doubles, with a count of references in front of them: a
 * plan and the cache that helped to make it hold the same vector without a copy.
 * Threads: the count is atomic; whoever writes into the vector is its only holder.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_VALUES_H
#define LUTIST_PIPE_VALUES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

/* Aligned to 64 bytes, not cleared. Fails: ERR_MEMORY. */
double *values_new(size_t n, Err *err);
double *values_ref(double *values);
void values_unref(double **values); /* nulls; NULL is fine */
/* Does anybody else hold it? */
bool values_is_shared(const double *values);

#endif
