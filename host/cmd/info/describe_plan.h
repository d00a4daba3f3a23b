/* describe_plan — how a script's stages are worked out at one setting, in lines.
 *
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_CMD_INFO_DESCRIBE_PLAN_H
#define LUTIST_CMD_INFO_DESCRIBE_PLAN_H

#include <stdio.h>

#include "pipe/param.h"
#include "pipe/plan/plan_summary.h"
#include "pipe/program/program.h"

typedef struct PlanFacts {
    const ParamSet *params;
    const ParamValue *values;
    struct {
        PlanSummary summary;
        Program *program; /* for colour; its depth says which */
    } at[2];              /* 8 and 16 bits */
} PlanFacts;

void describe_plans(FILE *file, const PlanFacts *facts);

#endif
