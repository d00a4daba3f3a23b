#include "viewer/panel/panel.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "pipe/settings.h"
#include "viewer/widget/widget.h"

void panel_init(Panel *panel, ParamSet *set, ParamValue *values)
{
    *panel = (Panel){.set = param_set_ref(set), .values = values, .hover = -1};
    panel->blank = "This script has no parameters.";
    panel->field.param = FIELD_CLOSED;
    menu_close(&panel->menu);
    curve_plot_release(&panel->hold);
    color_picker_close(&panel->picker);
    file_chooser_close(&panel->chooser);
    preset_state_init(&panel->presets);
    panel->home = mem_dup("/");
}

void panel_term(Panel *panel)
{
    file_chooser_close(&panel->chooser);
    preset_state_term(&panel->presets);
    mem_free(panel->home);
    panel->home = NULL;
    if (panel->set)
        param_values_free(panel->values, panel->set->count);
    panel->values = NULL;
    param_set_unref(&panel->set);
}

/* A load of the script again. */

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
    unsigned kind = id >> 16;
    if (!id || kind == WIDGET_PICTURE || kind == WIDGET_LIST || kind == WIDGET_BUTTON ||
        kind == WIDGET_HELP)
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
    preset_state_take(&panel->presets, NULL);
    panel->field.param = find_again(set, old, panel->field.param);
    panel->hold.param = find_again(set, old, panel->hold.param);
    panel->picker.param = find_again(set, old, panel->picker.param);
    panel->chooser.param = find_again(set, old, panel->chooser.param);
    ui->active = held_again(ui->active, set, old);
    ui->struck = held_again(ui->struck, set, old);
    panel->focus = focus < 0 ? 0 : focus;
    panel->hover = -1;
    ParamValue *values = settings_carry(set, old, panel->values);
    param_values_free(panel->values, old->count);
    panel->values = values;
    panel->set = param_set_ref(set);
    panel->changed = true;
    param_set_unref(&old);
}

bool panel_is_default(const Panel *panel)
{
    for (int i = 0; i < panel->set->count; i++)
        if (!param_equal(panel->values[i], panel_param(panel, i)->initial))
            return false;
    return true;
}

const char *panel_help(const Panel *panel)
{
    const char *help = panel->hover < 0 ? "" : panel_param(panel, panel->hover)->help;
    return help[0] ? help : NULL;
}

const Param *panel_param(const Panel *panel, int index)
{
    return &panel->set->params[index];
}

void panel_set(Panel *panel, int index, ParamValue value)
{
    if (param_equal(panel->values[index], value))
        return;
    param_clear(&panel->values[index]);
    panel->values[index] = param_copy(value);
    panel->changed = true;
}

void panel_nudge(Panel *panel, int index, int steps, bool coarse)
{
    const Param *param = panel_param(panel, index);
    double number = panel->values[index].number;
    if (!param_is_number(param))
        return;
    for (int i = 0; i < (steps < 0 ? -steps : steps); i++)
        number = param_nudge(param, number, steps < 0 ? -1 : 1, coarse);
    panel_set(panel, index, param_number(number));
}

/* Typing a value. */

/* Take the name of a preset, without blanks around it. False: there is none. */
static bool commit_name(Panel *panel)
{
    static const char blank[] = " \t";
    NumberField *field = &panel->field;
    char *name = field->text + strspn(field->text, blank);
    size_t length = strlen(name);
    while (length && strchr(blank, name[length - 1]))
        name[--length] = '\0';
    if (!length) {
        snprintf(field->why, sizeof field->why, "A preset needs a name.");
        return false;
    }
    preset_state_save(&panel->presets, name);
    number_field_end(field);
    return true;
}

/* Take the typed value. False: it is none, and the field shows why. */
static bool commit(Panel *panel)
{
    NumberField *field = &panel->field;
    int index = field->param;
    if (index == FIELD_NAME)
        return commit_name(panel);
    ParamValue value;
    if (!number_field_parse(field, panel_param(panel, index), &value))
        return false;
    panel_set(panel, index, value);
    param_clear(&value);
    number_field_end(field);
    return true;
}

void panel_leave_field(Panel *panel)
{
    bool named = panel->field.param == FIELD_NAME; /* only Enter saves */
    if (number_field_is_open(&panel->field) && (named || !commit(panel)))
        number_field_end(&panel->field);
}

