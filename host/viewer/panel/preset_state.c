#include "viewer/panel/preset_state.h"

#include "base/mem.h"

void preset_state_init(PresetState *state)
{
    *state = (PresetState){0};
    menu_close(&state->menu);
}

static void drop_list(PresetState *state)
{
    preset_list_free(state->list);
    mem_free(state->names);
    mem_free(state->removable);
    state->list = NULL;
    state->names = NULL;
    state->removable = NULL;
}

void preset_state_term(PresetState *state)
{
    drop_list(state);
    mem_free(state->save);
    mem_free(state->remove);
    preset_state_init(state);
}

void preset_state_take(PresetState *state, PresetList *list)
{
    drop_list(state);
    menu_close(&state->menu);
    state->list = list;
    state->any_own = false;
    if (!list)
        return;
    state->names = mem_new((size_t)list->count + 1, sizeof *state->names);
    state->removable = mem_new((size_t)list->count + 1, sizeof *state->removable);
    for (int i = 0; i < list->count; i++) {
        state->names[i] = list->presets[i].name;
        state->removable[i] = list->presets[i].own;
        state->any_own = state->any_own || list->presets[i].own;
    }
    state->names[list->count] = "Save as …";
}

int preset_state_find(const PresetState *state, const ParamValue *values)
{
    const PresetList *list = state->list;
    for (int i = 0; list && i < list->count; i++)
        if (param_values_equal(list->presets[i].values, values, list->n_values))
            return i;
    return -1;
}

MenuList preset_state_entries(const PresetState *state, const ParamValue *values)
{
    if (!state->list)
        return (MenuList){0};
    return (MenuList){.count = state->list->count + 1,
                      .names = state->names,
                      .removable = state->any_own ? state->removable : NULL,
                      .marks = true,
                      .marked = preset_state_find(state, values),
                      .apart = state->list->count};
}

static void wish(char **name, const char *text)
{
    mem_free(*name);
    *name = mem_dup(text);
}

void preset_state_save(PresetState *state, const char *name)
{
    wish(&state->save, name);
}

void preset_state_remove(PresetState *state, int preset)
{
    wish(&state->remove, state->list->presets[preset].name);
}
