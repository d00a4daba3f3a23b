/* files — the images that can be leafed through, in order.
 *
 * A file is listed whether it exists or not: loading it tells of errors. A
 * folder stands for the images in it, in the order people count ("9.jpg" before
 * "10.jpg"), without hidden ones.
 * Threads: owner thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_STATE_FILES_H
#define LUTIST_VIEWER_STATE_FILES_H

#include "base/err.h"

typedef struct Files {
    char **paths; /* owned, each too */
    int count;    /* 1 and up */
    int at;       /* the one that is wanted on screen */
} Files;

/* Fails: ERR_FILE when no image is named and none is found. */
bool files_open(Files *files, const char *const *inputs, int count, Err *err);
void files_close(Files *files);
/* The one that is wanted on screen; borrowed. */
const char *files_path(const Files *files);
/* Move by `step` files, not beyond the ends. False: there is no way to go. */
bool files_step(Files *files, int step);

/* Less than, equal to or greater than 0, as people sort names: runs of digits count as
 * numbers, letters in either case. Equal only where the names are. */
int files_compare(const char *a, const char *b);

#endif
