#include "pipe/plan/plan_summary.h"

#include "base/mem.h"

const char *plan_summary_word(CurveWay way)
{
    static const char *const words[] = {"identity", "recorded", "table", "sampled"};
    return words[way];
}

void plan_summary_clear(PlanSummary *report)
{
    mem_free(report->stages);
    *report = (PlanSummary){0};
}
