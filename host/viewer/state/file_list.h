/* file_list — the images that can be leafed through, in order.
 *
 * A file is listed whether it exists or not: loading it tells of errors. A
 * folder stands for the images in it, in the order people count ("9.jpg" before
 * "10.jpg"), without hidden ones.
 * Threads: owner thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_STATE_FILE_LIST_H
#define LUTIST_VIEWER_STATE_FILE_LIST_H

#include "base/err.h"

typedef struct FileList {
    char **paths; /* owned, each too */
    int count;    /* 1 and up */
    int at;       /* the one that is wanted on screen */
} FileList;

/* Fails: ERR_FILE when no image is named and none is found. */
bool file_list_open(FileList *files, const char *const *inputs, int count, Err *err);
void file_list_close(FileList *files);
/* The one that is wanted on screen; borrowed. */
const char *file_list_path(const FileList *files);
/* Move by `step` files, not beyond the ends. False: there is no way to go. */
bool file_list_step(FileList *files, int step);

/* Less than, equal to or greater than 0, as people sort names: runs of digits count as
 * numbers, letters in either case. Equal only where the names are. */
int file_list_compare(const char *a, const char *b);

#endif
