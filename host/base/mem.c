#include "base/mem.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* From LARGE on, whole huge pages: touching fresh memory 4 KiB at a time costs more
 * than a kernel's work on it. */
enum { ALIGNMENT = 64, HUGE_PAGE = 2 << 20, LARGE = 2 * HUGE_PAGE };

static void *or_abort(void *p)
{
    if (!p)
        err_broken("memory for a small allocation", __FILE__, __LINE__);
    return p;
}

void *mem_alloc(size_t size, Err *err)
{
    void *p = NULL;
    size_t unit = size >= LARGE ? HUGE_PAGE : ALIGNMENT;
    if (size <= SIZE_MAX - unit) {
        size_t rounded = (size + unit - 1) / unit * unit;
        p = aligned_alloc(unit, rounded ? rounded : unit);
        if (p && unit == HUGE_PAGE)
            madvise(p, rounded,
                    MADV_HUGEPAGE); /* a wish: no harm where it is refused */
    }
    if (!p)
        err_set(err, ERR_MEMORY, "out of memory: %zu bytes were not to be had", size);
    return p;
}

void *mem_new(size_t count, size_t size)
{
    return or_abort(calloc(count ? count : 1, size ? size : 1));
}

void *mem_grow(void *old, size_t count, size_t size)
{
    REQUIRE(size == 0 || count <= SIZE_MAX / size);
    size_t bytes = count * size;
    return or_abort(realloc(old, bytes ? bytes : 1));
}

char *mem_dup(const char *text)
{
    return text ? or_abort(strdup(text)) : NULL;
}

char *mem_printf(const char *format, ...)
{
    char *text = NULL;
    va_list args;
    va_start(args, format);
    int length = vasprintf(&text, format, args);
    va_end(args);
    REQUIRE(length >= 0);
    return text;
}

void mem_free(void *p)
{
    free(p);
}
