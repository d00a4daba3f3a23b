/* mixer_tables — a plan of tone, matrix, tone as the tables of the 8-bit mixer kernel.
 *
 * The kernel's sums represent the matrix's results to 2^-21 of their range; the index
 * into the result tables has fewer bits. Both errors are measured for every entry
 * against the plan's curve. If no number of bits keeps the result within one LSB of 8
 * bits, there is no mixer. An entry that touches a doubt of the curve is marked.
 * Threads: pure.
 * Python:  unaware; call with the GIL released.
 */
#ifndef LUTIST_PIPE_PROGRAM_MIXER_TABLES_H
#define LUTIST_PIPE_PROGRAM_MIXER_TABLES_H

#include <stddef.h>

#include "pipe/plan/plan.h"

/* New (mem_free); *bytes is its size. *out is NULL if the plan has no mixer. Fails:
 * ERR_MEMORY. */
bool mixer_tables_new(const Plan *plan, const Kernels *kernels, MixerTables **out,
                      size_t *bytes, Err *err);

#endif
