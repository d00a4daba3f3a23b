/* The panel after the script was loaded again. */
#include <string.h>

#include "viewer/panel/panel.h"
#include "viewer/widget/widget.h"

/* The parameter in `set` that has the name and kind of number `index` in `old`; -1:
 * none, or there was none. */
static int find_again(const ParamSet *set, const ParamSet *old, int index)
{
    if (index < 0 || index >= old->count)
        return -1;
    int at = param_find(set, old->params[index].name);
    return at >= 0 && set->params[at].kind == old->params[index].kind ? at : -1;
}

static bool same_choices(const Param *a, const Param *b)
{
    bool same = a->n_choices == b->n_choices;
    for (int i = 0; same && i < a->n_choices; i++)
        same = strcmp(a->choices[i], b->choices[i]) == 0;
    return same;
}

/* The widget `id` of a parameter, or 0 where that is gone. Other widgets stay. */
static UiId held_again(UiId id, const ParamSet *set, const ParamSet *old)
{
    WidgetKind kind = WIDGET_KIND(id);
    if (!id || kind == WIDGET_PICTURE || kind == WIDGET_LIST || kind == WIDGET_BUTTON ||
        kind == WIDGET_HELP || kind == WIDGET_RESUME || kind == WIDGET_EDGE ||
        kind == WIDGET_INVITATION)
        return id;
    int at = find_again(set, old, (int)(id & 0xffff) - 1);
    return at < 0 ? 0 : UI_ID(kind, at);
}

static void reload_menu(Panel *panel, const ParamSet *set)
{
    Menu *menu = &panel->menu;
    int at = find_again(set, panel->set, menu->param);
    if (at >= 0 && same_choices(&set->params[at], panel_param(panel, menu->param)))
        menu->param = at;
    else
        menu_close(menu);
}

void panel_reload(Panel *panel, Ui *ui, ParamSet *set)
{
    ParamSet *old = panel->set;
    int focus = find_again(set, old, panel->focus);
    reload_menu(panel, set);
    menu_close(&panel->row_menu);
    file_step_forget(&panel->stepper);
    preset_state_take(&panel->presets, NULL);
    if (panel->field.param != FIELD_NAME || !set->count)
        panel->field.param = find_again(set, old, panel->field.param);
    panel->hold.param = find_again(set, old, panel->hold.param);
    panel->picker.param = find_again(set, old, panel->picker.param);
    panel->chooser.param = find_again(set, old, panel->chooser.param);
    ui->active = held_again(ui->active, set, old);
    ui->struck = held_again(ui->struck, set, old);
    panel->focus = focus < 0 ? 0 : focus;
    panel->hover = -1;
    earlier_values_keep(&panel->earlier, old, panel->values);
    ParamValue *values = earlier_values_for(&panel->earlier, set);
    param_values_free(panel->values, old->count);
    panel->values = values;
    panel->set = param_set_ref(set);
    panel->changed = panel->moved = true;
    param_set_unref(&old);
}
