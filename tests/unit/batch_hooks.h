/* batch_hooks — a batch of twelve pictures in a folder of their own, and hooks that
 * note what they saw.
 *
 * Threads: the test's; the hooks are called as batch.h says.
 * Python:  unaware.
 */
#ifndef LUTIST_TESTS_UNIT_BATCH_HOOKS_H
#define LUTIST_TESTS_UNIT_BATCH_HOOKS_H

#include "batch/batch.h"

enum { FILES = 12, SIDE = 300 };

extern const char *hooks_inputs[FILES]; /* names in the working folder */

/* What the hooks saw, and their orders. */
typedef struct Watch {
    int plans[17]; /* asked for, by depth */
    int done, failed, last_finished;
    int misreported; /* calls that did not count one more file of all, with its reason
                      */
    int stop;        /* the return value of the stop hook */
    bool fail_plan;
    double start_ms;
} Watch;

/* For a group of tests: make the pictures in a new working folder; remove it. */
int hooks_make_folder(void **state);
int hooks_remove_folder(void **state);

/* Hooks; the context is a Watch. */
Plan *hooks_plan(void *context, int look, int depth, const ColorConversion *after,
                 Err *err);
/* Asserts nothing itself: cmocka's jump would leave the workers behind. */
void hooks_done(void *context, const BatchItem *item, int finished, int total);
int hooks_stop(void *context);

/* All pictures into a folder. */
BatchOptions hooks_options(const char *output, int jobs);
/* List and run with these hooks. */
bool hooks_run(const BatchOptions *options, Watch *watch, BatchReport *report,
               Err *err);

#endif
