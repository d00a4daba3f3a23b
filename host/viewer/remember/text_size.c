#include "viewer/remember/text_size.h"

#include <stddef.h>

/* Of the usual size. */
static const double SIZES[] = {0.7, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0};

enum { COUNT = sizeof SIZES / sizeof *SIZES };

double text_size_step(double size, int steps)
{
    int at = 0;
    while (at < COUNT - 1 && SIZES[at] < size - 1e-3)
        at++;
    at += steps;
    return SIZES[at < 0 ? 0 : at >= COUNT ? COUNT - 1 : at];
}

double text_size_within(double size, double most)
{
    while (size > 1 && size > most + 1e-3)
        size = text_size_step(size, -1);
    return size;
}

bool text_size_is_valid(double size)
{
    return size >= SIZES[0] && size <= SIZES[COUNT - 1];
}
