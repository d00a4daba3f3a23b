/* wire — values as bytes for another process, and bytes of another process as values.
 *
 * The room python/isolate runs a script in a child process. client.h asks on the host's
 * side by host_end.h, and child.h starts, stops and reaps the child; server.h answers
 * in the child, within the limits of child_limits.h. A request and its answer are
 * messages (message.h) whose contents the room wire writes and reads: parameters
 * (wire_params.h), stages (wire_stages.h) with their cubes (wire_cubes.h), errors and
 * files (here). Both ends are the same program on one machine, so numbers go as they
 * lie in memory.
 *
 * Reading trusts nothing: a value that is missing or wrong makes `bad` true and gives 0
 * or NULL from then on, and the reader asks unpack_done at the end.
 * Threads: owner thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_PYTHON_ISOLATE_WIRE_WIRE_H
#define LUTIST_PYTHON_ISOLATE_WIRE_WIRE_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/watch/watch_files.h"

/* Starts zeroed. */
typedef struct Pack {
    uint8_t *data; /* owned */
    size_t size, room;
    bool starved; /* memory was missing: the bytes are not whole */
} Pack;

void pack_bytes(Pack *pack, const void *bytes, size_t size);
void pack_u32(Pack *pack, uint32_t value);
void pack_u64(Pack *pack, uint64_t value);
void pack_f64(Pack *pack, double value);
void pack_text(Pack *pack, const char *text); /* NULL is "" */
void pack_err(Pack *pack, const Err *err);
void pack_files(Pack *pack, const WatchFiles *files);
void pack_term(Pack *pack);

typedef struct Unpack {
    const uint8_t *at, *end; /* borrowed */
    bool bad;
} Unpack;

Unpack unpack_begin(const void *bytes, size_t size);
/* So many bytes, in place and not aligned. */
const void *unpack_bytes(Unpack *unpack, size_t size);
uint32_t unpack_u32(Unpack *unpack);
uint64_t unpack_u64(Unpack *unpack);
double unpack_f64(Unpack *unpack);
/* Bad: it is not 0 or 1. */
bool unpack_bool(Unpack *unpack);
/* A finite number. */
double unpack_finite(Unpack *unpack);
/* New array of so many numbers, of any value; mem_free. NULL: they are not there and it
 * is bad, or *err is set (ERR_MEMORY). */
double *unpack_numbers(Unpack *unpack, size_t n, Err *err);
/* How many elements follow: bad if there are more than `most`, or if the rest has fewer
 * than `each` bytes for each. */
uint32_t unpack_count(Unpack *unpack, size_t each, uint32_t most);
/* New string without null bytes. */
char *unpack_name(Unpack *unpack);
/* The same in UTF-8. */
char *unpack_text(Unpack *unpack);
/* False: it is bad, and *err is untouched. */
bool unpack_err(Unpack *unpack, Err *err);
/* Add to *files; absolute paths. */
void unpack_files(Unpack *unpack, WatchFiles *files);
/* Was all good, and is nothing left? */
bool unpack_done(const Unpack *unpack);

#endif
