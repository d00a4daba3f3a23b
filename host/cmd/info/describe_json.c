#include "cmd/info/describe_json.h"

#include "image/profile/profile.h"

/* Its description; null: there is none, or it is damaged. */
static void put_profile(Json *json, const Block *icc)
{
    Profile *profile = icc->data ? profile_open(icc, NULL) : NULL;
    json_text(json, "profile", profile ? profile_name(profile) : NULL);
    profile_unref(&profile);
}

/* Null: there is a profile, or it is sRGB. */
static void put_declared(Json *json, const Meta *meta)
{
    char name[80];
    DeclaredSpace space = declared_space(meta);
    declared_name(&space, name, sizeof name);
    json_text(json, "declared", space.by ? name : NULL);
    json_text(json, "declared_by", space.by ? declared_by(&space) : NULL);
}

void describe_json_image(Json *json, const char *path, const Reader *reader)
{
    ImageInfo info = reader_info(reader);
    const Meta *meta = reader_meta(reader);
    json_begin(json, NULL, '{');
    json_text(json, "image", path);
    json_text(json, "format", reader_format(reader)->name);
    json_number(json, "width", info.width);
    json_number(json, "height", info.height);
    json_number(json, "channels", info.channels);
    json_number(json, "depth", info.depth);
    json_number(json, "megapixels", (double)info.width * info.height / 1e6);
    json_number(json, "orientation", reader_orientation(reader));
    json_bool(json, "exif", meta->exif.data);
    json_bool(json, "icc", meta->icc.data);
    put_profile(json, &meta->icc);
    put_declared(json, meta);
    json_bool(json, "xmp", meta->xmp.data);
    json_bool(json, "iptc", meta->iptc.data);
    json_number(json, "dpi", meta->dpi);
    json_end(json, '}');
}

static void put_value(Json *json, const char *name, const Param *param,
                      ParamValue value)
{
    if (param->kind == PARAM_CHOICE)
        json_text(json, name, param->choices[(int)value.number]);
    else if (param->kind == PARAM_TOGGLE)
        json_bool(json, name, value.number != 0);
    else if (param->kind == PARAM_SLIDER)
        json_number(json, name, value.number);
    else
        json_text(json, name, param_text_of(value));
}

void describe_json_values(Json *json, const char *name, const ParamSet *params,
                          const ParamValue *values)
{
    json_begin(json, name, '{');
    for (int i = 0; params && i < params->count; i++)
        put_value(json, params->params[i].name, &params->params[i], values[i]);
    json_end(json, '}');
}

static void put_slider(Json *json, const Param *param)
{
    json_number(json, "lo", param->lo);
    json_number(json, "hi", param->hi);
    json_number(json, "step", param->step);
    json_bool(json, "log", param->log);
    json_bool(json, "whole", param->whole);
}

static void put_choice(Json *json, const Param *param)
{
    json_begin(json, "choices", '[');
    for (int i = 0; i < param->n_choices; i++)
        json_text(json, NULL, param->choices[i]);
    json_end(json, ']');
}

static void put_param(Json *json, const Param *param)
{
    static const char *const kinds[] = {
        [PARAM_SLIDER] = "slider", [PARAM_CHOICE] = "choice", [PARAM_TOGGLE] = "toggle",
        [PARAM_FILE] = "file",     [PARAM_CURVE] = "curve",   [PARAM_COLOR] = "color",
    };
    json_begin(json, NULL, '{');
    json_text(json, "name", param->name);
    json_text(json, "label", param->label);
    json_text(json, "group", param->group);
    json_text(json, "help", param->help);
    json_text(json, "enabled_by", param->enabled_by);
    json_text(json, "unit", param->unit);
    json_text(json, "kind", kinds[param->kind]);
    if (param->kind == PARAM_SLIDER)
        put_slider(json, param);
    else if (param->kind == PARAM_CHOICE)
        put_choice(json, param);
    else if (param->kind == PARAM_FILE)
        json_text(json, "pattern", param->pattern);
    put_value(json, "default", param, param->initial);
    json_end(json, '}');
}

