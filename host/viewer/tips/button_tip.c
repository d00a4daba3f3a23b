#include "viewer/tips/button_tip.h"

#include <stdio.h>
#include <string.h>

/* What the frame calls a widget, and the actions that do the same. */
typedef struct ButtonTip {
    const char *name;
    const char *title;      /* NULL: the help of the first action */
    const char *text;       /* NULL: none */
    const char *keys[4][2]; /* what the note calls an action, and its name */
} ButtonTip;

static const ButtonTip TIPS[] = {
    {"button:Previous", NULL, NULL, {{"Key", "previous"}}},
    {"button:Next", NULL, NULL, {{"Key", "next"}}},
    {"button:Fit", NULL, NULL, {{"Key", "fit"}, {"Fit or 100%", "toggle-zoom"}}},
    {"button:100%",
     "One pixel of the picture is one of the screen",
     NULL,
     {{"Key", "actual-size"}, {"Fit or 100%", "toggle-zoom"}}},
    {"button:Before",
     "Before and after",
     "The key, held down, shows before for that long",
     {{"Key", "before"}, {"Side by side", "split"}}},
    {"button:Open",
     "Open other images or a folder",
     "They can be dropped on the window, too",
     {{"Key", "open"}}},
    {"button:Save", NULL, NULL, {{"Key", "save"}, {"Under another name", "save-as"}}},
    {"button:Copy",
     NULL,
     NULL,
     {{"Key", "copy"}, {"Paste", "paste-values"}, {"Values alone", "copy-values"}}},
    {"button:Help", "The keys and what the mouse does", NULL, {{"Key", "help"}}},
    {"button:Reset",
     NULL,
     NULL,
     {{"Key", "reset-all"}, {"One parameter", "reset"}, {"Undo", "undo"}}},
    {"histogram",
     "How many pixels have which value",
     "The numbers are the shares of clipped samples: red, green, blue. A click "
     "switches between square root and logarithm of the counts",
     {{"Mark them", "clipping"}, {"Next card", "info"}}},
    {"divider",
     "Before and after",
     "Drag the line; a double click puts it in the middle",
     {{"Key", "split"}, {"Above each other", "split-above"}}},
};

static const char *help_of(ActionTable table, const char *action)
{
    int row = action_row_find(table, action, strlen(action));
    return row < 0 ? action : table.rows[row].help;
}

static void tell(const App *app, const ButtonTip *button, TipText *tip)
{
    const Bindings *bindings = &app->keys.bindings;
    tip_text_title(tip, button->title ? button->title
                                      : help_of(bindings->table, button->keys[0][1]));
    if (button->text)
        tip_text_add(tip, button->text);
    for (size_t i = 0; i < 4 && button->keys[i][0]; i++)
        tip_text_keys(tip, bindings, button->keys[i][0], button->keys[i][1]);
}

static void tell_look(const App *app, TipText *tip)
{
    const Bindings *bindings = &app->keys.bindings;
    snprintf(tip->title, sizeof tip->title, "Look: %s", app->name);
    tip_text_add(tip, app->about ? app->about : "");
    tip_text_add(tip, "A click lists the others");
    tip_text_keys(tip, bindings, "List", "looks");
    tip_text_keys(tip, bindings, "Next", "look-next");
    tip_text_keys(tip, bindings, "Previous", "look-previous");
}

/* Its name may be too long for the box. */
static void tell_presets(const App *app, TipText *tip)
{
    const PresetState *presets = &app->panel.presets;
    const Bindings *bindings = &app->keys.bindings;
    int at = preset_state_find(presets, app->panel.values);
    const char *help = help_of(bindings->table, "presets");
    if (at >= 0)
        snprintf(tip->title, sizeof tip->title, "Preset: %s", presets->names[at]);
    else
        tip_text_title(tip, help);
    tip_text_add(tip, at >= 0 ? "A click lists the others" : "");
    tip_text_keys(tip, bindings, "Key", "presets");
}

/* Its box may be too low for all of it. */
static void tell_error(const App *app, TipText *tip)
{
    snprintf(tip->title, sizeof tip->title, "The picture is of the last good values");
    tip_text_add(tip, app->values.err.text);
    if (app->values.err.kind == ERR_SCRIPT)
        tip_text_add(tip, "The traceback is on the terminal");
}

static void tell_group(const App *app, const char *group, TipText *tip)
{
    snprintf(tip->title, sizeof tip->title, "%s", group);
    tip_text_add(tip, "A click folds the group, or unfolds it");
    tip_text_keys(tip, &app->keys.bindings, "Key", "fold");
}

bool button_tip(const App *app, const char *name, TipText *tip)
{
    static const char group[] = "group:";
    for (size_t i = 0; i < sizeof TIPS / sizeof *TIPS; i++) {
        if (strcmp(name, TIPS[i].name) != 0)
            continue;
        tell(app, &TIPS[i], tip);
        return true;
    }
    if (strcmp(name, "looks") == 0)
        tell_look(app, tip);
    else if (strcmp(name, "presets") == 0)
        tell_presets(app, tip);
    else if (strcmp(name, "error") == 0)
        tell_error(app, tip);
    else if (strncmp(name, group, strlen(group)) == 0)
        tell_group(app, name + strlen(group), tip);
    else
        return false;
    return true;
}
