#include "viewer/panel/folds.h"

#include <string.h>

#include "base/mem.h"

void folds_clear(Folds *folds)
{
    for (int i = 0; i < folds->count; i++)
        mem_free(folds->names[i]);
    mem_free(folds->names);
    *folds = (Folds){0};
}

static int find(const Folds *folds, const char *group)
{
    for (int i = 0; i < folds->count; i++)
        if (strcmp(folds->names[i], group) == 0)
            return i;
    return -1;
}

void folds_toggle(Folds *folds, const char *group)
{
    int at = find(folds, group);
    if (!group[0])
        return;
    if (at >= 0) {
        mem_free(folds->names[at]);
        folds->names[at] = folds->names[--folds->count];
        return;
    }
    folds->names = mem_more(folds->names, (size_t)folds->count, 1, sizeof(char *));
    folds->names[folds->count++] = mem_dup(group);
}

bool folds_has(const Folds *folds, const ParamSet *set, int index)
{
    return find(folds, set->params[index].group) >= 0;
}

bool folds_hides(const Folds *folds, const ParamSet *set, int index)
{
    return folds_has(folds, set, index) && !param_begins_group(set, index);
}
