#include "python/module/py_host.h"

void py_host_equip(State *state, Pool *pool, Mode mode)
{
    ASSERT_GIL();
    state->hosted = true;
    state->mode = mode;
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

Pool *py_host_take_pool(State *state)
{
    ASSERT_GIL();
    return state->hosted ? NULL : atomic_exchange(&state->pool, NULL);
}

/* The parent's pool has no threads here, and its lock may be held: it stays as it is.
 */
void py_host_after_fork(State *state)
{
    ASSERT_GIL();
    if (!state->hosted)
        atomic_store(&state->pool, NULL);
}
