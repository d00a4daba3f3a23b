#include "pipe/tone/tone_trust.h"

#include <string.h>

#include "base/mem.h"

/* How many values of an expression are compared. */
enum { PROBES = 7 };

const char *tone_trust_reason(const ToneTrust *trust, const Curve *curve)
{
    for (int i = 0; i < trust->count; i++)
        if (trust->distrusted[i].curve == curve)
            return trust->distrusted[i].reason;
    return NULL;
}

bool tone_trust_holds(const ToneTrust *trust, const Curve *curve)
{
    return curve->expr && !tone_trust_reason(trust, curve);
}

void tone_trust_withdraw(ToneTrust *trust, const Curve *curve, const char *reason)
{
    trust->distrusted =
        mem_more(trust->distrusted, (size_t)trust->count, 1, sizeof *trust->distrusted);
    trust->distrusted[trust->count++] = (Distrust){curve, reason};
}

/* At both ends and some inputs between. */
bool tone_trust_probe(ToneTrust *trust, const Curve *const *curves, int n,
                      const double *inputs, size_t size)
{
    REQUIRE(size > 0);
    size_t last = size - 1;
    const size_t at[PROBES] = {
        0, size / 11, size / 3, size / 2, last - last / 4, last ? last - 1 : 0, last};
    double x[PROBES], y[PROBES];
    bool good = true;
    for (int i = 0; i < PROBES; i++)
        x[i] = inputs[at[i]];
    for (int k = 0; k < n; k++) {
        const Curve *curve = curves[k];
        expr_eval(curve->expr, x, y, PROBES);
        if (curve->agrees && !curve->agrees(curve->context, x, y, PROBES)) {
            tone_trust_withdraw(trust, curve, "its values differ from the recording");
            good = false;
        }
        memcpy(x, y, sizeof x);
    }
    return good;
}
