/* plan_summary — how the plan's stages were worked out: by expression, table or calls.
 *
 * Threads: a value; the caller owns it.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_PLAN_PLAN_SUMMARY_H
#define LUTIST_PIPE_PLAN_PLAN_SUMMARY_H

#include "pipe/stage.h"
#include "pipe/tone/tone_cache.h"

typedef enum CurveWay {
    CURVE_IDENTITY,
    CURVE_RECORDED, /* an expression, worked out without Python */
    CURVE_TABLE,    /* the script gave a table */
    CURVE_SAMPLED,  /* a Python function, called for its values */
} CurveWay;

enum { CURVE_WHY = 200 }; /* bytes of a reason */

typedef struct CurveSummary {
    CurveWay way;
    int size;            /* operations of an expression, entries of a table */
    bool arrays;         /* CURVE_SAMPLED: called with all its values in an array */
    bool values;         /* CURVE_SAMPLED: called for each value; both may be */
    char why[CURVE_WHY]; /* CURVE_SAMPLED: why it was not recorded */
} CurveSummary;

typedef struct StageSummary {
    StageKind kind;
    bool same; /* a tone: one curve for all channels */
    CurveSummary tone[3];
    /* a cube: */
    int size;      /* points a side */
    double mix;    /* see Stage */
    char name[64]; /* see Cube */
} StageSummary;

typedef struct PlanSummary {
    StageSummary *stages; /* owned */
    int count;
} PlanSummary;

/* How the function behind a curve has been called. */
typedef struct CurveCalls {
    bool arrays, values; /* as above */
    const char *why;     /* borrowed: why it was not recorded */
} CurveCalls;

/* Summarise the stages of a plan that was made with `tones`. `calls` tells of a curve.
 */
void plan_summary_fill(PlanSummary *summary, const Stage *stages, int count,
                       const ToneCache *tones, CurveCalls (*calls)(const Curve *curve));
/* "tone", … */
const char *plan_summary_stage(StageKind kind);
/* "recorded", … */
const char *plan_summary_word(CurveWay way);
void plan_summary_clear(PlanSummary *summary);

#endif
