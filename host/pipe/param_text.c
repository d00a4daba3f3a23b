/* Parameter values as people read and type them. */
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "pipe/param.h"

/* Decimals of a label: enough for the step, else for two hundred positions. */
static int decimals(const Param *param, ParamValue value)
{
    double span = param->log ? fabs(value) : param->hi - param->lo;
    double grain = param->step > 0 ? param->step : span / 100;
    int places = 0;
    for (double scale = 1; places < 6; places++, scale *= 10)
        if (fabs(grain * scale - round(grain * scale)) < 1e-9 * scale ||
            (param->step <= 0 && grain * scale >= 1))
            break;
    return places;
}

static const char *word(const Param *param, ParamValue value)
{
    if (param->kind == PARAM_TOGGLE)
        return value != 0 ? "on" : "off";
    return param->choices[(int)value];
}

/* "0.50 EV", but "40%" and "220°". */
static bool stands_alone(const char *unit)
{
    return unit[0] && strcmp(unit, "%") != 0 && strcmp(unit, "°") != 0;
}

char *param_format(const Param *param, ParamValue value, char *buffer, size_t size)
{
    if (param->kind != PARAM_SLIDER) {
        snprintf(buffer, size, "%s", word(param, value));
        return buffer;
    }
    const char *sign = param->lo < 0 && value > 0 ? "+" : "";
    const char *gap = stands_alone(param->unit) ? " " : "";
    double shown = value == 0 ? 0 : value; /* no "-0.00" */
    snprintf(buffer, size, "%s%.*f%s%s", sign, decimals(param, value), shown, gap,
             param->unit);
    return buffer;
}

char *param_literal(const Param *param, ParamValue value, char *buffer, size_t size)
{
    if (param->kind != PARAM_SLIDER) {
        snprintf(buffer, size, "%s", word(param, value));
        return buffer;
    }
    bool plain = fabs(value) < 1e15; /* "6500", not "6.5e+03" */
    for (int digits = 1; digits <= 17; digits++) {
        snprintf(buffer, size, "%.*g", digits, value);
        if (strtod(buffer, NULL) == value && !(plain && strstr(buffer, "e+")))
            break;
    }
    return buffer;
}

static bool parse_number(const Param *param, const char *text, ParamValue *value,
                         Err *err)
{
    char *end;
    double number = strtod(text, &end);
    bool any = end != text && isfinite(number);
    while (isspace((unsigned char)*end))
        end++;
    if (any && *end && strcasecmp(end, param->unit) == 0)
        end += strlen(end);
    if (!any || *end)
        return err_set(err, ERR_USAGE, "%s=%s is not a number (%.15g to %.15g)",
                       param->name, text, param->lo, param->hi);
    if (!param_check(param, number, err))
        return false;
    *value = number;
    return true;
}

static bool parse_choice(const Param *param, const char *text, ParamValue *value,
                         Err *err)
{
    for (int i = 0; i < param->n_choices; i++)
        if (strcasecmp(text, param->choices[i]) == 0) {
            *value = i;
            return true;
        }
    char list[256] = "";
    size_t used = 0;
    for (int i = 0; i < param->n_choices && used < sizeof list; i++)
        used += (size_t)snprintf(list + used, sizeof list - used, "%s%s", i ? ", " : "",
                                 param->choices[i]);
    return err_set(err, ERR_USAGE, "%s=%s is not one of: %s", param->name, text, list);
}

static bool parse_toggle(const Param *param, const char *text, ParamValue *value,
                         Err *err)
{
    static const char *const words[] = {"off", "on",  "false", "true",
                                        "no",  "yes", "0",     "1"};
    for (int i = 0; i < (int)(sizeof words / sizeof *words); i++)
        if (strcasecmp(text, words[i]) == 0) {
            *value = i % 2;
            return true;
        }
    return err_set(err, ERR_USAGE, "%s=%s is neither on nor off", param->name, text);
}

bool param_parse(const Param *param, const char *text, ParamValue *value, Err *err)
{
    switch (param->kind) {
    case PARAM_SLIDER:
        return parse_number(param, text, value, err);
    case PARAM_CHOICE:
        return parse_choice(param, text, value, err);
    case PARAM_TOGGLE:
        break;
    }
    return parse_toggle(param, text, value, err);
}
