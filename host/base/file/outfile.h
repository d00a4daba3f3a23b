/* outfile — a file that appears whole or not at all.
 *
 * Its bytes go to a temporary name (base/file/tempname.h) beside the target, and
 * outfile_commit gives it the target's. The folder is opened once: all that happens
 * happens in that one, whatever becomes of its name. A link at the target is replaced,
 * never followed. A file that replaces another keeps that one's owner, mode, access
 * list and user attributes where permitted; a new one is no more open than its source.
 *
 * The end has three steps, for three threads if need be: flush, sync, commit.
 * Threads: one at a time.
 * Python:  unaware.
 */
#ifndef LUTIST_BASE_FILE_OUTFILE_H
#define LUTIST_BASE_FILE_OUTFILE_H

#include <stdbool.h>
#include <stdio.h>
#include <sys/stat.h>

#include "base/err.h"
#include "base/file/access.h"
#include "base/file/folder.h"

typedef struct Outfile Outfile;

/* May the file at the target's name be replaced? Asked with `overwrite` only, when the
 * file is opened and again right before the rename, on the thread of either. `there` is
 * the object called `name` in `folder`, itself and not what it may link to. False: *err
 * is set, without the path. */
typedef bool (*outfile_guard_fn)(void *context, int folder, const char *name,
                                 const struct stat *there, Err *err);

typedef struct OutfileKind {
    const char *name;    /* "report" */
    const char *opening; /* every file of the kind begins with this text */
} OutfileKind;

/* A guard: only an earlier file of the kind `context` is replaced: a slip must not cost
 * a photograph. */
bool outfile_guard_kind(void *context, int folder, const char *name,
                        const struct stat *there, Err *err);

typedef struct OutfileRules {
    Folder *folder;         /* that the path lies in; NULL: it is opened by the path */
    bool overwrite;         /* replace a file at the target's name */
    Access source;          /* of the file this one is made of; zeros: of none */
    outfile_guard_fn guard; /* NULL: nobody is asked */
    void *context;          /* the guard's */
} OutfileRules;

/* Fails: ERR_FILE "PATH: reason", or as the guard says; also without `overwrite` where
 * the target exists. */
Outfile *outfile_open(const char *path, const OutfileRules *rules, Err *err);
/* Would outfile_open, with its folder made where it is missing, find fault? As far as
 * can be told by looking. Fails as that does. */
bool outfile_check(const char *path, const OutfileRules *rules, Err *err);
/* Borrowed; buffered; for writing and seeking, until the flush. */
FILE *outfile_file(Outfile *out);
/* Device and inode, which stay through the rename, in *found. */
void outfile_identify(Outfile *out, struct stat *found);

/* Hand everything to the kernel. Fails: ERR_FILE; `out` stays the caller's. */
bool outfile_flush(Outfile *out, Err *err);
/* After the flush: wait until the bytes are on the disk. Fails: like the flush. */
bool outfile_sync(Outfile *out, Err *err);
/* After the flush: rename. Frees `out`, and on failure removes the temporary file. A
 * target that appeared meanwhile is kept unless `overwrite`, and that is a failure. */
bool outfile_commit(Outfile *out, Err *err);
/* All three, and the folder's sync. Frees `out`. */
bool outfile_save(Outfile *out, Err *err);
/* Remove the temporary file and free; NULL is fine. */
void outfile_abort(Outfile *out);

#endif
