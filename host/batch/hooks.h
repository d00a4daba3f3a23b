/* hooks — the functions that a batch calls on its caller's thread.
 *
 * Threads: called on the thread that called batch_run, with no lock held; but see
 *          map_anywhere.
 * Python:  unaware; called without the GIL, which a hook may take.
 */
#ifndef LUTIST_BATCH_HOOKS_H
#define LUTIST_BATCH_HOOKS_H

#include "pipe/color/color_conversion.h"
#include "pipe/program/program.h"

typedef enum BatchState {
    BATCH_DONE,
    BATCH_FAILED,
    BATCH_LEFT,    /* not begun or dropped, because the run was stopped */
    BATCH_SKIPPED, /* an earlier run has done it */
} BatchState;

typedef struct BatchItem {
    const char *input;
    const char *output;
    int index;      /* among the inputs of all parts */
    bool elsewhere; /* it belongs to another part: batch_report_keep_part removes it */
    const char *reason; /* "" unless failed: one line that names the file */
    const char *note;   /* a remark about the input, one line; "": none */
    bool damaged;       /* the note names a loss */
    bool exists;        /* something had the output's name before the run */
    bool replaces;      /* it may be replaced, without BatchOptions.overwrite */
    BatchState state;
    int look;       /* BatchLook.number; 0 also where none was chosen */
    double ms;      /* wall time on its worker */
    uint64_t bytes; /* of the input; 0: it was not to be done */
    uint64_t pixels;
    uint64_t memory; /* estimated bytes; 0: not examined */
} BatchItem;

/* The look of one file, where files have looks of their own. */
typedef struct BatchLook {
    int number;  /* 0 and up; files of one number have one look */
    Plan *plan;  /* owned: for files that are not converted, made ahead; NULL: it is
                    asked for */
    char *words; /* owned: what tells it from others with the same BatchHooks.look:
                    equal texts for equal results; NULL: nothing does */
} BatchLook;

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
    /* The plan of a look for 8 or 16 bits with the stages of `after` (NULL: none) at
     * its end, a new reference. It is kept for the files to come. */
    Plan *(*plan)(void *context, int look, int depth, const ColorConversion *after,
                  Err *err);
    /* The look of a file, into *look, which is all zeros. Called ahead of the workers,
     * and before `done` of the file. NULL: all files have the look 0. Fails: ERR_FILE,
     * ERR_USAGE (the file fails); any other error ends the run. */
    bool (*choose)(void *context, const BatchItem *item, BatchLook *look, Err *err);
    /* Map a strip. NULL: by run_rows. */
    bool (*map)(void *context, const BatchStrip *strip, Err *err);
    /* `map` is called on the workers' threads, by several at once; else on the calling
     * thread. */
    bool map_anywhere;
    /* New: what all looks have in common, with all options of the caller's that decide
     * a result's bytes. Where one look serves all files, *words is new, too: what
     * `choose` would say of it. Equal texts of both for equal results. Called before
     * the first file with BatchOptions.resume only. NULL: *err is set. */
    char *(*look)(void *context, char **words, Err *err);
    /* Called once, before the first file: of `total` files those to be done have
     * `bytes`. May be NULL. */
    void (*begin)(void *context, int total, uint64_t bytes);
    /* Called after each file that is done, skipped or has failed. `finished` of `total`
     * have ended: one more each time. May be NULL. */
    void (*done)(void *context, const BatchItem *item, int finished, int total);
    /* 0: go on; 1: finish the files in work; 2: drop them. May be NULL; called often.
     */
    int (*stop)(void *context);
    void *context;
} BatchHooks;

#endif
