/* failing_malloc — allocations of this thread, or of all, that fail when a test says
 * so: those of the program, and of the libraries that it opens.
 *
 * Included once in a program, whose functions take the place of the allocator's. Under
 * AddressSanitizer it is the sanitizer's allocator that stands behind them, so a leak
 * is told of; what C++ allocates there is out of reach.
 * Threads: each counts its own, and all count together what `anywhere` asks for.
 * Python:  unaware.
 */
#ifndef LUTIST_TESTS_UNIT_FAILING_MALLOC_H
#define LUTIST_TESTS_UNIT_FAILING_MALLOC_H

#include <errno.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>

enum { ALL = -1, NONE = 0, COUNTED = -2 };

/* Allocations of `from` bytes and more are counted while `failing` is not NONE; with
 * `ours` so are all those that the program itself asks for, because libraries may not
 * live without a small one. The one with that number fails, or ALL, or none while they
 * are only COUNTED. */
static _Thread_local long allocations, failing;
static _Thread_local size_t from;
static _Thread_local bool ours;

/* The same over all threads: `ours` of any size, and those of `from` bytes and more. */
typedef struct Anywhere {
    atomic_long failing, allocations;
    size_t from; /* set while nothing is counted */
} Anywhere;
static Anywhere anywhere;

/* NOLINTBEGIN(clang-diagnostic-reserved-identifier): the linker's names, and those of
 * the allocators behind ours */

extern const char __executable_start[], etext[];

static inline bool is_ours(const char *caller)
{
    return caller >= __executable_start && caller < etext;
}

/* The sanitizer allocates itself before it can watch an access. */
__attribute__((no_sanitize_address)) static inline bool
allocation_fails(size_t size, const void *caller)
{
    if (anywhere.failing != NONE && (size >= anywhere.from || is_ours(caller)) &&
        (++anywhere.allocations == anywhere.failing || anywhere.failing == ALL)) {
        errno = ENOMEM;
        return true;
    }
    if (failing == NONE || (size < from && !(ours && is_ours(caller))) ||
        (++allocations != failing && failing != ALL))
        return false;
    errno = ENOMEM;
    return true;
}

#ifdef __SANITIZE_THREAD__
enum { CAN_FAIL = false }; /* its own allocator is in the way */
#else
enum { CAN_FAIL = true };

#define CALLER __builtin_return_address(0)

#ifdef __SANITIZE_ADDRESS__
#define BEHIND(name)   __interceptor_##name
#define ALIGNED_BEHIND __interceptor_aligned_alloc
/* The loader's own memory is none of ours to free; asked for through us it is not known
 * as the loader's. Its file is named, since not every machine has its symbols. */
__attribute__((visibility("default"))) const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:ld-linux\n";
}
#else
#define BEHIND(name)   __libc_##name
#define ALIGNED_BEHIND __libc_memalign
#endif
void *BEHIND(malloc)(size_t size);
void *BEHIND(calloc)(size_t nmemb, size_t size);
void *BEHIND(realloc)(void *ptr, size_t size);
void *ALIGNED_BEHIND(size_t alignment, size_t size);

__attribute__((visibility("default"))) void *malloc(size_t size)
{
    return allocation_fails(size, CALLER) ? NULL : BEHIND(malloc)(size);
}

__attribute__((visibility("default"))) void *calloc(size_t nmemb, size_t size)
{
    return allocation_fails(nmemb * size, CALLER) ? NULL : BEHIND(calloc)(nmemb, size);
}

__attribute__((visibility("default"))) void *realloc(void *ptr, size_t size)
{
    return allocation_fails(size, CALLER) ? NULL : BEHIND(realloc)(ptr, size);
}

__attribute__((visibility("default"))) void *aligned_alloc(size_t alignment,
                                                           size_t size)
{
    return allocation_fails(size, CALLER) ? NULL : ALIGNED_BEHIND(alignment, size);
}
#endif
/* NOLINTEND(clang-diagnostic-reserved-identifier) */

#endif
