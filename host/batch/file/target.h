/* target — the file that a path names, also before its folders exist.
 *
 * The deepest existing folder is known by device and inode, so that links, "../" and
 * mounts hide nothing. The path below it is known by its names, without "." and doubled
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

/* Fails: ERR_USAGE "PATH: reason" where ".." follows a name that is no folder: it would
 * mean another place once that is made. */
bool target_find(Target *target, const char *path, Err *err);
void target_term(Target *target);

/* An order for qsort, in which names that differ in case only are neighbours. */
int target_compare(const Target *a, const Target *b);

/* Does the file system of that folder take names that differ in case only for one? */
typedef bool (*target_folds_fn)(const Target *target, bool may_write);
/* An empty folder is asked by making a file in it for a moment, if `may_write`. */
bool target_folds(const Target *target, bool may_write);
/* Would `inner` lie in `outer`, were that a folder? */
bool target_is_in(const Target *inner, const Target *outer);
/* Are the two one file? `folds` is asked only for names that differ in case. */
bool target_is_same(const Target *a, const Target *b, target_folds_fn folds,
                    bool may_write);

#endif