static void put_curve(Json *json, const char *name, const CurveSummary *curve)
{
    json_begin(json, name, '{');
    json_text(json, "curve", plan_summary_word(curve->way));
    if (curve->way == CURVE_RECORDED)
        json_number(json, "operations", curve->size);
    if (curve->way == CURVE_TABLE)
        json_number(json, "entries", curve->size);
    if (curve->way == CURVE_SAMPLED) {
        json_bool(json, "arrays", curve->arrays);
        json_bool(json, "values", curve->values);
        json_text(json, "why", curve->why);
    }
    json_end(json, '}');
}

static void put_stage(Json *json, const StageSummary *stage)
{
    static const char *const channels[] = {"red", "green", "blue"};
    json_begin(json, NULL, '{');
    json_text(json, "stage", plan_summary_stage(stage->kind));
    for (int c = 0; stage->kind == STAGE_TONE && c < 3; c++)
        put_curve(json, channels[c], &stage->tone[c]);
    if (stage->kind == STAGE_CUBE) {
        json_number(json, "size", stage->size);
        json_number(json, "mix", stage->mix);
        json_text(json, "name", stage->name);
    }
    json_end(json, '}');
}

/* What is left of the stages once they are joined and folded. */
static void put_steps(Json *json, const Lut3dF32 *chain)
{
    const LineCurve *input = chain->input;
    json_bool(json, "first_tables", chain->tone[0] || chain->tone[1] || chain->tone[2]);
    json_bool(json, "first_curves", input[0].piece || input[1].piece || input[2].piece);
    json_begin(json, "steps", '[');
    for (int s = 0; s < chain->n_steps; s++) {
        const Lut3dF32Step *step = &chain->steps[s];
        json_begin(json, NULL, '{');
        json_text(json, "step", step->points ? "cube" : "matrix");
        if (step->points) {
            json_number(json, "size", step->size);
            json_number(json, "mix", step->mix);
        }
        json_bool(json, "curves",
                  step->curve[0].piece || step->curve[1].piece || step->curve[2].piece);
        json_end(json, '}');
    }
    json_end(json, ']');
}

/* The same of a 3D table in whole numbers. */
static void put_whole_cube(Json *json, const Lut3dU8 *table)
{
    json_bool(json, "first_tables", !table->even);
    json_bool(json, "first_curves", false);
    json_begin(json, "steps", '[');
    json_begin(json, NULL, '{');
    json_text(json, "step", "cube");
    json_number(json, "size", table->size);
    json_number(json, "mix", 1);
    json_bool(json, "curves", false);
    json_end(json, '}');
    json_end(json, ']');
}

static void put_plan(Json *json, const PlanSummary *summary, const Program *program)
{
    json_begin(json, NULL, '{');
    json_number(json, "depth", program->depth);
    json_begin(json, "stages", '[');
    for (int i = 0; i < summary->count; i++)
        put_stage(json, &summary->stages[i]);
    json_end(json, ']');
    json_text(json, "program", program_describe(program));
    if (program->kind == PROGRAM_FLOATS)
        put_steps(json, &program->floats->chain);
    if (program->kind == PROGRAM_CUBE)
        put_whole_cube(json, &program->cube->table);
    json_number(json, "table_bytes", (double)program->table_bytes);
    json_end(json, '}');
}

static void put_plans(Json *json, const PlanFacts *facts)
{
    describe_json_values(json, "values", facts->params, facts->values);
    json_begin(json, "plans", '[');
    for (int d = 0; d < 2; d++)
        put_plan(json, &facts->at[d].summary, facts->at[d].program);
    json_end(json, ']');
}

static void put_presets(Json *json, const ScriptFacts *script)
{
    json_begin(json, "presets", '[');
    for (int i = 0; i < script->presets->count; i++) {
        const Preset *preset = &script->presets->presets[i];
        json_begin(json, NULL, '{');
        json_text(json, "name", preset->name);
        json_bool(json, "own", preset->own);
        describe_json_values(json, "values", script->params, preset->values);
        json_end(json, '}');
    }
    json_end(json, ']');
}

void describe_json_script(Json *json, const ScriptFacts *script)
{
    json_begin(json, NULL, '{');
    json_text(json, "script", script->name);
    json_text(json, "path", script->path);
    json_text(json, "doc", script->doc);
    json_begin(json, "params", '[');
    for (int i = 0; i < script->params->count; i++)
        put_param(json, &script->params->params[i]);
    json_end(json, ']');
    put_presets(json, script);
    if (script->plans)
        put_plans(json, script->plans);
    json_end(json, '}');
}
