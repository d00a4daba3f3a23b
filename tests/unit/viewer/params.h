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

/* A slider "strength", a choice "tint" of four, a toggle "negative", and a slider whose
 * name, unit and values are long. */
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
