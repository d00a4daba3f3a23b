/* kernels — the table of pixel loops, one for each CPU level.
 *
 * The folder kernels: an operation's header is its contract, its .c the scalar
 * reference (lut3d/ has 3D tables, matrix/ matrices with and without tones, copy/
 * copies, halve/ halving with and without tables, power/ the powers of arith, weigh/
 * the sums of a resampling, ycbcr/ a JPEG file's colours); x86/ and arm/ hold its
 * faster levels. cpu tells the level.
 *
 * For every kernel: no alignment is needed beyond the element's own; nothing is read or
 * written outside of the n pixels; n = 0 does nothing; src and dst are disjoint unless
 * a contract says otherwise. All levels give the same bits.
 * Threads: the tables are constant once the program has been loaded. Kernels are pure:
 * different ranges may run at once.
 */
#ifndef LUTIST_KERNELS_KERNELS_H
#define LUTIST_KERNELS_KERNELS_H

#include "arith.h"
#include "convert_depth.h"
#include "copy/copy.h"
#include "cpu.h"
#include "halve/halve.h"
#include "lut1d.h"
#include "lut3d/lut3d.h"
#include "lut3d/lut3d_f32.h"
#include "lut3d/lut3d_u8.h"
#include "matrix/matrix_u8.h"
#include "mixer.h"
#include "pack_rgb.h"
#include "planes_f64.h"
#include "weigh/weigh.h"
#include "weigh/weigh_group.h"
#include "ycbcr/ycbcr.h"

typedef struct Kernels {
    Lut1dKernels lut1d;
    MixerKernels mixer;
    PlanesKernels planes;
    Lut3dKernels lut3d;
    Lut3dF32Kernels lut3d_f32;
    Lut3dU8Kernels lut3d_u8;
    ArithKernels arith;
    HalveKernels halve;
    ConvertDepthKernels convert_depth;
    CopyKernels copy;
    PackKernels pack;
    MatrixU8Kernels matrix_u8;
    WeighKernels weigh;
    WeighGroupKernels weigh_group;
    YcbcrKernels ycbcr;
} Kernels;

/* The table for `level`, or for cpu_best() if that is lower. Each slot is that of the
 * highest level which has the operation, else the scalar reference. Never freed. */
const Kernels *kernels_at(CpuLevel level);

#endif
