/* plan_summary — how the plan's stages were worked out: by expression, table or calls.
 *
 * Threads: a value; the caller owns it.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_PLAN_PLAN_SUMMARY_H
#define LUTIST_PIPE_PLAN_PLAN_SUMMARY_H

#include "pipe/stage.h"

typedef enum CurveWay {
    CURVE_IDENTITY,
    CURVE_RECORDED, /* an expression, worked out without Python */
    CURVE_TABLE,    /* the script gave a table */
    CURVE_SAMPLED,  /* a Python function, called for its values */
} CurveWay;

typedef struct CurveSummary {
    CurveWay way;
    int size;      /* operations of an expression, entries of a table */
    bool arrays;   /* CURVE_SAMPLED: called with all its values in an array */
    bool values;   /* CURVE_SAMPLED: called for each value; both may be */
    char why[120]; /* CURVE_SAMPLED: why it was not recorded */
} CurveSummary;

typedef struct StageSummary {
    StageKind kind;
    bool same; /* a tone: one curve for all channels */
    CurveSummary tone[3];
} StageSummary;

typedef struct PlanSummary {
    StageSummary *stages; /* owned */
    int count;
} PlanSummary;

/* "recorded", … */
const char *plan_summary_word(CurveWay way);
void plan_summary_clear(PlanSummary *report);

#endif
