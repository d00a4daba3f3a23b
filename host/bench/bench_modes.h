/* bench_modes — every mode on one image with one look: its times, and whether all give
 * the same bits.
 *
 * Pure Python is slow: it maps a part of a large image, and its time is extrapolated to
 * the whole; its row says so. A mode that cannot run has a row with the reason.
 * Threads: the calling thread and the pool.
 * Python:  unaware: hooks map the images.
 */
#ifndef LUTIST_BENCH_BENCH_MODES_H
#define LUTIST_BENCH_BENCH_MODES_H

#include "bench/bench.h"
#include "pipe/mode.h"
#include "pipe/program/program.h"

typedef struct ModesWork {
    const char *name; /* of the image, for people */
    const char *look; /* likewise */
    Image *image;
    Program *program; /* for it */
    Pool *pool;
} ModesWork;

typedef struct ModesHook {
    /* Can this mode run, one of Python's or opencl? Loads what it needs. */
    bool (*has)(void *context, Mode mode, Err *err);
    bool (*map)(void *context, Mode mode, Program *program, Image *src, Image *dst,
                Err *err);
    void *context;
} ModesHook;

/* A table on stdout, and a chart if options->plot names a file. Fails: as `map`;
 * ERR_MEMORY; ERR_FILE (a file to write; a mode that gave other bits). */
bool bench_modes(const BenchOptions *options, const ModesWork *work,
                 const ModesHook *hook, Err *err);

#endif
