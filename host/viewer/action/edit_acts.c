#include <stdlib.h>

#include "base/mem.h"
#include "pipe/setting_words.h"
#include "viewer/action/acts.h"
#include "viewer/app/app_file.h"
#include "viewer/app/events.h"
#include "viewer/edit/command_line_text.h"
#include "viewer/widget/widget.h"

static void copy(App *app, const char *words)
{
    bool copied = SDL_SetClipboardText(words) == 0;
    char *text = mem_printf("%s: %s", copied ? "Copied" : "The clipboard failed",
                            copied ? words : SDL_GetError());
    app_notice(app, text);
    mem_free(text);
}

void act_copy(App *app, const Strike *strike)
{
    (void)strike;
    if (!*app_file(app)) {
        app_notice(app, "There is no picture for a command yet.");
        return;
    }
    CommandLine state = {.script = app->script,
                         .venv = app->venv,
                         .isolate = app->isolate,
                         .image = app_file(app)};
    ParamValue *values = app_file_values(app);
    char *line = command_line_text(&state, app->panel.set, values);
    copy(app, line);
    mem_free(line);
    param_values_free(values, app->panel.set->count);
}

void act_copy_values(App *app, const Strike *strike)
{
    (void)strike;
    ParamValue *values = app_file_values(app);
    char *words = setting_words(app->panel.set, values);
    if (words[0])
        copy(app, words);
    else
        app_notice(app, "This look has no parameters to copy.");
    mem_free(words);
    param_values_free(values, app->panel.set->count);
}

static void take_pasted(void *context, const char *text)
{
    App *app = context;
    EditNote note;
    events_begin_gesture(app);
    edit_paste(&app->panel, text, note);
    app_notice(app, note);
    app->clock.dirty = true;
}

void act_paste(App *app, const Strike *strike)
{
    (void)strike;
    if (app->window.clipboard) {
        x11_clipboard_ask(app->window.clipboard, take_pasted, app);
        return;
    }
    char *text = SDL_GetClipboardText();
    take_pasted(app, text);
    SDL_free(text);
}

/* The look's script must be loaded first. */
static void await(App *app)
{
    look_menu_want(&app->panel.looks, app->edit.awaited.script);
}

/* It ends a drag, whose next move would put back what is undone. */
static void step(App *app, int way)
{
    EditNote note;
    widget_let_go(&app->ui);
    if (edit_undo(&app->edit, &app->panel, app->script, way, note))
        await(app);
    if (note[0])
        app_notice(app, note);
}

void act_undo(App *app, const Strike *strike)
{
    (void)strike;
    step(app, -1);
}

void act_redo(App *app, const Strike *strike)
{
    (void)strike;
    step(app, 1);
}

/* 0 and up; -1: there is no such snapshot. */
static int number_of(const char *argument)
{
    bool fine =
        argument[0] >= '1' && argument[0] < '1' + EDIT_SNAPSHOTS && !argument[1];
    return fine ? argument[0] - '1' : -1;
}

bool act_snapshot_check(const char *argument, Err *err)
{
    return number_of(argument) >= 0 ||
           err_set(err, ERR_USAGE, "'%s' is not a snapshot; use 1 to %d", argument,
                   EDIT_SNAPSHOTS);
}

void act_keep(App *app, const Strike *strike)
{
    EditNote note;
    edit_keep(&app->edit, &app->panel, app->script, number_of(strike->argument), note);
    app_notice(app, note);
}

void act_show(App *app, const Strike *strike)
{
    EditNote note;
    if (edit_show(&app->edit, &app->panel, app->script, number_of(strike->argument),
                  note))
        await(app);
    app_notice(app, note);
}

void act_looks(App *app, const Strike *strike)
{
    (void)strike;
    look_menu_open(&app->panel.looks, false);
}

void act_look_next(App *app, const Strike *strike)
{
    (void)strike;
    look_menu_step(&app->panel.looks, 1);
}

void act_look_previous(App *app, const Strike *strike)
{
    (void)strike;
    look_menu_step(&app->panel.looks, -1);
}
