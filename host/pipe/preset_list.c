#include "pipe/preset_list.h"

#include "base/mem.h"

PresetList *preset_list_new(int count, int n_values)
{
    PresetList *list = mem_new(1, sizeof *list);
    list->presets = mem_new((size_t)count, sizeof *list->presets);
    list->n_values = n_values;
    return list;
}

void preset_list_free(PresetList *list)
{
    if (!list)
        return;
    for (int i = 0; i < list->count; i++) {
        mem_free(list->presets[i].name);
        param_values_free(list->presets[i].values, list->n_values);
    }
    mem_free(list->presets);
    mem_free(list->problem);
    mem_free(list);
}
