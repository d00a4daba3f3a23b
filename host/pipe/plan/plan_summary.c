#include "pipe/plan/plan_summary.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"

const char *plan_summary_word(CurveWay way)
{
    static const char *const words[] = {"identity", "recorded", "table", "sampled"};
    return words[way];
}

const char *plan_summary_stage(StageKind kind)
{
    static const char *const words[] = {"tone", "matrix", "cube"};
    return words[kind];
}

static CurveSummary summarise(const Curve *curve, const ToneCache *tones,
                              CurveCalls (*calls)(const Curve *curve))
{
    if (!curve)
        return (CurveSummary){CURVE_IDENTITY};
    CurveCalls called = calls(curve);
    const char *why = tone_cache_distrust_reason(tones, curve);
    CurveSummary summary = {CURVE_SAMPLED, .arrays = called.arrays,
                            .values = called.values};
    if (curve->expr && !why) {
        size_t table = expr_table_size(curve->expr);
        summary.way = table ? CURVE_TABLE : CURVE_RECORDED;
        summary.size = table ? (int)table : expr_size(curve->expr);
    }
    snprintf(summary.why, sizeof summary.why, "%s", why ? why : called.why);
    return summary;
}

static void summarise_cube(const Stage *stage, StageSummary *out)
{
    out->size = stage->cube->table.size;
    out->mix = stage->mix;
    memcpy(out->name, stage->cube->name, sizeof out->name);
}

void plan_summary_fill(PlanSummary *summary, const Stage *stages, int count,
                       const ToneCache *tones, CurveCalls (*calls)(const Curve *curve))
{
    summary->count = count;
    summary->stages = mem_new((size_t)count, sizeof *summary->stages);
    for (int i = 0; i < count; i++) {
        const Stage *stage = &stages[i];
        StageSummary *out = &summary->stages[i];
        out->kind = stage->kind;
        out->same =
            stage->tone[0] == stage->tone[1] && stage->tone[0] == stage->tone[2];
        for (int c = 0; c < 3; c++)
            out->tone[c] = summarise(stage->tone[c], tones, calls);
        if (stage->kind == STAGE_CUBE)
            summarise_cube(stage, out);
    }
}

void plan_summary_clear(PlanSummary *summary)
{
    mem_free(summary->stages);
    *summary = (PlanSummary){0};
}
