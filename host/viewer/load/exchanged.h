/* exchanged — the files that were wanted before those that the window has just got,
 * until one of the new ones can be shown.
 *
 * Threads: a value; the UI thread's.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_LOAD_EXCHANGED_H
#define LUTIST_VIEWER_LOAD_EXCHANGED_H

#include "viewer/state/file_list.h"

typedef struct EarlierFiles {
    FileList files; /* owned */
    bool alone;     /* only one of them is meant */
} EarlierFiles;

typedef struct Exchanged {
    bool pending;         /* none of the new files has been shown */
    bool alone;           /* only one of them is meant */
    EarlierFiles *before; /* those shown last, which may be none; behind them, the
                             newest last, those that were to take their place and are
                             not tried to the end. Owned; NULL, unless it is pending */
    int n_before;
    Err before_err; /* why those shown last showed no picture */
    int failed;     /* of the new files, those that cannot be read */
    Err why;        /* the first one of these */
} Exchanged;

#endif
