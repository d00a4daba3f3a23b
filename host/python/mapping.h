/* mapping — a program, its source image and its result image.
 *
 * For the modes that Python itself runs (python_map.h).
 * Threads: a value.
 * Python:  unaware.
 */
#ifndef LUTIST_PYTHON_MAPPING_H
#define LUTIST_PYTHON_MAPPING_H

#include "pipe/mode.h"
#include "pipe/program/program.h"

typedef struct Mapping {
    Mode mode; /* mode_is_python */
    Program *program;
    Image *src, *dst; /* dst has the layout of program_output(src), and one reference */
    /* Called after each slice: `part` of all is done, from 0 to 1. False: stop. Both
     * may be NULL. */
    bool (*go_on)(void *context, double part);
    void *context;
} Mapping;

#endif
