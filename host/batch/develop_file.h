/* develop_file — one file developed into another, a strip of rows at a time.
 *
 * Threads: a FileTask belongs to one thread; the objects it points to are shared. Spare
 *          threads help (batch/flow/strip_flow.h).
 * Python:  unaware.
 */
#ifndef LUTIST_BATCH_DEVELOP_FILE_H
#define LUTIST_BATCH_DEVELOP_FILE_H

#include "base/thread/cancel.h"
#include "batch/budget.h"
#include "batch/file/folders.h"
#include "batch/flow/strip_flow.h"
#include "batch/look/program_cache.h"
#include "image/file_options.h"
#include "pipe/scale/fit_size.h"

typedef struct FileTask {
    const char *input, *output; /* absolute: a script may change the folder */
    ReadOptions read;
    FitSize resize;
    bool resize_linear;
    SaveOptions save; /* but its folder, which is opened here */
    const BatchLook *look;
    ProgramCache *programs;
    Caller *caller;
    Cancel *cancel;
    Budget *budget;
    Folders *folders;
    atomic_int *rows; /* BatchOptions.rows */
} FileTask;

/* What is known of a file once it has been opened. */
typedef struct FileFacts {
    struct stat input; /* before its pixels were read; zeros: it was not opened */
    uint64_t pixels;
    uint64_t memory; /* bytes asked of the budget */
} FileFacts;

/* The output, complete and flushed under its temporary name; the caller syncs and
 * commits it (claims_commit). A missing folder is made. *facts is filled as far as
 * known. Waits for its share of the budget. Fails: ERR_FILE, ERR_USAGE, ERR_MEMORY,
 * ERR_CANCELLED. */
Outfile *develop_file(const FileTask *task, Strips *strips, FileFacts *facts, Err *err);

#endif
