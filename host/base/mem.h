/* mem — memory allocation, in two kinds.
 *
 * `mem_alloc` is for images and tables, `mem_try` for other blocks whose size a file
 * gives. They can fail, and leave a reserve for small allocations. The others are for
 * small blocks: they wait a while for another thread to free memory, and abort if none
 * is freed.
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_BASE_MEM_H
#define LUTIST_BASE_MEM_H

#include <stddef.h>
#include <stdio.h>

#include "base/err.h"

/* `size` bytes aligned to 64, not cleared. NULL and *err (ERR_MEMORY) on failure.
 * Free with mem_free. */
void *mem_alloc(size_t size, Err *err);

/* If the address space is limited (ulimit -v), let new threads share one malloc arena
 * instead of reserving 64 MiB each. */
void mem_spare_addresses(void);

/* `count` elements of `size` bytes, cleared; a file gives `count`. NULL and *err
 * (ERR_MEMORY) on failure. */
void *mem_try(size_t count, size_t size, Err *err);

/* Could `size` bytes be allocated now, and some small blocks beside them? NULL *err is
 * fine. Fails: ERR_MEMORY. */
bool mem_expect(size_t size, Err *err);

/* `count` elements of `size` bytes, cleared; never NULL. */
void *mem_new(size_t count, size_t size);

/* Grow `old` (NULL: a new one) to `count` elements of `size` bytes; new ones are not
 * cleared. */
void *mem_grow(void *old, size_t count, size_t size);

/* Grow `old` (NULL: a new one) so that `more` elements fit behind its `count`. The
 * capacity doubles, so adding n elements one by one costs O(n). */
void *mem_more(void *old, size_t count, size_t more, size_t size);

/* tsearch; never NULL. */
typedef int (*mem_compare_fn)(const void *a, const void *b);
void *mem_tsearch(const void *key, void **tree, mem_compare_fn compare);

/* A copy of `text`; NULL gives NULL. */
char *mem_dup(const char *text);
char *mem_printf(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* New: all that `write` writes; it is called again where memory ran out on the way. */
char *mem_written(void (*write)(FILE *out, void *context), void *context);
void mem_free(void *p);

#endif
