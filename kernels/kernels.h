/* kernels — the table of pixel loops, one for each CPU level.
 *
 * Each member's header is its operation's contract. For every kernel it holds that no
 * alignment is needed beyond the element's own; that nothing is read or written outside
 * of the n pixels; that n = 0 does nothing; and, unless a contract says otherwise, that
 * src and dst are disjoint. All levels give the same bits.
 * Threads: the tables are constant once the program has been loaded. Kernels are pure:
 * different ranges may run at once.
 */
#ifndef LUTIST_KERNELS_KERNELS_H
#define LUTIST_KERNELS_KERNELS_H

#include "arith.h"
#include "convert_depth.h"
#include "cpu.h"
#include "halve.h"
#include "lut1d.h"
#include "mixer.h"
#include "planes_f64.h"

typedef struct Kernels {
    Lut1dKernels lut1d;
    MixerKernels mixer;
    PlanesKernels planes;
    ArithKernels arith;
    HalveKernels halve;
    ConvertDepthKernels convert_depth;
} Kernels;

/* The table for `level`, for cpu_best() where that is lower: each slot is the highest
 * level's that has one, else the scalar reference. Never freed. */
const Kernels *kernels_at(CpuLevel level);

#endif
