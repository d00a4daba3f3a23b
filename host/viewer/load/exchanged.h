/* exchanged — the files that were open before those that the window has just got, until
 * one of the new ones can be shown.
 *
 * Threads: a value; the UI thread's.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_LOAD_EXCHANGED_H
#define LUTIST_VIEWER_LOAD_EXCHANGED_H

#include "viewer/state/file_list.h"

typedef struct Exchanged {
    bool pending;    /* none of the new files has been shown */
    bool alone;      /* only one of them is meant */
    FileList before; /* owned; empty: there were none */
    Err before_err;  /* why they showed no picture */
    int failed;      /* of the new files, those that cannot be read */
    Err why;         /* the first one of these */
} Exchanged;

#endif
