#include "viewer/tips/param_tip.h"

#include <stdio.h>

/* "-1.00 EV to +1.00 EV, default 0.00 EV" */
static void add_range(TipText *tip, const Param *param)
{
    char lo[64], hi[64], initial[96], text[320];
    param_format(param, param->initial, initial, sizeof initial);
    if (param->kind == PARAM_SLIDER) {
        param_format(param, param_number(param->lo), lo, sizeof lo);
        param_format(param, param_number(param->hi), hi, sizeof hi);
        snprintf(text, sizeof text, "%s to %s, default %s", lo, hi, initial);
    } else if (param->kind == PARAM_CHOICE) {
        snprintf(text, sizeof text, "One of %d, default %s", param->n_choices, initial);
    } else if (param->kind == PARAM_FILE) {
        snprintf(text, sizeof text, "A file: %.100s", param->pattern);
    } else {
        snprintf(text, sizeof text, "Default %s", initial);
    }
    tip_text_add(tip, text);
}

static void add_mouse(TipText *tip, ParamKind kind)
{
    if (kind == PARAM_CURVE)
        tip_text_add(tip, "A click adds a point; a right click on one, or a drag out "
                          "of the square, removes it");
}

/* A box may be too narrow for a word or a path. */
static void add_present(TipText *tip, const Param *param, ParamValue value)
{
    char text[320];
    if (param->kind == PARAM_CHOICE)
        snprintf(text, sizeof text, "Now %.300s", param->choices[(int)value.number]);
    else if (param->kind == PARAM_FILE && *param_text_of(value))
        snprintf(text, sizeof text, "Now %.300s", param_text_of(value));
    else
        return;
    tip_text_add(tip, text);
}

typedef struct KeyOf {
    const char *label, *action; /* NULL: no more */
} KeyOf;

static const KeyOf SLIDER[] = {
    {"Less", "less"}, {"More", "more"}, {"Type", "edit"}, {"Default", "reset"}, {0}};
static const KeyOf CHOICE[] = {{"Next", "cycle"}, {"List", "edit"}, {0}};
static const KeyOf TOGGLE[] = {{"Switch", "cycle"}, {0}};
static const KeyOf FILES[] = {{"File before", "less"},
                              {"Next file", "more"},
                              {"List", "cycle"},
                              {"Type", "edit"},
                              {0}};
static const KeyOf COLOR[] = {{"Pick", "cycle"}, {"Type", "edit"}, {0}};
static const KeyOf CURVE[] = {{"Next point", "cycle"}, {"Type", "edit"}, {0}};

static const KeyOf *const KEYS[] = {
    [PARAM_SLIDER] = SLIDER, [PARAM_CHOICE] = CHOICE, [PARAM_TOGGLE] = TOGGLE,
    [PARAM_FILE] = FILES,    [PARAM_COLOR] = COLOR,   [PARAM_CURVE] = CURVE};

TipText param_tip(const Param *param, ParamValue value, const Bindings *bindings)
{
    TipText tip = {0};
    snprintf(tip.title, sizeof tip.title, "%s", param->label);
    tip_text_add(&tip, param->help);
    add_range(&tip, param);
    add_present(&tip, param, value);
    add_mouse(&tip, param->kind);
    for (const KeyOf *key = KEYS[param->kind]; key->label; key++)
        tip_text_keys(&tip, bindings, key->label, key->action);
    tip_text_own_keys(&tip, bindings, param->name);
    return tip;
}
