/* hooks — the functions that a batch calls on its caller's thread.
 *
 * Threads: called on the thread that called batch_run, with no lock held.
 * Python:  unaware; called without the GIL, which a hook may take.
 */
#ifndef LUTIST_BATCH_HOOKS_H
#define LUTIST_BATCH_HOOKS_H

#include "pipe/program/compile.h"

typedef enum BatchState { BATCH_DONE, BATCH_FAILED, BATCH_LEFT } BatchState;

typedef struct BatchItem {
    const char *input;
    const char *output;
    const char *reason; /* "" unless failed: one line that names the file */
    const char *note;   /* a remark about the input, one line; "": none */
    bool damaged;       /* the note names a loss */
    BatchState
        state; /* BATCH_LEFT: not begun or dropped, because the run was stopped */
    double ms; /* wall time on its worker */
    uint64_t pixels;
    uint64_t memory; /* estimated bytes; 0: not examined */
} BatchItem;

/* A strip of rows for BatchHooks.map: the arguments of run_rows. */
typedef struct BatchStrip {
    Program *program;
    ImageInfo in;
    const uint8_t *src;
    size_t src_stride;
    uint8_t *dst;
    size_t dst_stride;
    int rows;
} BatchStrip;

typedef struct BatchHooks {
    /* The plan for 8 or 16 bits, a new reference; called once a depth. */
    Plan *(*plan)(void *context, int depth, Err *err);
    /* Map a strip on the calling thread. NULL: the workers map their own. */
    bool (*map)(void *context, const BatchStrip *strip, Err *err);
    /* Called after each file that is done or has failed. `finished` of `total` have
     * ended: one more each time. May be NULL. */
    void (*done)(void *context, const BatchItem *item, int finished, int total);
    /* 0: go on; 1: finish the files in work; 2: drop them. May be NULL; called often.
     */
    int (*stop)(void *context);
    void *context;
} BatchHooks;

#endif
