#include "viewer/picture/picture_drop.h"

#include "base/mem.h"

typedef struct Reference {
    Pyramid *pyramid; /* a reference */
} Reference;

static void run(void *data)
{
    Reference *reference = data;
    pyramid_unref(&reference->pyramid);
}

static void take(void *data)
{
    (void)data;
}

/* The end of the window may come before the errand. */
static void drop(void *data)
{
    run(data);
    mem_free(data);
}

void picture_drop(Errands *errands, Pyramid **pyramid)
{
    if (!*pyramid)
        return;
    Reference *reference = mem_new(1, sizeof *reference);
    reference->pyramid = *pyramid;
    *pyramid = NULL;
    errands_do(errands, reference, &(Errand){run, take, drop, reference});
}
