/* line_samples — a tone on the samples of a 16-bit file as straight pieces.
 *
 * The pieces are those of line_curve.h with 128 to an octave, so a sample below 256 has
 * a piece of its own. The result of each sample is worked out as the kernels do it, so
 * the error is known, not estimated.
 * Threads: pure.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_PROGRAM_FLOATS_LINE_SAMPLES_H
#define LUTIST_PIPE_PROGRAM_FLOATS_LINE_SAMPLES_H

#include "pipe/program_floats/line_fit.h"

enum { LINE_SAMPLES = 65536 };

/* Pieces for the tone that makes values[s] of sample s. *good is false if a result
 * would be off by more than `tolerance`; then there is nothing to free. Free with
 * line_fit_clear. Fails: ERR_MEMORY. */
bool line_samples_new(LineFit *fit, const double values[LINE_SAMPLES], double tolerance,
                      bool *good, Err *err);

#endif
