#include "base/thread/ctypes_parallel.h"

#include <stddef.h>

bool lutist_parallel_for(int threads, int count, pool_fn fn, void *arg)
{
    Pool *pool = pool_new(threads, NULL);
    if (!pool)
        return false;
    pool_for(pool, count, fn, arg, NULL);
    pool_free(pool);
    return true;
}
