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
    panel->changed = panel->moved = true;
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

void panel_fold(Panel *panel, int index)
{
    folds_toggle(&panel->folds, panel_param(panel, index)->group);
    while (panel->focus > 0 && folds_hides(&panel->folds, panel->set, panel->focus))
        panel->focus--;
    panel_leave_field(panel);
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

void panel_ask_name(Panel *panel, const char *name, const char *why)
{
    NumberField *field = &panel->field;
    if (number_field_is_open(field) || panel_is_covered(panel))
        return;
    number_field_begin_text(field, FIELD_NAME, name);
    field->all = false; /* it is mended, not replaced */
    snprintf(field->why, sizeof field->why, "%s", why);
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

bool panel_takes_files(const Panel *panel)
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
    if (panel_takes_files(panel))
        return err_set(err, ERR_USAGE,
                       "No parameter asks for a file such as %s; any file is taken "
                       "where it is dropped on a parameter for files.",
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
