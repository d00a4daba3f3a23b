#include "viewer/panel/panel.h"

#include <stdio.h>
#include <string.h>

/* Typing a value. */

/* Would a preset of the user's get other values under that name? */
static bool is_replaced(const Panel *panel, const char *name)
{
    const PresetState *presets = &panel->presets;
    int current = preset_state_find(presets, panel->values);
    for (int i = 0; i < presets->list->count; i++)
        if (presets->removable[i] && strcmp(presets->names[i], name) == 0)
            return i != current;
    return false;
}

/* Take the name of a preset, without blanks around it. False: there is none, or the
 * field asks. Typing takes the question away. */
static bool commit_name(Panel *panel)
{
    static const char blank[] = " \t",
                      asked[] = "This preset exists. Enter replaces it, Esc keeps it.";
    NumberField *field = &panel->field;
    char *name = field->text + strspn(field->text, blank);
    size_t length = strlen(name);
    while (length && strchr(blank, name[length - 1]))
        name[--length] = '\0';
    if (!length) {
        snprintf(field->why, sizeof field->why, "A preset needs a name.");
        return false;
    }
    if (!panel->presets.list) { /* the look has been loaded again */
        snprintf(field->why, sizeof field->why,
                 "The presets are not read yet. Enter tries again.");
        return false;
    }
    if (is_replaced(panel, name) && strcmp(field->why, asked) != 0) {
        snprintf(field->why, sizeof field->why, "%s", asked);
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
    NumberField *field = &panel->field;
    if (!number_field_is_open(field))
        return;
    bool named = field->param == FIELD_NAME; /* only Enter saves */
    if (!named && !commit(panel))
        snprintf(panel->told, sizeof panel->told, "%.60s stays: %.180s",
                 panel_param(panel, field->param)->label, field->why);
    number_field_end(field);
}

/* The keyboard's parameter. */

/* Can the keyboard go to it? */
static bool is_open_to_keys(const Panel *panel, int index)
{
    return !folds_hides(&panel->folds, panel->set, index) &&
           param_is_enabled(panel->set, index, panel->values);
}

static void move_focus(Panel *panel, int step)
{
    int count = panel->set->count, from = panel->focus;
    if (count)
        do
            panel->focus = (panel->focus + step + count) % count;
        while (!is_open_to_keys(panel, panel->focus) && panel->focus != from);
    panel->reveal = true;
    curve_plot_release(&panel->hold);
}

static bool is_typed(const Panel *panel, int index)
{
    ParamKind kind = panel_param(panel, index)->kind;
    return kind != PARAM_CHOICE && kind != PARAM_TOGGLE &&
           !folds_has(&panel->folds, panel->set, index);
}

/* Go on to the next value that is typed, and open its field. */
static void type_next(Panel *panel, int step)
{
    int from = panel->focus;
    do
        move_focus(panel, step);
    while (!is_typed(panel, panel->focus) && panel->focus != from);
    number_field_begin(&panel->field, panel->focus, panel_param(panel, panel->focus),
                       panel->values[panel->focus]);
}

static void number_field_keyed(Panel *panel, SDL_Keysym key)
{
    FieldKey meaning = number_field_key(&panel->field, key);
    if (meaning == FIELD_ESCAPE)
        number_field_end(&panel->field);
    else if (meaning == FIELD_ENTER)
        commit(panel);
    else if (meaning == FIELD_TAB && panel->field.param != FIELD_NAME && commit(panel))
        type_next(panel, (key.mod & KMOD_SHIFT) ? -1 : 1);
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
    if (menu_is_open(&panel->row_menu)) {
        panel_menu_key(panel, key.sym);
        return true;
    }
    if (look_menu_key(&panel->looks, key.sym, panel->home))
        return true;
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
        MenuList entries = preset_state_entries(&panel->presets, panel->values);
        panel_choose_preset(panel, menu_key(&panel->presets.menu, entries, key.sym));
        return true;
    }
    if (!menu_is_open(&panel->menu))
        return curve_keyed(panel, key);
    MenuList entries = panel_choices(panel);
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
        panel_nudge(panel, index, 1, PACE_STEP);
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
        panel_nudge(panel, index, 1, PACE_STEP);
        break;
    default:
        number_field_begin(&panel->field, index, panel_param(panel, index),
                           panel->values[index]);
    }
}

static void step_focus(Panel *panel, int step, ParamPace pace)
{
    if (panel_param(panel, panel->focus)->kind == PARAM_FILE)
        panel_step_file(panel, panel->focus, step, pace);
    else
        panel_nudge(panel, panel->focus, step, pace);
}

/* The keyboard is on the heading of a folded group, which only opens. */
static bool act_on_heading(Panel *panel, Action action)
{
    if (!folds_has(&panel->folds, panel->set, panel->focus))
        return false;
    if (action == ACTION_EDIT || action == ACTION_CYCLE || action == ACTION_MORE)
        panel_fold(panel, panel->focus);
    return action == ACTION_EDIT || action == ACTION_CYCLE || action == ACTION_MORE ||
           action == ACTION_LESS || action == ACTION_RESET;
}

void panel_act(Panel *panel, Action action, ParamPace pace)
{
    if (!panel->set->count)
        return;
    panel->reveal = action != ACTION_PRESETS;
    if (act_on_heading(panel, action))
        return;
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
        step_focus(panel, action == ACTION_LESS ? -1 : 1, pace);
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
    case ACTION_FOLD:
        panel_fold(panel, panel->focus);
        break;
    default:
        break;
    }
}
