#include "python/isolate/wire/wire_params.h"

#include <string.h>

#include "base/mem.h"

enum { MOST_PARAMS = 4096, MOST_CHOICES = 65536 };

static void pack_value(Pack *pack, const Param *param, ParamValue value)
{
    if (param_is_number(param))
        pack_f64(pack, value.number);
    else
        pack_text(pack, param_text_of(value));
}

/* A file is any path; curves and colours have one form each, which parsing gives. */
static ParamValue unpack_text_value(Unpack *unpack, const Param *param)
{
    ParamValue value = {0};
    char *text = unpack_name(unpack);
    if (text && param->kind == PARAM_FILE)
        value = param_text(text);
    else if (text && !(param_parse(param, text, &value, NULL) &&
                       strcmp(text, param_text_of(value)) == 0))
        unpack->bad = true;
    mem_free(text);
    return value;
}

static ParamValue unpack_value(Unpack *unpack, const Param *param)
{
    if (!param_is_number(param))
        return unpack_text_value(unpack, param);
    double number = unpack_finite(unpack);
    unpack->bad = unpack->bad || !param_check(param, param_number(number), NULL);
    return param_number(number);
}

static void pack_param(Pack *pack, const Param *param)
{
    pack_u32(pack, (uint32_t)param->kind);
    pack_text(pack, param->name);
    pack_text(pack, param->label);
    pack_text(pack, param->group);
    pack_text(pack, param->help);
    pack_text(pack, param->pattern);
    pack_text(pack, param->enabled_by);
    pack_text(pack, param->unit);
    pack_f64(pack, param->lo);
    pack_f64(pack, param->hi);
    pack_f64(pack, param->step);
    pack_u32(pack, param->whole);
    pack_u32(pack, param->log);
    pack_u32(pack, (uint32_t)param->n_choices);
    for (int i = 0; i < param->n_choices; i++)
        pack_text(pack, param->choices[i]);
    pack_value(pack, param, param->initial);
}

void pack_params(Pack *pack, const ParamSet *set)
{
    pack_u32(pack, (uint32_t)set->count);
    for (int i = 0; i < set->count; i++)
        pack_param(pack, &set->params[i]);
}

static void unpack_choices(Unpack *unpack, Param *param)
{
    uint32_t count = unpack_count(unpack, sizeof(uint64_t), MOST_CHOICES);
    param->choices = mem_new(count, sizeof *param->choices);
    for (uint32_t i = 0; i < count && !unpack->bad; i++)
        if ((param->choices[i] = unpack_text(unpack)))
            param->n_choices++;
}

static bool is_sound(const Param *param)
{
    bool slider = param->kind == PARAM_SLIDER;
    return param->name[0] && param->step >= 0 && (!slider || param->lo < param->hi) &&
           (!param->log || param->lo > 0) &&
           (param->kind != PARAM_CHOICE || param->n_choices > 0);
}

static void unpack_param(Unpack *unpack, Param *param)
{
    uint32_t kind = unpack_u32(unpack);
    unpack->bad = unpack->bad || kind > PARAM_COLOR;
    param->kind = unpack->bad ? PARAM_TOGGLE : (ParamKind)kind;
    param->name = unpack_text(unpack);
    param->label = unpack_text(unpack);
    param->group = unpack_text(unpack);
    param->help = unpack_text(unpack);
    param->pattern = unpack_text(unpack);
    param->enabled_by = unpack_text(unpack);
    param->unit = unpack_text(unpack);
    param->lo = unpack_finite(unpack);
    param->hi = unpack_finite(unpack);
    param->step = unpack_finite(unpack);
    param->whole = unpack_bool(unpack);
    param->log = unpack_bool(unpack);
    unpack_choices(unpack, param);
    unpack->bad = unpack->bad || !is_sound(param);
    if (!unpack->bad)
        param->initial = unpack_value(unpack, param);
}

static bool has_name(const Param *params, uint32_t count, const char *name)
{
    for (uint32_t i = 0; i < count; i++)
        if (strcmp(params[i].name, name) == 0)
            return true;
    return false;
}

ParamSet *unpack_params(Unpack *unpack)
{
    uint32_t count = unpack_count(unpack, sizeof(uint64_t), MOST_PARAMS);
    Param *params = mem_new(count, sizeof *params);
    for (uint32_t i = 0; i < count && !unpack->bad; i++) {
        unpack_param(unpack, &params[i]);
        unpack->bad = unpack->bad || has_name(params, i, params[i].name);
    }
    ParamSet *set = param_set_new(params, (int)count);
    if (unpack->bad)
        param_set_unref(&set);
    return set;
}

void pack_values(Pack *pack, const ParamSet *set, const ParamValue *values)
{
    for (int i = 0; i < set->count; i++)
        pack_value(pack, &set->params[i], values[i]);
}

ParamValue *unpack_values(Unpack *unpack, const ParamSet *set)
{
    ParamValue *values = mem_new((size_t)set->count, sizeof *values);
    for (int i = 0; i < set->count && !unpack->bad; i++)
        values[i] = unpack_value(unpack, &set->params[i]);
    if (!unpack->bad)
        return values;
    param_values_free(values, set->count);
    return NULL;
}
