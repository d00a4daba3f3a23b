/* tone_trust — does a curve's expression stand for the curve in this plan?
 *
 * An expression is trusted until it has no value somewhere, or until a few of its
 * values differ from those of the curve itself. Then the curve is called instead, for
 * the rest of the plan.
 * Threads: one at a time.
 * Python:  unaware; Curve.agrees is called on the calling thread.
 */
#ifndef LUTIST_PIPE_TONE_TONE_TRUST_H
#define LUTIST_PIPE_TONE_TONE_TRUST_H

#include "pipe/stage.h"

typedef struct Distrust {
    const Curve *curve;
    const char *reason;
} Distrust;

/* The curves whose expressions are not trusted. Starts zeroed. */
typedef struct ToneTrust {
    Distrust *distrusted; /* owned: mem_free */
    int count;
} ToneTrust;

/* False also for a curve that has no expression. */
bool tone_trust_holds(const ToneTrust *trust, const Curve *curve);
/* Why it is not trusted in the plan that is being made or was made last; NULL: it is.
 */
const char *tone_trust_reason(const ToneTrust *trust, const Curve *curve);
/* From now on the curve is called although it has an expression. */
void tone_trust_withdraw(ToneTrust *trust, const Curve *curve, const char *reason);
/* Compare the expressions of n neighbouring curves with the curves themselves, at a few
 * of `inputs`, and withdraw trust where they differ. False: some did. */
bool tone_trust_probe(ToneTrust *trust, const Curve *const *curves, int n,
                      const double *inputs, size_t size);

#endif
