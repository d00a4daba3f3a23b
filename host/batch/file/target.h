/* target — the file that a path names, even if its folders do not exist yet.
 *
 * The deepest existing folder is identified by device and inode, so links, "../" and
 * mounts hide nothing. The rest of the path is kept as names, without "." and double
 * slashes.
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_BATCH_FILE_TARGET_H
#define LUTIST_BATCH_FILE_TARGET_H

#include <sys/types.h>

#include "base/err.h"

typedef struct Target {
    const char *path; /* borrowed */
    int length;       /* of the deepest existing folder in `path`; 0: "." */
    dev_t device;     /* of that folder */
    ino_t inode;
    char *rest; /* owned: the names below it */
} Target;

/* `near`: another one, which likely lies in the same folder, so that it need not be
 * examined again; NULL: none is known. Fails: ERR_USAGE "PATH: reason" if ".." follows
 * a name that is not a folder: once that folder is made, the path would name another
 * place. */
bool target_find(Target *target, const char *path, const Target *near, Err *err);
void target_term(Target *target);

/* An order for qsort that puts names differing only in case beside each other. */
int target_compare(const Target *a, const Target *b);

/* Does the file system of that folder ignore case? */
typedef bool (*target_folds_fn)(const Target *target, bool may_write);
/* The same, but an empty folder is tested by making a file in it for a moment, if
 * `may_write`. */
bool target_folds(const Target *target, bool may_write);
/* Would `inner` lie in `outer`, if that were a folder? */
bool target_is_in(const Target *inner, const Target *outer);
/* Do both name one file? `folds` is called only for names that differ in case. */
bool target_is_same(const Target *a, const Target *b, target_folds_fn folds,
                    bool may_write);

#endif