MenuList panel_choices(const Param *param)
{
    return (MenuList){.count = param->n_choices,
                      .names = (const char *const *)param->choices};
}

void panel_choose(Panel *panel, int outcome)
{
    if (outcome >= 0)
        panel_set(panel, panel->menu.param, param_number(outcome));
    if (outcome != MENU_OPEN)
        menu_close(&panel->menu);
}

void panel_pick(Panel *panel, PickerAct act, const int rgb[3])
{
    if (act == PICKER_PICKED) {
        ParamValue value = param_color(rgb);
        panel_set(panel, panel->picker.param, value);
        param_clear(&value);
    } else if (act == PICKER_CLOSED) {
        color_picker_close(&panel->picker);
    }
}

void panel_choose_preset(Panel *panel, int outcome)
{
    PresetState *presets = &panel->presets;
    int entry = presets->menu.current;
    bool save = outcome >= 0 && outcome == presets->list->count;
    if (save) {
        int at = preset_state_find(presets, panel->values);
        bool own = at >= 0 && presets->removable[at];
        number_field_begin_text(&panel->field, FIELD_NAME,
                                own ? presets->names[at] : "");
    }
    for (int i = 0; outcome >= 0 && !save && i < panel->set->count; i++)
        panel_set(panel, i, presets->list->presets[outcome].values[i]);
    if (outcome == MENU_REMOVE)
        preset_state_remove(presets, entry);
    if (outcome != MENU_OPEN)
        menu_close(&presets->menu);
}

void panel_set_home(Panel *panel, const char *folder)
{
    mem_free(panel->home);
    panel->home = mem_dup(folder);
}

void panel_open_chooser(Panel *panel, int index, bool pressed)
{
    const char *path = param_text_of(panel->values[index]);
    file_chooser_open(&panel->chooser, index, path, panel->home,
                      panel_param(panel, index)->pattern, pressed);
}

/* Type the path: the present one, or the start of one in the folder that is listed. */
static void type_path(Panel *panel)
{
    int index = panel->chooser.param;
    char *start = mem_printf("%s/", panel->chooser.list.path);
    number_field_begin(&panel->field, index, panel_param(panel, index),
                       panel->values[index]);
    if (!param_text_of(panel->values[index])[0])
        number_field_type(&panel->field, start);
    mem_free(start);
}

void panel_choose_file(Panel *panel, ChooserAct act)
{
    if (act == CHOOSER_CHOSEN) {
        ParamValue value = param_text(panel->chooser.chosen);
        panel_set(panel, panel->chooser.param, value);
        param_clear(&value);
    } else if (act == CHOOSER_TYPE) {
        type_path(panel);
    }
    if (act != CHOOSER_NONE)
        file_chooser_close(&panel->chooser);
}

bool panel_drop(Panel *panel, const char *path, Err *err)
{
    int index = panel->hover;
    ParamValue value;
    if (index < 0 || panel_param(panel, index)->kind != PARAM_FILE)
        return err_set(err, ERR_USAGE,
                       "A file is taken where it is dropped on a parameter for files.");
    if (!param_parse(panel_param(panel, index), path, &value, err))
        return false;
    panel_set(panel, index, value);
    param_clear(&value);
    panel->focus = index;
    return true;
}

bool panel_is_covered(const Panel *panel)
{
    return menu_is_open(&panel->menu) || color_picker_is_open(&panel->picker) ||
           file_chooser_is_open(&panel->chooser) || menu_is_open(&panel->presets.menu);
}

/* Keys. */

static void move_focus(Panel *panel, int step)
{
    int count = panel->set->count;
    if (count)
        panel->focus = (panel->focus + step + count) % count;
    panel->reveal = true;
    curve_plot_release(&panel->hold);
}

static void number_field_keyed(Panel *panel, SDL_Keysym key)
{
    FieldKey meaning = number_field_key(&panel->field, key);
    if (meaning == FIELD_ESCAPE)
        number_field_end(&panel->field);
    else if (meaning == FIELD_ENTER)
        commit(panel);
    else if (meaning == FIELD_TAB && commit(panel))
        move_focus(panel, (key.mod & KMOD_SHIFT) ? -1 : 1);
}

