/* The actions on a parameter by its name: add, set, cycle, reset. "mode" is a name too,
 * unless the look has such a parameter. */
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "pipe/settings.h"
#include "viewer/action/acts.h"

static const char BLANK[] = " \t";
static const char MODE[] = "mode";

/* New: the first word; *rest is what follows it. */
static char *take_name(const char *argument, const char **rest)
{
    size_t length = strcspn(argument, BLANK);
    *rest = argument + length + strspn(argument + length, BLANK);
    return mem_printf("%.*s", (int)length, argument);
}

/* The index of the parameter; -1: the user is told that there is none. */
static int find(App *app, const char *name)
{
    int index = param_find(app->panel.set, name);
    if (index >= 0)
        return index;
    Err err;
    settings_unknown(app->panel.set, "This look", name, &err);
    app_notice(app, err.text);
    return -1;
}

static bool is_mode(const App *app, const char *name)
{
    return strcmp(name, MODE) == 0 && param_find(app->panel.set, name) < 0;
}

/* The new value, where the hand is elsewhere than at its control. */
static void tell(App *app, int index)
{
    const Param *param = panel_param(&app->panel, index);
    char value[128];
    param_format(param, app->panel.values[index], value, sizeof value);
    char *text = mem_printf("%s: %s", param->label, value);
    app_notice(app, text);
    mem_free(text);
}

/* Takes the value. */
static void put(App *app, int index, ParamValue value)
{
    panel_set(&app->panel, index, value);
    param_clear(&value);
    tell(app, index);
}

bool act_add_check(const char *argument, Err *err)
{
    const char *step = argument + strcspn(argument, BLANK), *end;
    step += strspn(step, BLANK);
    double number = param_scan(step, &end);
    return (end > step && !*end && number - number == 0) ||
           err_set(err, ERR_USAGE,
                   "'%.60s' is not a step; write add PARAM STEP, as in "
                   "add exposure 0.1",
                   step);
}

void act_add(App *app, const Strike *strike)
{
    const char *step, *end;
    char *name = take_name(strike->argument, &step);
    int index = find(app, name);
    const Param *param = index < 0 ? NULL : panel_param(&app->panel, index);
    mem_free(name);
    if (!param)
        return;
    double lo = param->kind == PARAM_SLIDER ? param->lo : 0;
    double hi = param->kind == PARAM_SLIDER   ? param->hi
                : param->kind == PARAM_CHOICE ? param->n_choices - 1
                                              : 1;
    double number =
        app->panel.values[index].number + param_scan(step, &end) * strike->amount;
    bool whole = param->kind != PARAM_SLIDER || param->whole;
    if (!param_is_number(param)) {
        app_notice(app, "Only a number can be added to; see 'set' and 'cycle'.");
        return;
    }
    number = number < lo ? lo : number > hi ? hi : number;
    if (whole)
        number = (double)(long)(number + (number < 0 ? -0.5 : 0.5));
    put(app, index, param_number(number));
}

/* Set parameter `index` to a text's value. False: it is none, and the user is told. */
static bool put_text(App *app, int index, const char *text)
{
    ParamValue value;
    Err err;
    if (!param_read(panel_param(&app->panel, index), text, &value, &err)) {
        app_notice(app, err.text);
        return false;
    }
    put(app, index, value);
    return true;
}

void act_set(App *app, const Strike *strike)
{
    const char *value;
    char *name = take_name(strike->argument, &value);
    int index = is_mode(app, name) ? -1 : find(app, name);
    if (index >= 0)
        put_text(app, index, value);
    else if (is_mode(app, name))
        act_mode(app, &(Strike){.argument = value});
    mem_free(name);
}

/* Take the value after the present one out of "VALUE VALUE …"; after the last, and for
 * any other value, the first. */
static void cycle_values(App *app, int index, const char *values)
{
    const Param *param = panel_param(&app->panel, index);
    const char *rest = values;
    char *chosen = take_name(values, &rest);
    while (*rest) {
        ParamValue value;
        Err err;
        char *word = take_name(values, &rest);
        values = rest;
        bool here = param_read(param, word, &value, &err);
        if (here) {
            here = param_equal(value, app->panel.values[index]);
            param_clear(&value);
        }
        mem_free(word);
        if (!here || !*rest)
            continue;
        mem_free(chosen);
        chosen = take_name(rest, &rest);
        break;
    }
    put_text(app, index, chosen);
    mem_free(chosen);
}

static void cycle(App *app, int index, const char *values)
{
    const Param *param = panel_param(&app->panel, index);
    if (*values) {
        cycle_values(app, index, values);
    } else if (param->kind == PARAM_CHOICE || param->kind == PARAM_TOGGLE) {
        panel_nudge(&app->panel, index, 1, PACE_STEP);
        tell(app, index);
    } else {
        app_notice(app, "To cycle this parameter name its values: cycle PARAM VALUE "
                        "VALUE …");
    }
}

void act_cycle(App *app, const Strike *strike)
{
    const char *values;
    char *name = take_name(strike->argument, &values);
    int index = -1;
    if (!*name)
        act_panel(app, strike);
    else if (is_mode(app, name))
        act_mode_next(app, strike);
    else if ((index = find(app, name)) >= 0)
        cycle(app, index, values);
    mem_free(name);
}

void act_reset(App *app, const Strike *strike)
{
    const char *rest;
    char *name = take_name(strike->argument, &rest);
    int index = *name ? find(app, name) : -1;
    if (!*name)
        act_panel(app, strike);
    else if (index >= 0)
        put(app, index, param_copy(panel_param(&app->panel, index)->initial));
    mem_free(name);
}
