#include "batch/program_cache.h"

/* Wait for the plan; false: there will be none. With the lock held. */
static bool await_plan(ProgramCache *looks, int deep)
{
    while (!looks->plans[deep] && !looks->failed) {
        looks->wanted[deep] = true;
        pthread_cond_signal(&looks->monitor->caller);
        pthread_cond_wait(&looks->monitor->workers, &looks->monitor->lock);
    }
    return !looks->failed;
}

/* The program, made by this thread if no other has made it or is at it. With the lock
 * held, which is left while compiling. */
static Program *make_program(ProgramCache *looks, int deep, int gray, int channels,
                             Err *err)
{
    Monitor *monitor = looks->monitor;
    while (looks->compiling[deep][gray])
        pthread_cond_wait(&monitor->workers, &monitor->lock);
    if (looks->programs[deep][gray])
        return looks->programs[deep][gray];
    looks->compiling[deep][gray] = true;
    pthread_mutex_unlock(&monitor->lock);
    Program *made = compile_plan(looks->plans[deep], channels, err);
    pthread_mutex_lock(&monitor->lock);
    looks->compiling[deep][gray] = false;
    looks->programs[deep][gray] = made;
    pthread_cond_broadcast(&monitor->workers);
    return made;
}

Program *program_cache_get(ProgramCache *looks, ImageInfo info, Err *err)
{
    int deep = info.depth == 16, gray = info.channels <= 2;
    Program *program = NULL;
    pthread_mutex_lock(&looks->monitor->lock);
    if (await_plan(looks, deep))
        program = make_program(looks, deep, gray, info.channels, err);
    else
        err_set(err, ERR_CANCELLED, "there is no look");
    pthread_mutex_unlock(&looks->monitor->lock);
    return program;
}

bool program_cache_serve(ProgramCache *looks, const BatchHooks *hooks)
{
    Monitor *monitor = looks->monitor;
    int deep = looks->wanted[0] ? 0 : 1;
    if (!looks->wanted[deep] || looks->failed)
        return false;
    pthread_mutex_unlock(&monitor->lock);
    Err err = {0};
    Plan *plan = hooks->plan(hooks->context, deep ? 16 : 8, &err);
    pthread_mutex_lock(&monitor->lock);
    looks->plans[deep] = plan;
    looks->wanted[deep] = false; /* only now: others may have wished meanwhile */
    if (!plan) {
        looks->err = err;
        looks->failed = true;
    }
    pthread_cond_broadcast(&monitor->workers);
    return true;
}

void program_cache_close(ProgramCache *looks)
{
    looks->failed = true;
    pthread_cond_broadcast(&looks->monitor->workers);
}

void program_cache_term(ProgramCache *looks)
{
    for (int deep = 0; deep < 2; deep++) {
        plan_unref(&looks->plans[deep]);
        for (int gray = 0; gray < 2; gray++)
            program_unref(&looks->programs[deep][gray]);
    }
}
