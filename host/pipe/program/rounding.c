#include "pipe/program/rounding.h"

#include <stddef.h>

/* The cast truncates, which is floor for values >= 0. Unlike floor(), every processor
 * has it as a vector instruction. */
static int sample(double value, double most)
{
    double v = value > 0 ? value : 0;
    v = v < 1 ? v : 1;
    return (int)(v * most + 0.5);
}

void rounding_bytes(const double *values, int levels, uint8_t *table)
{
    double most = levels - 1;
    for (int i = 0; i < levels; i++)
        table[i] = (uint8_t)(values ? sample(values[i], most) : i);
}

void rounding_words(const double *values, int levels, uint16_t *table)
{
    double most = levels - 1;
    for (int i = 0; i < levels; i++)
        table[i] = (uint16_t)(values ? sample(values[i], most) : i);
}
