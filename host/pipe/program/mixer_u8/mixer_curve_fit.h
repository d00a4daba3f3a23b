/* mixer_curve_fit — a plan's last tone as the straight pieces of the 8-bit mixer.
 *
 * The mixer's sums then have 16 bits and represent one range in all lanes, so that one
 * curve serves them all. Pieces are compared with the plan's curve at every sum.
 * Threads: pure.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_PROGRAM_MIXER_U8_MIXER_CURVE_FIT_H
#define LUTIST_PIPE_PROGRAM_MIXER_U8_MIXER_CURVE_FIT_H

#include "pipe/program/mixer_u8/mixer_lane.h"

enum { MIXER_CURVE_LANE = 16 };

/* Pieces for the one tone of `lanes`, which are of 16 bits over one range; `ranges` are
 * the three of the step. *good is false if a result would be more than 0.7 steps from
 * the tone, before it is rounded. The tone's doubts have no jumps. Fails: ERR_MEMORY.
 */
bool mixer_curve_fit(MixerCurve *curve, const MixerLane lanes[3], const Range *ranges,
                     const Kernels *kernels, bool *good, Err *err);

#endif
