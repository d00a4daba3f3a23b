/* file_step — the files of a folder one after another, for the keys of a file
 * parameter.
 *
 * The folder is read by an errand. Steps that come meanwhile are added up.
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_CONTROL_FILE_STEP_H
#define LUTIST_VIEWER_CONTROL_FILE_STEP_H

#include "base/thread/errands.h"

/* From the file `path` ("": from none) to the one that is `steps` after it, among the
 * files of its folder that match the pattern; where there are none, among those of
 * `home`, then of the working folder. */
typedef struct FileStep {
    int param; /* whose value is `path` */
    const char *path, *home, *pattern;
    int steps;
} FileStep;

/* On the UI thread. `found`: an absolute path; NULL: there is no other file. `more`:
 * steps that were asked for since, for parameter `more_param`. */
typedef void file_step_take_fn(void *context, const FileStep *step, const char *found,
                               int more_param, int more);

/* It stays where it is while an errand is on its way. Zeroed memory is a new one. */
typedef struct FileStepper {
    Errands *errands; /* the owner's; outlive it; NULL: folders are read at once */
    file_step_take_fn *take;
    void *context;
    const void *awaited; /* the errand whose answer counts; NULL: none */
    int more_param, more;
} FileStepper;

/* `step` is copied. There is an answer, unless one is already on its way: that one then
 * tells of more. */
void file_step_want(FileStepper *stepper, const FileStep *step);
/* The parameters are others now: an answer does not count. */
void file_step_forget(FileStepper *stepper);

#endif
