/* wire_stages — a script's stages as bytes.
 *
 * A curve crosses as its recorded expression, as its table, or as a number by which the
 * script's process can be asked for its values; a recorded function as expression and
 * number. What was read is checked operation by operation and value by value, so it is
 * as safe for the engine as stages that came from Python directly.
 * Threads: owner thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_PYTHON_ISOLATE_WIRE_WIRE_STAGES_H
#define LUTIST_PYTHON_ISOLATE_WIRE_WIRE_STAGES_H

#include "pipe/plan/plan_summary.h"
#include "python/isolate/wire/wire_cubes.h"

/* A curve whose function, if it is one, lives in another process. */
typedef struct WireCurve {
    Curve curve; /* of a function: eval and agrees are the reader's */
    Expr *expr;  /* owned; NULL: the function was not recorded */
    uint32_t number;
    char why[CURVE_WHY]; /* why it was not recorded */
    /* how the function has been called */
    bool arrays, values;
    void *asker; /* the reader's */
} WireCurve;

typedef struct WireStages {
    Stage *stages; /* owned; the curves in them are those below, the cubes `cubes` */
    int count;
    WireCurve *curves; /* owned */
    int n_curves;
} WireStages;

/* The curves of `stages` by number, and why each was not recorded. */
typedef struct WireSource {
    const Stage *stages;
    int count;
    int n_curves;
    const Curve *(*curve)(const void *context, int number);
    const char *(*why)(const void *context, int number);
    const void *context;
} WireSource;

/* *cubes are those of the last stages, and then of these. */
void pack_stages(Pack *pack, const WireSource *source, WireCubes *cubes);

/* `function` gives eval and agrees of every curve that is a function, whose context is
 * its WireCurve. *cubes as in pack_stages. wire_stages_clear frees what was read, also
 * after a failure. Fails: ERR_MEMORY; ERR_SCRIPT (they are no stages). */
bool unpack_stages(Unpack *unpack, const Curve *function, WireCubes *cubes,
                   WireStages *read, Err *err);
void wire_stages_clear(WireStages *read);

#endif
