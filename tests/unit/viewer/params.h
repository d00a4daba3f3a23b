/* params — parameters of scripts that were never written, for the panel.
 *
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_TESTS_UNIT_VIEWER_PARAMS_H
#define LUTIST_TESTS_UNIT_VIEWER_PARAMS_H

#include "base/mem.h"
#include "pipe/param.h"

static inline Param params_slider(const char *name, const char *unit, double lo,
                                  double hi, double initial)
{
    return (Param){.kind = PARAM_SLIDER,
                   .name = mem_dup(name),
                   .label = mem_dup(name),
                   .unit = mem_dup(unit),
                   .lo = lo,
                   .hi = hi,
                   .initial = param_number(initial)};
}

static inline Param params_toggle(const char *name)
{
    return (Param){.kind = PARAM_TOGGLE,
                   .name = mem_dup(name),
                   .label = mem_dup(name),
                   .unit = mem_dup("")};
}

static inline Param params_choice(const char *name, const char *const *choices,
                                  int count)
{
    Param param = {.kind = PARAM_CHOICE,
                   .name = mem_dup(name),
                   .label = mem_dup(name),
                   .unit = mem_dup(""),
                   .choices = mem_new((size_t)count, sizeof(char *)),
                   .n_choices = count};
    for (int i = 0; i < count; i++)
        param.choices[i] = mem_dup(choices[i]);
    return param;
}

/* A slider "strength", a choice "tint", a toggle "negative", a slider of long texts. */
static inline ParamSet *params_mixed(void)
{
    static const char *const tints[] = {
        "none", "red", "green", "an entry that is far too long for a box in the panel"};
    Param *params = mem_new(4, sizeof *params);
    params[0] = params_slider("strength", "", 0, 1, 0.5);
    params[1] = params_choice("tint", tints, 4);
    params[2] = params_toggle("negative");
    params[3] = params_slider("a_rather_long_name_for_such_a_slider", "parts of it",
                              -100000, 100000, 12345.5);
    return param_set_new(params, 4);
}

/* A parameter of every kind: a slider "gain" of no group with a help text, in the group
 * "Tone" a curve "tones" and a slider "knee", in "Colour" a colour "tint", a choice
 * "film" and a toggle "negative", in a group with a long name a file "table". */
static inline ParamSet *params_grouped(void)
{
    static const char *const films[] = {"none", "slide"};
    Param *params = mem_new(7, sizeof *params);
    params[0] = params_slider("gain", "", 0, 1, 0.5);
    params[0].help = mem_dup("Brightens the whole picture.");
    params[1] = (Param){.kind = PARAM_CURVE, .name = mem_dup("tones")};
    params[1].initial = param_text("0,0 0.25,0.3 0.5,0.6 0.75,0.8 1,1");
    params[2] = params_slider("knee", "", 0, 1, 0.5);
    params[3] = (Param){.kind = PARAM_COLOR, .name = mem_dup("tint")};
    params[3].initial = param_text("#ff8000");
    params[4] = params_choice("film", films, 2);
    params[5] = params_toggle("negative");
    params[6] = (Param){.kind = PARAM_FILE, .name = mem_dup("table")};
    params[6].initial = param_text("");
    static const char *const groups[] = {
        "",
        "Tone",
        "Tone",
        "Colour",
        "Colour",
        "Colour",
        "A group with a name that is too long for a panel of usual width"};
    for (int i = 0; i < 7; i++) {
        params[i].group = mem_dup(groups[i]);
        if (!params[i].label)
            params[i].label = mem_dup(params[i].name);
    }
    return param_set_new(params, 7);
}

/* A choice "style", a toggle "toned", and a slider that needs each. */
static inline ParamSet *params_needing(void)
{
    static const char *const styles[] = {"soft", "hard", "none"};
    Param *params = mem_new(4, sizeof *params);
    params[0] = params_choice("style", styles, 3);
    params[1] = params_toggle("toned");
    for (int i = 2; i < 4; i++)
        params[i] = params_slider(i == 2 ? "cut" : "strength", "", 0, 1, 0.5);
    params[2].enabled_by = mem_dup("style=hard|none");
    params[3].enabled_by = mem_dup("toned");
    return param_set_new(params, 4);
}

/* So many sliders, "p1" and on. */
static inline ParamSet *params_many(int count)
{
    Param *params = mem_new((size_t)count, sizeof *params);
    for (int i = 0; i < count; i++) {
        char *name = mem_printf("p%d", i + 1);
        params[i] = params_slider(name, "EV", -1, 1, 0);
        mem_free(name);
    }
    return param_set_new(params, count);
}

#endif
