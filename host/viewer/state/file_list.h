/* file_list — the images that the user can go through, in order.
 *
 * A named file is listed whether it exists or not: loading it reports errors. A folder
 * stands for its images without the hidden ones, with numbers in order ("9.jpg" before
 * "10.jpg").
 * Threads: owner thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_STATE_FILE_LIST_H
#define LUTIST_VIEWER_STATE_FILE_LIST_H

#include "base/err.h"

typedef struct FileList {
    char **paths; /* owned, each too */
    int count;    /* 1 and up */
    int at;       /* the index of the wanted one */
} FileList;

/* Fails: ERR_FILE if no file is named and no folder holds an image. */
bool file_list_open(FileList *files, const char *const *inputs, int count, Err *err);
void file_list_close(FileList *files);
/* The path of the wanted one; borrowed. */
const char *file_list_path(const FileList *files);
/* Move by `step` files, not beyond the ends. False: nothing moved. */
bool file_list_step(FileList *files, int step);

/* The order of two names, as strcmp returns it: runs of digits compare as numbers,
 * upper case as lower case. 0 only for identical names. */
int file_list_compare(const char *a, const char *b);

#endif
