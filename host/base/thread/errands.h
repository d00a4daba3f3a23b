/* errands — a thread for what may have to wait for a disk and is wanted by a window:
 * lists of folders, single pixels of a picture that lies in a file, small files.
 *
 * Errands are carried out in order. The answers come back through the window's queue.
 * Threads: every function from the UI thread.
 * Python:  unaware.
 */
#ifndef LUTIST_BASE_THREAD_ERRANDS_H
#define LUTIST_BASE_THREAD_ERRANDS_H

#include "base/err.h"
#include "base/thread/dispatch.h"

typedef struct Errands Errands;

typedef struct Errand {
    dispatch_fn run;  /* on the thread */
    dispatch_fn take; /* then on the UI thread, unless the window closes before */
    dispatch_fn drop; /* the data, after that or instead */
    void *data;
} Errand;

typedef struct ErrandsConfig {
    const char *name;     /* of the thread */
    Dispatch *ui;         /* borrowed */
    dispatch_fn answered; /* on the UI thread, after each `take`; NULL: nothing */
    void *context;
} ErrandsConfig;

/* Fails: ERR_ENV. */
Errands *errands_start(const ErrandsConfig *config, Err *err);
/* Drop what has not begun, and end the thread. Nobody may process `ui` any more. NULL
 * is fine. */
void errands_stop(Errands *errands);
/* The same, but carry out first what was asked for. */
void errands_finish(Errands *errands);
/* As errands_stop, but do not wait for the errand in work: the thread ends behind it,
 * and drops its data. Only for errands that touch nothing else. */
void errands_leave(Errands *errands);
/* In the place of an older errand of the same key that has not begun; its result takes
 * the place of one that has not been taken. Without a thread (NULL) it is carried out
 * at once. */
void errands_do(Errands *errands, const void *key, const Errand *errand);

#endif
