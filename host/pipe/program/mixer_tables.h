/* mixer_tables — a plan of tone, matrix, tone as the tables of the 8-bit mixer kernel.
 *
 * The sums of the kernel stand for the matrix's results with 2^-21 of their range; the
 * index into the result tables has fewer bits. Both errors are measured for every entry
 * against the plan's curve: where no number of bits keeps the result within one step of
 * 8 bits, there is no mixer. An entry that the curve leaves in doubt is marked.
 * Threads: pure.
 * Python:  unaware; call with the GIL released.
 */
#ifndef LUTIST_PIPE_PROGRAM_MIXER_TABLES_H
#define LUTIST_PIPE_PROGRAM_MIXER_TABLES_H

#include <stddef.h>

#include "pipe/plan/plan.h"

/* New (mem_free); *bytes is its size. *out is NULL where the plan cannot be had that
 * way. Fails: ERR_MEMORY. */
bool mixer_tables_new(const Plan *plan, const Kernels *kernels, MixerTables **out,
                      size_t *bytes, Err *err);

#endif
