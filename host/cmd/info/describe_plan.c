#include "cmd/info/describe_plan.h"

#include "base/mem.h"
#include "base/text/printable.h"

static const char *const CHANNELS[] = {"red", "green", "blue"};

/* How the script's function was called. */
static const char *calls_words(const CurveSummary *curve)
{
    if (curve->arrays)
        return curve->values ? "called with arrays, and for single values"
                             : "called with arrays";
    return curve->values ? "one call a value" : "not called";
}

static void curve_words(FILE *file, const CurveSummary *curve)
{
    fputs(plan_summary_word(curve->way), file);
    if (curve->way == CURVE_RECORDED)
        fprintf(file, ", %d operation%s", curve->size, curve->size == 1 ? "" : "s");
    if (curve->way == CURVE_TABLE)
        fprintf(file, " of %d values", curve->size);
    if (curve->way == CURVE_SAMPLED)
        fprintf(file, ", %s: %s", calls_words(curve), curve->why);
}

static void tone_words(FILE *file, const StageSummary *stage)
{
    if (stage->same)
        curve_words(file, &stage->tone[0]);
    for (int c = 0; !stage->same && c < 3; c++) {
        fprintf(file, "%s%s ", c ? "; " : "", CHANNELS[c]);
        curve_words(file, &stage->tone[c]);
    }
}

static void cube_words(FILE *file, const StageSummary *stage)
{
    fprintf(file, "%d a side", stage->size);
    if (stage->name[0]) {
        fputs(", ", file);
        printable_put(file, stage->name);
    }
    if (stage->mix != 1)
        fprintf(file, ", mix %g", stage->mix);
}

static void stage_line(FILE *file, int number, const StageSummary *stage)
{
    fprintf(file, "    stage %d: %s%s", number, plan_summary_stage(stage->kind),
            stage->kind == STAGE_MATRIX ? "" : ", ");
    if (stage->kind == STAGE_TONE)
        tone_words(file, stage);
    if (stage->kind == STAGE_CUBE)
        cube_words(file, stage);
    fputc('\n', file);
}

/* What is left of the stages once they are joined and folded. */
static void fused_steps(FILE *file, const Lut3dF32 *chain)
{
    bool tables = chain->tone[0] || chain->tone[1] || chain->tone[2];
    const LineCurve *input = chain->input;
    if (tables || input[0].piece || input[1].piece || input[2].piece)
        fprintf(file,
                "      first: the tones and the shaper in front, a %s a channel\n",
                tables ? "table" : "curve");
    for (int s = 0; s < chain->n_steps; s++) {
        const Lut3dF32Step *step = &chain->steps[s];
        fprintf(file, "      step %d: ", s + 1);
        if (step->points)
            fprintf(file, "3D table, %d a side", step->size);
        else
            fputs("matrix", file);
        if (step->points && step->mix != 1)
            fprintf(file, ", mix %g", step->mix);
        if (step->curve[0].piece || step->curve[1].piece || step->curve[2].piece)
            fputs(", then a curve a channel", file);
        fputc('\n', file);
    }
}

/* The same of a 3D table in whole numbers. */
static void whole_cube_step(FILE *file, const Lut3dU8 *table)
{
    if (!table->even)
        fputs("      first: the tones and the shaper in front, a table a channel\n",
              file);
    fprintf(file, "      step 1: 3D table, %d a side\n", table->size);
}

static void setting(FILE *file, const PlanFacts *facts)
{
    for (int i = 0; i < facts->params->count; i++) {
        const Param *param = &facts->params->params[i];
        char *literal = param_literal(param, facts->values[i]);
        fprintf(file, "%s%s=", i ? ", " : " at ", param->name);
        printable_put(file, literal);
        mem_free(literal);
    }
}

void describe_plans(FILE *file, const PlanFacts *facts)
{
    for (int d = 0; d < 2; d++) {
        const PlanSummary *summary = &facts->at[d].summary;
        const Program *program = facts->at[d].program;
        fprintf(file, "  %d bits", program->depth);
        setting(file, facts);
        fputs(":\n", file);
        for (int i = 0; i < summary->count; i++)
            stage_line(file, i + 1, &summary->stages[i]);
        fprintf(file, "    program: %s", program_describe(program));
        if (program->table_bytes)
            fprintf(file, ", %zu bytes", program->table_bytes);
        fputc('\n', file);
        if (program->kind == PROGRAM_FLOATS)
            fused_steps(file, &program->floats->chain);
        if (program->kind == PROGRAM_CUBE)
            whole_cube_step(file, &program->cube->table);
    }
}
