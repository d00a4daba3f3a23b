#include "python/module/py_host.h"

#include "opencl/opencl.h"

void py_host_equip(State *state, Pool *pool, Mode mode, const char *device)
{
    ASSERT_GIL();
    state->hosted = true;
    state->mode = mode;
    state->device = device;
    atomic_store(&state->pool, pool);
}

/* Two threads may make one at the same time: the later one is freed again. Where a
 * thread cannot be started the caller works alone. */
Pool *py_host_pool(State *state)
{
    ASSERT_GIL();
    Pool *known = atomic_load(&state->pool);
    if (known || state->hosted)
        return known;
    Pool *made = pool_new(0, NULL);
    if (!made || atomic_compare_exchange_strong(&state->pool, &known, made))
        return made;
    pool_free(made);
    return known;
}

void py_host_close_opencl(State *state)
{
    ASSERT_GIL();
    opencl_close(atomic_exchange(&state->opencl, NULL));
}

Pool *py_host_take_pool(State *state)
{
    ASSERT_GIL();
    return state->hosted ? NULL : atomic_exchange(&state->pool, NULL);
}

/* The parent's pool and device have no threads here, and their locks may be held: they
 * stay as they are. */
void py_host_after_fork(State *state)
{
    ASSERT_GIL();
    atomic_store(&state->opencl, NULL);
    if (!state->hosted)
        atomic_store(&state->pool, NULL);
}
