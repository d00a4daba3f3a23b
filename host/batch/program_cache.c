#include "batch/program_cache.h"

static Program *compile(ProgramCache *cache, ImageInfo info, Err *err)
{
    Plan *plan = caller_plan(cache->caller, info.depth, err);
    return plan ? compile_plan(plan, info.channels, err) : NULL;
}

/* One thread compiles and the others wait; if it fails, the next one tries. */
Program *program_cache_get(ProgramCache *cache, ImageInfo info, Err *err)
{
    int deep = info.depth == 16, gray = info.channels <= 2;
    BatchLock *batch_lock = cache->batch_lock;
    Program **program = &cache->programs[deep][gray];
    bool *compiling = &cache->compiling[deep][gray];
    pthread_mutex_lock(&batch_lock->lock);
    while (*compiling)
        pthread_cond_wait(&batch_lock->changed, &batch_lock->lock);
    if (!*program) {
        *compiling = true;
        pthread_mutex_unlock(&batch_lock->lock);
        Program *made = compile(cache, info, err);
        pthread_mutex_lock(&batch_lock->lock);
        *program = made;
        *compiling = false;
        pthread_cond_broadcast(&batch_lock->changed);
    }
    Program *found = *program;
    pthread_mutex_unlock(&batch_lock->lock);
    return found;
}

void program_cache_term(ProgramCache *cache)
{
    for (int deep = 0; deep < 2; deep++)
        for (int gray = 0; gray < 2; gray++)
            program_unref(&cache->programs[deep][gray]);
}
