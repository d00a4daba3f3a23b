/* outfile — a file that appears whole or not at all.
 *
 * The room base/file: folder handles (folder), temporary names (tempname) and those of
 * a run (temp_list), output files (here), their rights (access), and where the program
 * is installed (installed).
 *
 * The bytes go to a temporary name (base/file/tempname.h) beside the target, and
 * outfile_commit renames it. The folder is opened once, so a rename of the folder
 * changes nothing. A link at the target is replaced, never followed. A file that
 * replaces another keeps the old owner, mode, access list and user attributes where
 * permitted; a new one is no more open than its source.
 *
 * Three steps complete the file, on three threads if need be: flush, sync, commit.
 * Threads: one at a time.
 * Python:  unaware.
 */
#ifndef LUTIST_BASE_FILE_OUTFILE_H
#define LUTIST_BASE_FILE_OUTFILE_H

#include <stdbool.h>
#include <stdio.h>
#include <sys/stat.h>

#include "base/err.h"
#include "base/file/folder.h"
#include "base/file/permissions.h"
#include "base/file/temp_list.h"

/* The reason of a refusal, for a shell; Python's callers get other words (py_text). */
#define OUTFILE_ONLY      "only --overwrite replaces it"
#define OUTFILE_ONLY_CALL "only overwrite=True replaces it"
#define OUTFILE_EXISTS    "already exists; " OUTFILE_ONLY

typedef struct Outfile Outfile;

/* May the existing file be replaced? Called with `overwrite` only: when the output is
 * opened, and again right before the rename, on the calling thread. `there` describes
 * `name` in `folder` itself, not a link's target. False: *err is set, without the path.
 */
typedef bool (*outfile_guard_fn)(void *context, int folder, const char *name,
                                 const struct stat *there, Err *err);

typedef struct OutfileKind {
    const char *name;    /* "report" */
    const char *opening; /* every file of the kind begins with this text */
} OutfileKind;

/* A guard that allows only an earlier file of the kind `context` to be replaced, so
 * that a typing error cannot cost a photograph. */
bool outfile_guard_kind(void *context, int folder, const char *name,
                        const struct stat *there, Err *err);

typedef struct OutfileRules {
    Folder *folder;         /* that contains the path; NULL: the path is opened */
    bool overwrite;         /* replace a file at the target's name */
    Permissions source;     /* of the source file; zeros: there is none */
    outfile_guard_fn guard; /* NULL: no guard */
    void *context;          /* the guard's */
    TempList *temps;        /* the temporary file is in it; NULL: in none */
} OutfileRules;

/* Fails: ERR_FILE "PATH: reason", or as the guard; also if the target exists and
 * `overwrite` is false. */
Outfile *outfile_open(const char *path, const OutfileRules *rules, Err *err);
/* Would outfile_open succeed, after making the folder? Judged without writing. Fails as
 * outfile_open. */
bool outfile_check(const char *path, const OutfileRules *rules, Err *err);
/* Borrowed; buffered; for writing and seeking until the flush. */
FILE *outfile_file(Outfile *out);
/* Device and inode into *found; the rename keeps them. The rest is as it was last
 * known: a network's file system may fail to tell. */
void outfile_identify(Outfile *out, struct stat *found);

/* Pass all bytes to the kernel. Fails: ERR_FILE; `out` stays the caller's. */
bool outfile_flush(Outfile *out, Err *err);
/* After the flush: give it the times of access and change of `source`. Fails as the
 * flush. */
bool outfile_set_times(Outfile *out, const struct stat *source, Err *err);
/* After the flush: wait until the bytes are on the disk. Fails as the flush. */
bool outfile_sync(Outfile *out, Err *err);
/* After the flush: rename. Frees `out`; on failure it also removes the temporary file.
 * Fails also if a target has appeared meanwhile and `overwrite` is false. */
bool outfile_commit(Outfile *out, Err *err);
/* Flush, sync, commit, and sync the folder. Frees `out`. */
bool outfile_save(Outfile *out, Err *err);
/* Remove the temporary file and free; NULL is fine. */
void outfile_abort(Outfile *out);

#endif
