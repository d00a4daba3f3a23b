#include "viewer/panel/panel.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/path.h"

static file_step_take_fn take_step;

void panel_init(Panel *panel, ParamSet *set, ParamValue *values)
{
    *panel = (Panel){.set = param_set_ref(set), .values = values, .hover = -1};
    panel->blank = "This script has no parameters.";
    panel->field.param = FIELD_CLOSED;
    menu_close(&panel->menu);
    menu_close(&panel->row_menu);
    curve_plot_release(&panel->hold);
    color_picker_close(&panel->picker);
    file_chooser_close(&panel->chooser);
    panel->stepper = (FileStepper){.take = take_step, .context = panel};
    preset_state_init(&panel->presets);
    look_menu_init(&panel->looks);
    panel->home = mem_dup("/");
}

void panel_use_errands(Panel *panel, Errands *errands)
{
    panel->chooser.errands = panel->stepper.errands = errands;
    look_menu_use_errands(&panel->looks, errands);
}

void panel_term(Panel *panel)
{
    file_chooser_close(&panel->chooser);
    preset_state_term(&panel->presets);
    folds_clear(&panel->folds);
    look_menu_term(&panel->looks);
    earlier_values_clear(&panel->earlier);
    mem_free(panel->home);
    panel->home = NULL;
    if (panel->set)
        param_values_free(panel->values, panel->set->count);
    panel->values = NULL;
    param_set_unref(&panel->set);
}

bool panel_is_default(const Panel *panel)
{
    for (int i = 0; i < panel->set->count; i++)
        if (!param_equal(panel->values[i], panel_param(panel, i)->initial))
            return false;
    return true;
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

void panel_nudge(Panel *panel, int index, int steps, ParamPace pace)
{
    const Param *param = panel_param(panel, index);
    double number = panel->values[index].number;
    if (!param_is_number(param))
        return;
    for (int i = 0; i < (steps < 0 ? -steps : steps); i++)
        number = param_nudge(param, number, steps < 0 ? -1 : 1, pace);
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

MenuList panel_choices(const Panel *panel)
{
    const Param *param = panel_param(panel, panel->menu.param);
    return (MenuList){.count = param->n_choices,
                      .names = (const char *const *)param->choices,
                      .marks = true,
                      .marked = (int)panel->values[panel->menu.param].number};
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
    ChooserKind kind = {.pattern = panel_param(panel, index)->pattern,
                        .none = "No file"};
    file_chooser_open(&panel->chooser, index, path, panel->home, &kind, pressed);
}

/* Type the path: the present one, or the start of one in the folder that is listed. */
static void type_path(Panel *panel)
{
    int index = panel->chooser.param;
    const char *folder = file_chooser_folder(&panel->chooser);
    char *start = mem_printf("%s/", strcmp(folder, "/") == 0 ? "" : folder);
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

void panel_step_file(Panel *panel, int index, int steps, ParamPace pace)
{
    FileStep step = {.param = index,
                     .path = param_text_of(panel->values[index]),
                     .home = panel->home,
                     .pattern = panel_param(panel, index)->pattern,
                     .steps = pace == PACE_COARSE ? 10 * steps : steps};
    file_step_want(&panel->stepper, &step);
}

/* A value that was set meanwhile stays. */
static void take_step(void *context, const FileStep *step, const char *found,
                      int more_param, int more)
{
    Panel *panel = context;
    bool same = strcmp(param_text_of(panel->values[step->param]), step->path) == 0;
    if (found && same) {
        ParamValue value = param_text(found);
        panel_set(panel, step->param, value);
        param_clear(&value);
    }
    if (more)
        panel_step_file(panel, more_param, more, PACE_STEP);
}

/* Does parameter `index` ask for files like `path`? */
static bool wants_file(const Panel *panel, int index, const char *path)
{
    const Param *param = panel_param(panel, index);
    return param->kind == PARAM_FILE && strcmp(param->pattern, "*") != 0 &&
           folder_list_matches(path_name(path), param->pattern);
}

/* The parameter that a dropped file is for; -1: none. */
static int find_drop(const Panel *panel, const char *path)
{
    if (panel->hover >= 0 && panel_param(panel, panel->hover)->kind == PARAM_FILE)
        return panel->hover;
    if (panel->set->count && wants_file(panel, panel->focus, path))
        return panel->focus;
    for (int i = 0; i < panel->set->count; i++)
        if (wants_file(panel, i, path))
            return i;
    return -1;
}

static bool has_file(const Panel *panel)
{
    for (int i = 0; i < panel->set->count; i++)
        if (panel_param(panel, i)->kind == PARAM_FILE)
            return true;
    return false;
}

/* Images and scripts have gone elsewhere. */
static bool refuse_drop(const Panel *panel, const char *path, Err *err)
{
    const char *name = path_name(path);
    if (has_file(panel))
        return err_set(err, ERR_USAGE,
                       "No parameter asks for a file such as %s; any file is taken "
                       "where it is dropped on a parameter for files.",
                       name);
    if (path_ext_is(path, "cube"))
        return err_set(err, ERR_USAGE,
                       "This look takes no table; the look cube does: choose it, then "
                       "drop %s again.",
                       name);
    return err_set(err, ERR_USAGE,
                   "%s is neither an image, a folder nor a look, and this look takes "
                   "no files.",
                   name);
}

bool panel_drop(Panel *panel, const char *path, Err *err)
{
    int index = find_drop(panel, path);
    ParamValue value;
    if (index < 0)
        return refuse_drop(panel, path, err);
    if (!param_read(panel_param(panel, index), path, &value, err))
        return false;
    panel_set(panel, index, value);
    param_clear(&value);
    panel->focus = index;
    panel->reveal = true;
    return true;
}

bool panel_is_covered(const Panel *panel)
{
    return menu_is_open(&panel->menu) || menu_is_open(&panel->row_menu) ||
           color_picker_is_open(&panel->picker) ||
           file_chooser_is_open(&panel->chooser) ||
           menu_is_open(&panel->presets.menu) || look_menu_is_open(&panel->looks);
}

void panel_leave_all(Panel *panel)
{
    menu_close(&panel->menu);
    menu_close(&panel->row_menu);
    menu_close(&panel->presets.menu);
    color_picker_close(&panel->picker);
    file_chooser_close(&panel->chooser);
    look_menu_close(&panel->looks);
    if (panel->field.param != FIELD_NAME)
        panel_leave_field(panel);
}

/* Keys. */

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

void panel_fold(Panel *panel, int index)
{
    folds_toggle(&panel->folds, panel_param(panel, index)->group);
    while (panel->focus > 0 && folds_hides(&panel->folds, panel->set, panel->focus))
        panel->focus--;
    panel_leave_field(panel);
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
