/* run_halved — a program applied to all pixels of an image, of which a smaller size is
 * kept.
 *
 * The result is halved while it is in the cache, so it never goes to memory and back.
 * The first halving itself looks up what it can.
 * Threads: as run.
 * Python:  unaware; call with the GIL released.
 */
#ifndef LUTIST_PIPE_PROGRAM_RUN_HALVED_H
#define LUTIST_PIPE_PROGRAM_RUN_HALVED_H

#include "pipe/program/run.h"

enum { RUN_HALVED_MOST = 3 }; /* halvings */

/* run_image and then, `halvings` times (0 to RUN_HALVED_MOST), halve_image, into `dst`,
 * whose info is that of the result. The same bits. False: cancelled, dst is then partly
 * written. */
bool run_image_halved(const Program *program, const Image *src, Image *dst,
                      int halvings, Pool *pool, Cancel *cancel);

#endif
