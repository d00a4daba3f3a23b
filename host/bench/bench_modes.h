/* bench_modes — every mode on one image with one look: what each takes, and whether all
 * give the same bits.
 *
 * Pure Python is slow: of a large image it gets a part, and its time for the whole is
 * extrapolated; its row says so. A mode that cannot run is a row with the reason.
 * Threads: the calling thread and the pool.
 * Python:  unaware: passes are run by hooks.
 */
#ifndef LUTIST_BENCH_BENCH_MODES_H
#define LUTIST_BENCH_BENCH_MODES_H

#include "bench/bench.h"
#include "pipe/mode.h"
#include "pipe/program/compile.h"

typedef struct ModesWork {
    const char *name; /* of the image, for people */
    const char *look; /* likewise */
    Image *image;
    Program *program; /* for it */
    Pool *pool;
} ModesWork;

typedef struct ModesHook {
    /* Can this mode of Python run? Loads what it needs. */
    bool (*has)(void *context, Mode mode, Err *err);
    bool (*pass)(void *context, Mode mode, Program *program, Image *src, Image *dst,
                 Err *err);
    void *context;
} ModesHook;

/* A table on stdout, and a chart where options->plot names a file. Fails: what `pass`
 * says; ERR_MEMORY; ERR_FILE (a file to write; a mode that gave other bits). */
bool bench_modes(const BenchOptions *options, const ModesWork *work,
                 const ModesHook *hook, Err *err);

#endif
