#include "pipe/param.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"

static void fill_strings(Param *param)
{
    char **strings[] = {&param->name, &param->label,   &param->group,     &param->help,
                        &param->unit, &param->pattern, &param->enabled_by};
    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++)
        if (!*strings[i])
            *strings[i] = mem_dup("");
}

ParamSet *param_set_new(Param *params, int count)
{
    for (int i = 0; i < count; i++)
        fill_strings(&params[i]);
    ParamSet *set = mem_new(1, sizeof *set);
    set->params = params;
    set->count = count;
    atomic_init(&set->refs, 1);
    return set;
}

ParamSet *param_set_ref(ParamSet *set)
{
    atomic_fetch_add(&set->refs, 1);
    return set;
}

static void free_parts(Param *param)
{
    for (int i = 0; i < param->n_choices; i++)
        mem_free(param->choices[i]);
    mem_free(param->choices);
    mem_free(param->name);
    mem_free(param->label);
    mem_free(param->group);
    mem_free(param->help);
    mem_free(param->unit);
    mem_free(param->pattern);
    mem_free(param->enabled_by);
    param_clear(&param->initial);
}

void param_set_unref(ParamSet **set)
{
    ParamSet *old = *set;
    *set = NULL;
    if (!old || atomic_fetch_sub(&old->refs, 1) > 1)
        return;
    for (int i = 0; i < old->count; i++)
        free_parts(&old->params[i]);
    mem_free(old->params);
    mem_free(old);
}

int param_find(const ParamSet *set, const char *name)
{
    for (int i = 0; i < set->count; i++)
        if (strcmp(set->params[i].name, name) == 0)
            return i;
    return -1;
}

ParamValue *param_defaults(const ParamSet *set)
{
    ParamValue *values = mem_new((size_t)set->count, sizeof *values);
    for (int i = 0; i < set->count; i++)
        values[i] = param_copy(set->params[i].initial);
    return values;
}

bool param_is_number(const Param *param)
{
    return param->kind <= PARAM_TOGGLE;
}

/* Is `word` in "one|two"? */
static bool is_listed(const char *list, const char *word)
{
    size_t length = strlen(word);
    for (const char *at = list; *at; at += strcspn(at, "|"), at += *at == '|')
        if (strcspn(at, "|") == length && strncmp(at, word, length) == 0)
            return true;
    return false;
}

bool param_is_enabled(const ParamSet *set, int index, const ParamValue *values)
{
    const char *by = set->params[index].enabled_by;
    char *name = mem_printf("%.*s", (int)strcspn(by, "="), by);
    int other = param_find(set, name);
    mem_free(name);
    const Param *param = other < 0 ? NULL : &set->params[other];
    const char *words = strchr(by, '=');
    if (param && param->kind == PARAM_TOGGLE)
        return values[other].number != 0;
    return !param || param->kind != PARAM_CHOICE || !words ||
           is_listed(words + 1, param->choices[(int)values[other].number]);
}

bool param_begins_group(const ParamSet *set, int index)
{
    const char *group = set->params[index].group;
    return group[0] && (!index || strcmp(set->params[index - 1].group, group) != 0);
}

static bool check_number(const Param *param, double value, Err *err)
{
    if (param->kind == PARAM_SLIDER) {
        if (!(value >= param->lo && value <= param->hi))
            return err_set(err, ERR_USAGE,
                           "%s=%.15g is outside its range: %.15g to %.15g", param->name,
                           value, param->lo, param->hi);
        if (param->whole && value != floor(value))
            return err_set(err, ERR_USAGE,
                           "%s=%.15g: must be a whole number (%.15g to %.15g); a "
                           "default written as %.1f in the script allows fractions",
                           param->name, value, param->lo, param->hi, param->lo);
        return true;
    }
    int most = param->kind == PARAM_TOGGLE ? 2 : param->n_choices;
    if (value >= 0 && value < most && value == floor(value))
        return true;
    return err_set(err, ERR_USAGE, "%s has no setting number %.15g", param->name,
                   value);
}

bool param_check(const Param *param, ParamValue value, Err *err)
{
    return !param_is_number(param) || check_number(param, value.number, err);
}

/* Slider geometry. */

double param_position(const Param *param, double value)
{
    double position = param->log ? log(value / param->lo) / log(param->hi / param->lo)
                                 : (value - param->lo) / (param->hi - param->lo);
    return fmin(fmax(position, 0.0), 1.0);
}

/* The largest power of ten that gives at least a hundred steps over the range. */
static double fine_step(const Param *param, double value)
{
    double span = param->log ? fabs(value) : param->hi - param->lo;
    return param->step > 0 ? param->step : pow(10, floor(log10(span / 100) + 1e-9));
}

static double clamped(const Param *param, double value)
{
    return fmin(fmax(value, param->lo), param->hi);
}

/* `value` on the nearest multiple of `step`, counted from `origin`. The quotient form
 * gives 0.3 and not 0.30000000000000004 for steps such as 0.1. */
static double on_step(double value, double origin, double step)
{
    double count = round((value - origin) / step);
    double inverse = round(1 / step);
    bool decimal = fabs(inverse * step - 1) < 1e-12;
    return decimal ? round((origin + count * step) * inverse) / inverse
                   : origin + count * step;
}

static double paced_step(const Param *param, double value, ParamPace pace)
{
    double step = fine_step(param, value);
    if (pace == PACE_COARSE)
        return 10 * step;
    return pace == PACE_FINE && !param->whole ? step / 10 : step;
}

double param_at(const Param *param, double position, ParamPace pace)
{
    double p = fmin(fmax(position, 0.0), 1.0);
    if (p == 0.0 || p == 1.0)
        return p == 0.0 ? param->lo : param->hi;
    double value = param->log ? param->lo * pow(param->hi / param->lo, p)
                              : param->lo + (param->hi - param->lo) * p;
    double origin = param->step > 0 ? param->lo : 0;
    return clamped(param, on_step(value, origin, paced_step(param, value, pace)));
}

double param_nudge(const Param *param, double value, int direction, ParamPace pace)
{
    if (param->kind != PARAM_SLIDER) {
        int count = param->kind == PARAM_TOGGLE ? 2 : param->n_choices;
        return ((int)value + direction + count) % count;
    }
    double step = paced_step(param, value, pace);
    double grid = pace == PACE_COARSE ? fine_step(param, value) : step;
    double origin = param->step > 0 ? param->lo : 0;
    return clamped(param, on_step(value + direction * step, origin, grid));
}
