#include "viewer/panel/earlier_values.h"

#include <string.h>

#include "base/mem.h"
#include "pipe/settings.h"

static void drop(EarlierValue *earlier)
{
    param_clear(&earlier->value);
    param_set_unref(&earlier->set);
}

void earlier_values_clear(EarlierValues *earlier)
{
    for (int i = 0; i < earlier->count; i++)
        drop(&earlier->list[i]);
    mem_free(earlier->list);
    *earlier = (EarlierValues){0};
}

static const Param *param_of(const EarlierValue *earlier)
{
    return &earlier->set->params[earlier->at];
}

static EarlierValue *find(const EarlierValues *earlier, const char *name)
{
    for (int i = 0; i < earlier->count; i++)
        if (strcmp(param_of(&earlier->list[i])->name, name) == 0)
            return &earlier->list[i];
    return NULL;
}

/* The place of a name, which is empty. */
static EarlierValue *place_of(EarlierValues *earlier, const char *name)
{
    EarlierValue *found = find(earlier, name);
    if (found) {
        drop(found);
        return found;
    }
    earlier->list =
        mem_more(earlier->list, (size_t)earlier->count, 1, sizeof *earlier->list);
    return &earlier->list[earlier->count++];
}

void earlier_values_keep(EarlierValues *earlier, ParamSet *set,
                         const ParamValue *values)
{
    for (int i = 0; i < set->count; i++)
        *place_of(earlier, set->params[i].name) =
            (EarlierValue){param_set_ref(set), i, param_copy(values[i])};
}

ParamValue *earlier_values_for(const EarlierValues *earlier, const ParamSet *set)
{
    ParamValue *values = mem_new((size_t)set->count, sizeof *values);
    for (int i = 0; i < set->count; i++) {
        const Param *param = &set->params[i];
        const EarlierValue *had = find(earlier, param->name);
        values[i] = had ? settings_carry_one(param, param_of(had), had->value)
                        : param_copy(param->initial);
    }
    return values;
}
