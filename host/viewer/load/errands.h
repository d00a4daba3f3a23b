/* errands — a thread for what may have to wait for a disk and is wanted by the window:
 * lists of folders, single pixels of a picture that lies in a file.
 *
 * Threads: every function from the UI thread.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_LOAD_ERRANDS_H
#define LUTIST_VIEWER_LOAD_ERRANDS_H

#include "base/err.h"
#include "base/thread/dispatch.h"

typedef struct Errands Errands;

typedef struct Errand {
    dispatch_fn run;  /* on the thread */
    dispatch_fn take; /* then on the UI thread, unless the window closes before */
    dispatch_fn drop; /* the data, after that or instead */
    void *data;
} Errand;

/* Fails: ERR_ENV. */
Errands *errands_start(Dispatch *ui, Err *err);
/* Nobody may process `ui` any more. NULL is fine. */
void errands_stop(Errands *errands);
/* In the place of an older errand of the same key that has not begun; its result takes
 * the place of one that has not been taken. */
void errands_do(Errands *errands, const void *key, const Errand *errand);

#endif
