/* mem — allocation, in two kinds.
 *
 * `mem_alloc` is for images and tables, `mem_try` for whatever else is as large as a
 * file says: they can fail, and say so, and never take the last bit of what there is.
 * The others are for small things: they wait a while for
 * another thread to give something back, and abort when even then there is nothing.
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_BASE_MEM_H
#define LUTIST_BASE_MEM_H

#include <stddef.h>

#include "base/err.h"

/* `size` bytes aligned to 64, not cleared. NULL and *err (ERR_MEMORY) on failure.
 * Free with mem_free. */
void *mem_alloc(size_t size, Err *err);

/* Where the address space is limited (ulimit -v): threads that start from now on share
 * what is there, instead of each reserving 64 MiB of it. */
void mem_spare_addresses(void);

/* `count` elements of `size` bytes, cleared, of which a file says how many. NULL and
 * *err (ERR_MEMORY) on failure. */
void *mem_try(size_t count, size_t size, Err *err);

/* Could `size` bytes be had now, and something small besides? NULL *err is fine. Fails:
 * ERR_MEMORY. */
bool mem_expect(size_t size, Err *err);

/* `count` elements of `size` bytes, cleared; never NULL. */
void *mem_new(size_t count, size_t size);

/* Grow `old` (NULL: a new one) to `count` elements of `size` bytes; new ones are not
 * cleared. */
void *mem_grow(void *old, size_t count, size_t size);

/* The same with room for `more` behind the `count` elements that are there (`old` NULL:
 * none). The room doubles, so what is added one by one costs in proportion. */
void *mem_more(void *old, size_t count, size_t more, size_t size);

/* A copy of `text`; NULL gives NULL. */
char *mem_dup(const char *text);
char *mem_printf(const char *format, ...) __attribute__((format(printf, 1, 2)));
void mem_free(void *p);

#endif
