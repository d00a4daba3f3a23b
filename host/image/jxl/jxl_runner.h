/* jxl_runner — libjxl's tasks, one after the other in the calling thread.
 *
 * The only way to stop libjxl: a task is a part of the picture, 256 pixels a side.
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_JXL_JXL_RUNNER_H
#define LUTIST_IMAGE_JXL_JXL_RUNNER_H

#include <jxl/parallel_runner.h>

/* A JxlParallelRunner. `cancel` is a Cancel, or NULL: where it is set, libjxl fails. */
JxlParallelRetCode jxl_runner(void *cancel, void *tasks, JxlParallelRunInit init,
                              JxlParallelRunFunction run, uint32_t start, uint32_t end);

#endif
