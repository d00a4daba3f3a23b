#include "viewer/state/wanted_values.h"

#include <string.h>

void wanted_values_replace(WantedValues *values)
{
    values->changed = true;
    values->awaited = values->serial + 1;
}

bool wanted_values_hold(const WantedValues *values)
{
    return values->answer.waiting && values->answered < values->awaited;
}

uint64_t wanted_values_send(WantedValues *values, double now)
{
    values->changed = false;
    values->answer = (Pending){true, now};
    return ++values->serial;
}

bool wanted_values_answer(WantedValues *values, uint64_t serial, int plan_depth,
                          uint64_t plan_colors, const Err *err)
{
    bool told = strcmp(err->text, values->err.text) == 0;
    values->answered = serial;
    values->answer.waiting = serial < values->serial;
    values->plan_depth = plan_depth;
    values->plan_colors = plan_colors;
    values->err = *err;
    return err->kind && !told;
}

bool wanted_values_are_lost(const WantedValues *values, int depth, uint64_t colors,
                            double now)
{
    return (values->plan_depth != depth || values->plan_colors != colors) &&
           (values->err.kind || pending_is_slow(&values->answer, now));
}
