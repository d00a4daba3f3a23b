#include "pipe/tone/shared_doubles.h"

#include <stdatomic.h>

#include "base/mem.h"

/* As large as the alignment of the values. */
enum { HEAD = 64 };

static atomic_int *count_of(const double *values)
{
    return (atomic_int *)(void *)((char *)values - HEAD);
}

double *shared_doubles_new(size_t n, Err *err)
{
    char *block = mem_alloc(HEAD + n * sizeof(double), err);
    if (!block)
        return NULL;
    double *values = (double *)(void *)(block + HEAD);
    atomic_init(count_of(values), 1);
    return values;
}

double *shared_doubles_ref(double *values)
{
    atomic_fetch_add(count_of(values), 1);
    return values;
}

void shared_doubles_unref(double **values)
{
    double *old = *values;
    *values = NULL;
    if (old && atomic_fetch_sub(count_of(old), 1) == 1)
        mem_free(count_of(old));
}

bool shared_doubles_is_shared(const double *values)
{
    return atomic_load(count_of(values)) > 1;
}
