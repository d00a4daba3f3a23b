#include "pipe/plan/plan_report.h"

#include "base/mem.h"

const char *plan_report_word(CurveWay way)
{
    static const char *const words[] = {"identity", "recorded", "table", "sampled"};
    return words[way];
}

void plan_report_clear(PlanReport *report)
{
    mem_free(report->stages);
    *report = (PlanReport){0};
}
