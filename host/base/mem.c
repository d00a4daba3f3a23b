#include "base/mem.h"

#include <malloc.h>
#include <search.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdio_ext.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <time.h>

/* Blocks of LARGE bytes and more are aligned to huge pages: the page faults of 4 KiB
 * pages would cost more than a kernel's work. */
enum { ALIGNMENT = 64, HUGE_PAGE = 2 << 20, LARGE = 2 * HUGE_PAGE };

enum {
    HEADROOM = 4 << 20, /* left for small allocations */
    PATIENCE = 200,     /* tries of a small allocation */
    PAUSE_NS = 10 * 1000 * 1000,
};

static bool fail(size_t size, Err *err)
{
    return err_set(err, ERR_MEMORY, "out of memory: cannot allocate %zu bytes", size);
}

/* HEADROOM must stay free too: the address space may be limited (ulimit -v), or memory
 * not overcommitted. */
bool mem_expect(size_t size, Err *err)
{
    size_t whole = size <= SIZE_MAX - HEADROOM ? size + HEADROOM : size;
    void *p =
        mmap(NULL, whole, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (p == MAP_FAILED)
        return fail(size, err);
    munmap(p, whole);
    return true;
}

void mem_spare_addresses(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_AS, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY)
        mallopt(M_ARENA_MAX, 1);
}

static void *take(size_t size, Err *err)
{
    void *p = NULL;
    size_t unit = size >= LARGE ? HUGE_PAGE : ALIGNMENT;
    if (size <= SIZE_MAX - unit) {
        size_t rounded = (size + unit - 1) / unit * unit;
        p = aligned_alloc(unit, rounded ? rounded : unit);
        if (p && unit == HUGE_PAGE)
            madvise(p, rounded, MADV_HUGEPAGE); /* only advice: a failure is harmless */
    }
    if (!p)
        fail(size, err);
    return p;
}

void *mem_alloc(size_t size, Err *err)
{
    return size < LARGE || mem_expect(size, err) ? take(size, err) : NULL;
}

void *mem_try(size_t count, size_t size, Err *err)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes))
        bytes = SIZE_MAX;
    if (bytes >= LARGE && !mem_expect(bytes, err))
        return NULL;
    void *p = calloc(bytes ? bytes : 1, 1);
    if (!p)
        fail(bytes, err);
    return p;
}

/* Another thread may be about to free memory. */
static void pause_for_memory(int tries)
{
    const struct timespec pause = {.tv_nsec = PAUSE_NS};
    if (tries >= PATIENCE)
        err_broken("memory for a small allocation", __FILE__, __LINE__);
    nanosleep(&pause, NULL);
}

#define PATIENTLY(p, attempt)                                                          \
    for (int tries = 0; !((p) = (attempt)); tries++)                                   \
    pause_for_memory(tries)

void *mem_new(size_t count, size_t size)
{
    void *p;
    PATIENTLY(p, calloc(count ? count : 1, size ? size : 1));
    return p;
}

void *mem_grow(void *old, size_t count, size_t size)
{
    REQUIRE(size == 0 || count <= SIZE_MAX / size);
    size_t bytes = count * size;
    void *p;
    PATIENTLY(p, realloc(old, bytes ? bytes : 1));
    return p;
}

/* The next power of two. */
static size_t room_for(size_t count)
{
    size_t room = 1;
    while (room < count)
        room *= 2;
    return room;
}

void *mem_more(void *old, size_t count, size_t more, size_t size)
{
    REQUIRE(more <= SIZE_MAX / 2 - count);
    size_t room = room_for(count + more);
    return old && room == room_for(count) ? old : mem_grow(old, room, size);
}

void *mem_tsearch(const void *key, void **tree, mem_compare_fn compare)
{
    void *found;
    PATIENTLY(found, tsearch(key, tree, compare));
    return found;
}

char *mem_dup(const char *text)
{
    char *copy = NULL;
    if (text)
        PATIENTLY(copy, strdup(text));
    return copy;
}

char *mem_printf(const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    REQUIRE(length >= 0);
    char *text = mem_new((size_t)length + 1, 1);
    vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    return text;
}

static char *try_written(void (*write)(FILE *out, void *context), void *context)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    if (!out)
        return NULL;
    __fsetlocking(out, FSETLOCKING_BYCALLER); /* nobody else has it */
    write(out, context);
    bool whole = fflush(out) == 0 && !ferror(out);
    whole = fclose(out) == 0 && whole;
    if (whole)
        return text;
    free(text);
    return NULL;
}

char *mem_written(void (*write)(FILE *out, void *context), void *context)
{
    char *text;
    PATIENTLY(text, try_written(write, context));
    return text;
}

void mem_free(void *p)
{
    free(p);
}