/* The selected point moves only while its curve has the keyboard. */
static bool curve_keyed(Panel *panel, SDL_Keysym key)
{
    int index = panel->focus;
    if (panel->hold.param < 0 || panel->hold.param != index)
        return false;
    CurveEdit curve = curve_edit_of(panel->values[index]);
    if (!curve_plot_key(&panel->hold, &curve, key))
        return false;
    ParamValue value = curve_edit_value(&curve);
    panel_set(panel, index, value);
    param_clear(&value);
    panel->reveal = true;
    return true;
}

bool panel_key(Panel *panel, SDL_Keysym key)
{
    if (number_field_is_open(&panel->field)) {
        number_field_keyed(panel, key);
        return true;
    }
    if (color_picker_is_open(&panel->picker)) {
        int rgb[3];
        PickerAct act = color_picker_key(&panel->picker, key, rgb);
        panel_pick(panel, act, rgb);
        return true;
    }
    if (file_chooser_is_open(&panel->chooser)) {
        panel_choose_file(panel, file_chooser_key(&panel->chooser, key.sym));
        return true;
    }
    if (menu_is_open(&panel->presets.menu)) {
        MenuList entries = preset_state_entries(&panel->presets);
        panel_choose_preset(panel, menu_key(&panel->presets.menu, entries, key.sym));
        return true;
    }
    if (!menu_is_open(&panel->menu))
        return curve_keyed(panel, key);
    MenuList entries = panel_choices(panel_param(panel, panel->menu.param));
    panel_choose(panel, menu_key(&panel->menu, entries, key.sym));
    return true;
}

void panel_type(Panel *panel, const char *text)
{
    if (number_field_is_open(&panel->field))
        number_field_type(&panel->field, text);
}

static void open_picker(Panel *panel, int index)
{
    int rgb[3];
    if (param_rgb(param_text_of(panel->values[index]), rgb))
        color_picker_open(&panel->picker, index, rgb, false);
}

/* Space. */
static void cycle(Panel *panel)
{
    int index = panel->focus;
    CurveEdit curve;
    switch (panel_param(panel, index)->kind) {
    case PARAM_CHOICE:
    case PARAM_TOGGLE:
        panel_nudge(panel, index, 1, false);
        break;
    case PARAM_CURVE:
        curve = curve_edit_of(panel->values[index]);
        curve_plot_next(&panel->hold, index, &curve);
        break;
    case PARAM_COLOR:
        open_picker(panel, index);
        break;
    case PARAM_FILE:
        panel_open_chooser(panel, index, false);
        break;
    default:
        break;
    }
}

static void open_focus(Panel *panel)
{
    int index = panel->focus;
    switch (panel_param(panel, index)->kind) {
    case PARAM_CHOICE:
        menu_open(&panel->menu, index, (int)panel->values[index].number, false);
        break;
    case PARAM_TOGGLE:
        panel_nudge(panel, index, 1, false);
        break;
    default:
        number_field_begin(&panel->field, index, panel_param(panel, index),
                           panel->values[index]);
    }
}

void panel_act(Panel *panel, Action action, bool coarse)
{
    if (!panel->set->count)
        return;
    panel->reveal = action != ACTION_PRESETS;
    switch (action) {
    case ACTION_PRESETS:
        if (panel->presets.list)
            menu_open(&panel->presets.menu, 0,
                      rect_max(preset_state_find(&panel->presets, panel->values), 0),
                      false);
        break;
    case ACTION_FOCUS_UP:
    case ACTION_FOCUS_DOWN:
        move_focus(panel, action == ACTION_FOCUS_UP ? -1 : 1);
        break;
    case ACTION_LESS:
    case ACTION_MORE:
        panel_nudge(panel, panel->focus, action == ACTION_LESS ? -1 : 1, coarse);
        break;
    case ACTION_RESET:
        panel_set(panel, panel->focus, panel_param(panel, panel->focus)->initial);
        break;
    case ACTION_RESET_ALL:
        for (int i = 0; i < panel->set->count; i++)
            panel_set(panel, i, panel_param(panel, i)->initial);
        break;
    case ACTION_EDIT:
        open_focus(panel);
        break;
    case ACTION_CYCLE:
        cycle(panel);
        break;
    default:
        break;
    }
}
