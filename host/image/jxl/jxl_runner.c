#include "image/jxl/jxl_runner.h"

#include "base/thread/cancel.h"

JxlParallelRetCode jxl_runner(void *cancel, void *tasks, JxlParallelRunInit init,
                              JxlParallelRunFunction run, uint32_t start, uint32_t end)
{
    JxlParallelRetCode failed = init(tasks, 1);
    for (uint32_t task = start; !failed && task < end; task++) {
        failed = cancel_is_set(cancel) ? JXL_PARALLEL_RET_RUNNER_ERROR : 0;
        if (!failed)
            run(tasks, task, 0);
    }
    return failed;
}
