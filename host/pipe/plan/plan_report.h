/* plan_report — how a plan came about: stages in, and what became of each curve.
 *
 * Threads: a value; the caller owns it.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_PLAN_PLAN_REPORT_H
#define LUTIST_PIPE_PLAN_PLAN_REPORT_H

#include "pipe/stage.h"

typedef enum CurveWay {
    CURVE_IDENTITY,
    CURVE_RECORDED, /* an expression, worked out without Python */
    CURVE_TABLE,    /* the script gave a table */
    CURVE_SAMPLED,  /* a Python function, called for its values */
} CurveWay;

typedef struct CurveReport {
    CurveWay way;
    int size;      /* operations of an expression, entries of a table */
    bool arrays;   /* CURVE_SAMPLED: called with all its values in an array */
    bool values;   /* CURVE_SAMPLED: called for each value; both may be */
    char why[120]; /* CURVE_SAMPLED: why it was not recorded */
} CurveReport;

typedef struct StageReport {
    StageKind kind;
    bool same; /* a tone: one curve for all channels */
    CurveReport tone[3];
} StageReport;

typedef struct PlanReport {
    StageReport *stages; /* owned */
    int count;
} PlanReport;

/* "recorded", … */
const char *plan_report_word(CurveWay way);
void plan_report_clear(PlanReport *report);

#endif
