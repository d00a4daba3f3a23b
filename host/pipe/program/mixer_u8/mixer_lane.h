/* mixer_lane — a channel of a matrix's results in the 8-bit mixer's sums.
 *
 * A lane's sums represent its range of values, low end first. They are of three rounded
 * numbers, one of which may have the others' rounding of a gray sample too, so each may
 * be off by MIXER_ROUNDING. Gray samples stay gray, where the plan keeps them so.
 * Threads: pure.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_PROGRAM_MIXER_U8_MIXER_LANE_H
#define LUTIST_PIPE_PROGRAM_MIXER_U8_MIXER_LANE_H

#include "pipe/plan/plan.h"

enum { MIXER_LEVELS = 256 };

#define MIXER_ROUNDING 2.5

typedef struct MixerLane {
    const CurveFit *tone;
    Range range;  /* of values; a sum of 0 is its lower end */
    double scale; /* sums a unit */
} MixerLane;

/* The lane of `channel` for sums of `bits` bits over `range`, which has the step's; it
 * begins a little lower. */
MixerLane mixer_lane_of(const PlanStep *step, int channel, Range range, int bits);

/* The columns of the plan's one matrix, in its three lanes of `bits` bits. */
void mixer_lanes_fill(const Plan *plan, const MixerLane lanes[3], int bits,
                      uint64_t in[3][MIXER_LEVELS]);

/* A value as the result shows it, in steps of 8 bits. */
double mixer_visible(double value);

#endif
