#include "viewer/edit/edit.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "pipe/setting_words.h"

/* Turns of the wheel that are further apart are two steps. */
static const double WHEEL_MS = 700;

void edit_init(Edit *edit)
{
    *edit = (Edit){.gesture = 1, .before = -1};
}

void edit_term(Edit *edit)
{
    history_clear(&edit->history);
    for (int i = 0; i < EDIT_SNAPSHOTS; i++)
        look_state_clear(&edit->kept[i]);
    look_state_clear(&edit->awaited);
}

void edit_begin_gesture(Edit *edit)
{
    edit->gesture++;
}

bool edit_wheel_pauses(Edit *edit, double now)
{
    bool pauses = now - edit->wheel_ms > WHEEL_MS;
    edit->wheel_ms = now;
    return pauses;
}

static char *words_of(const Panel *panel)
{
    return setting_words(panel->set, panel->values);
}

void edit_note(Edit *edit, const Panel *panel, const char *script)
{
    if (edit_awaits_other(edit, script)) /* this one is passed by */
        return;
    char *words = words_of(panel);
    history_note(&edit->history, script, words, edit->gesture);
    mem_free(words);
}

void edit_restart(Edit *edit, const Panel *panel, const char *script)
{
    history_clear(&edit->history);
    edit_begin_gesture(edit);
    edit_note(edit, panel, script);
    edit_begin_gesture(edit);
}

/* Set what `words` hold. */
static void put(Panel *panel, const char *words, SettingRead *read)
{
    ParamValue *values = param_values_copy(panel->values, panel->set->count);
    setting_words_read(words, panel->set, values, read);
    for (int i = 0; i < panel->set->count; i++)
        panel_set(panel, i, values[i]);
    param_values_free(values, panel->set->count);
}

/* Put the present state in the place where the history has arrived. */
static void settle(Edit *edit, const Panel *panel, const char *script)
{
    char *words = words_of(panel);
    history_settle(&edit->history, script, words);
    mem_free(words);
}

/* Set `state`, or await its script. `script` NULL: another one is on its way. */
static bool go(Edit *edit, Panel *panel, const char *script, const LookState *state)
{
    SettingRead read;
    look_state_clear(&edit->awaited);
    if (!script || strcmp(state->script, script) != 0) {
        edit->awaited = look_state_new(state->script, state->words);
        return true;
    }
    put(panel, state->words, &read);
    return false;
}

/* An undo that awaits its script has moved in the history already. */
void edit_give_up(Edit *edit)
{
    if (edit->awaited.script && edit->before >= 0)
        edit->history.at = edit->before;
    edit->before = -1;
    look_state_clear(&edit->awaited);
}

/* "Undo: Exposure +0.50 EV", "Redo: 3 parameters"; the row may be out of sight. */
static void tell_step(const Panel *panel, const ParamValue *before, int step,
                      EditNote note)
{
    const char *did = step < 0 ? "Undo" : "Redo";
    int changed = 0, last = 0;
    char value[128];
    for (int i = 0; i < panel->set->count; i++) {
        if (param_equal(before[i], panel->values[i]))
            continue;
        changed++;
        last = i;
    }
    const Param *param = &panel->set->params[last];
    if (changed == 1)
        snprintf(note, sizeof(EditNote), "%s: %s %s", did, param->label,
                 param_format(param, panel->values[last], value, sizeof value));
    else if (changed)
        snprintf(note, sizeof(EditNote), "%s: %d parameters", did, changed);
}

bool edit_undo(Edit *edit, Panel *panel, const char *script, int step, EditNote note)
{
    bool on_the_way = edit->awaited.script && edit->before >= 0;
    int from = on_the_way ? edit->before : edit->history.at;
    const LookState *state =
        step < 0 ? history_undo(&edit->history) : history_redo(&edit->history);
    edit_begin_gesture(edit);
    snprintf(note, sizeof(EditNote), "%s",
             state      ? ""
             : step < 0 ? "There is nothing to undo."
                        : "There is nothing to redo.");
    if (!state)
        return false;
    int count = panel->set->count;
    ParamValue *before = param_values_copy(panel->values, count);
    bool awaits = go(edit, panel, on_the_way ? NULL : script, state);
    edit->before = awaits ? from : -1;
    if (!awaits) {
        tell_step(panel, before, step, note);
        settle(edit, panel, script);
    }
    param_values_free(before, count);
    return awaits;
}

void edit_await(Edit *edit, const char *script, const char *words)
{
    edit_give_up(edit);
    edit_begin_gesture(edit);
    edit->awaited = look_state_new(script, words);
}

bool edit_awaits_other(const Edit *edit, const char *script)
{
    return edit->awaited.script && strcmp(edit->awaited.script, script) != 0;
}

void edit_arrive(Edit *edit, Panel *panel, const char *script)
{
    SettingRead read;
    if (!edit->awaited.script || edit_awaits_other(edit, script))
        return;
    put(panel, edit->awaited.words, &read);
    if (edit->before >= 0)
        settle(edit, panel, script);
    edit->before = -1;
    look_state_clear(&edit->awaited);
}

void edit_keep(Edit *edit, const Panel *panel, const char *script, int number,
               EditNote note)
{
    char *words = words_of(panel);
    look_state_clear(&edit->kept[number]);
    edit->kept[number] = look_state_new(script, words);
    snprintf(note, sizeof(EditNote), "Kept as snapshot %d: Alt+%d shows it.",
             number + 1, number + 1);
    mem_free(words);
}

bool edit_show(Edit *edit, Panel *panel, const char *script, int number, EditNote note)
{
    const LookState *state = &edit->kept[number];
    if (!state->script) {
        snprintf(note, sizeof(EditNote),
                 "Snapshot %d is empty: Ctrl+%d keeps the look in it.", number + 1,
                 number + 1);
        return false;
    }
    edit_give_up(edit);
    edit_begin_gesture(edit);
    snprintf(note, sizeof(EditNote), "Snapshot %d", number + 1);
    return go(edit, panel, script, state);
}

void edit_paste(Panel *panel, const char *text, EditNote note)
{
    ParamValue *values = param_values_copy(panel->values, panel->set->count);
    SettingRead read;
    bool any = text && setting_words_read(text, panel->set, values, &read);
    param_values_free(values, panel->set->count);
    if (!any) {
        snprintf(note, sizeof(EditNote),
                 "The clipboard holds no parameters, such as "
                 "-p exposure=0.5.");
        return;
    }
    put(panel, text, &read);
    snprintf(note, sizeof(EditNote), "Pasted %d %s%s%s%s%s", read.taken,
             read.taken == 1 ? "value" : "values",
             read.others[0] ? "; this look has no " : "", read.others,
             read.err.kind ? "; " : "", read.err.text);
}
