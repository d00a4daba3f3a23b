#include "pipe/settings.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/text/suggest.h"

bool settings_unknown(const ParamSet *set, const char *script, const char *name,
                      Err *err)
{
    const char **names = mem_new((size_t)set->count, sizeof *names);
    char list[256] = "";
    size_t used = 0;
    for (int i = 0; i < set->count; i++) {
        names[i] = set->params[i].name;
        if (used < sizeof list)
            used += (size_t)snprintf(list + used, sizeof list - used, "%s%s",
                                     i ? ", " : "", names[i]);
    }
    const char *meant = suggest_name(name, names, set->count);
    mem_free(names);
    return err_set(err, ERR_USAGE, "%s has no parameter '%s', only: %s%s%s%s", script,
                   name, set->count ? list : "none", meant ? "; did you mean " : "",
                   meant ? meant : "", meant ? "?" : "");
}

/* Store "NAME=VALUE" in `values`. */
static bool set_param(const ParamSet *set, const char *script, const char *text,
                      ParamValue *values, Err *err)
{
    char *name = mem_printf("%.*s", (int)strcspn(text, "="), text);
    int index = param_find(set, name);
    ParamValue value;
    bool fine = index >= 0 ? param_parse(&set->params[index], text + strlen(name) + 1,
                                         &value, err)
                           : settings_unknown(set, script, name, err);
    if (fine) {
        param_clear(&values[index]);
        values[index] = value;
    }
    mem_free(name);
    return fine;
}

bool settings_apply(const ParamSet *set, const char *script, const char *const *texts,
                    int count, ParamValue *values, Err *err)
{
    for (int i = 0; i < count; i++)
        if (!set_param(set, script, texts[i], values, err))
            return false;
    return true;
}

/* Of a choice with the same word; the default where there is none. */
static ParamValue carry_choice(const Param *param, const char *word)
{
    for (int i = 0; i < param->n_choices; i++)
        if (strcmp(param->choices[i], word) == 0)
            return param_number(i);
    return param_copy(param->initial);
}

ParamValue settings_carry_one(const Param *param, const Param *was, ParamValue value)
{
    if (param->kind != was->kind || param_equal(value, was->initial))
        return param_copy(param->initial);
    if (param->kind == PARAM_CHOICE)
        return carry_choice(param, was->choices[(int)value.number]);
    if (param->kind != PARAM_SLIDER)
        return param_copy(value);
    double number = param->whole ? round(value.number) : value.number;
    return param_number(fmin(fmax(number, param->lo), param->hi));
}

ParamValue *settings_carry(const ParamSet *set, const ParamSet *earlier,
                           const ParamValue *values)
{
    ParamValue *carried = mem_new((size_t)set->count, sizeof *carried);
    for (int i = 0; i < set->count; i++) {
        const Param *param = &set->params[i];
        int at = param_find(earlier, param->name);
        carried[i] = at >= 0
                         ? settings_carry_one(param, &earlier->params[at], values[at])
                         : param_copy(param->initial);
    }
    return carried;
}

void settings_describe(const ParamSet *set, const ParamValue *values, SettingText text)
{
    size_t used = 0;
    text[0] = '\0';
    for (int i = 0; i < set->count && used < sizeof(SettingText); i++) {
        char *value = param_literal(&set->params[i], values[i]);
        used += (size_t)snprintf(text + used, sizeof(SettingText) - used, "%s%s=%s",
                                 i ? ", " : "with ", set->params[i].name, value);
        mem_free(value);
    }
}
