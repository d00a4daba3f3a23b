/* develop_file — what it takes to develop one file into another. Who wants that and who
 * can do it (batch/file/one_file.h) meet here, so that the window needs no batch.
 * Threads: plain data, read by one at a time; `cancel` and `rows` are atomic.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_DEVELOP_FILE_H
#define LUTIST_PIPE_DEVELOP_FILE_H

#include <stdatomic.h>
#include <stdint.h>

#include "base/thread/cancel.h"
#include "base/watch/watch_files.h"
#include "pipe/plan/plan.h"

typedef struct DevelopFile {
    const char *input, *output;        /* the output's ending chooses the format */
    FileStamp seen;                    /* the input, as the user knows it */
    bool replace;                      /* a file that is there; never the input */
    Plan *plan;                        /* for the input's depth; borrowed */
    const WatchFiles *looks;           /* what the look has read: not replaced */
    uint64_t max_pixels, max_metadata; /* as ReadOptions has them */
    Cancel *cancel;                    /* ends the work in the middle */
    bool (*is_dropped)(void *context); /* asked before the work begins */
    void *context;
    atomic_int *rows; /* developed so far */
} DevelopFile;

/* *path: new, where the result is or would be; NULL: not known. Fails: ERR_FILE,
 * ERR_CANCELLED; nothing half-written stays. */
typedef bool DevelopFileWork(const DevelopFile *work, char **path, Err *err);

#endif
