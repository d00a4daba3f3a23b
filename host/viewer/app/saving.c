#include "viewer/app/saving.h"

#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/thread/thread.h"
#include "pipe/setting_words.h"
#include "viewer/app/app_file.h"
#include "viewer/app/frame.h"
#include "viewer/save/save_place.h"

/* A request on its way through the script thread, which makes the plan. */
typedef struct Request {
    Saver *saver;
    SaveWish *wish;     /* owned; NULL: it was handed on */
    ParamSet *set;      /* a reference */
    ParamValue *values; /* owned */
} Request;

static void request_run(void *data, const ScripterTurn *turn)
{
    Request *request = data;
    SaveWish *wish = request->wish;
    Err err = {0};
    Plan *plan = NULL;
    request->wish = NULL;
    if (turn->set == request->set)
        plan = scripter_turn_plan(turn, request->values, wish->depth, &err);
    else
        err_set(&err, ERR_SCRIPT, "the script has changed meanwhile");
    if (plan)
        saver_want(request->saver, wish, plan, turn->files);
    else
        saver_refuse(request->saver, wish, &err);
}

static void request_free(void *data)
{
    Request *request = data;
    save_wish_free(request->wish);
    param_values_free(request->values, request->set->count);
    param_set_unref(&request->set);
    mem_free(request);
}

/* Takes `wish`. */
static void send(App *app, SaveWish *wish)
{
    Request *request = mem_new(1, sizeof *request);
    ParamSet *set = app->panel.set;
    SettingRead read;
    wish->number = saver_ticket(app->save.saver);
    *request = (Request){.saver = app->save.saver,
                         .wish = wish,
                         .set = param_set_ref(set),
                         .values = param_defaults(set)};
    setting_words_read(wish->values, set, request->values, &read);
    if (!app->save.waiting++)
        app->save.since_ms = thread_clock_ms();
    app->clock.dirty = true;
    scripter_ask(app->scripter, request_run, request_free, request);
}

/* New: of the picture on the screen; NULL: there is none to save, and it is told. */
static SaveWish *wish_new(App *app)
{
    const char *why = NULL;
    if (!app->shown.file.info.depth)
        why = "There is no picture to save.";
    else if (!app->script_load.known || app->values.err.kind)
        why = "There is no look to save the picture with: see the error.";
    if (why) {
        app_notice(app, why);
        return NULL;
    }
    SaveWish *wish = mem_new(1, sizeof *wish);
    ParamValue *values = app_file_values(app);
    *wish = (SaveWish){.input = path_join(app->save.folder, app_file(app)),
                       .look = mem_dup(app->name),
                       .values = setting_words(app->panel.set, values),
                       .turned = app->picture.turn.quarters,
                       .seen = app->shown.file.stamp,
                       .depth = app->shown.file.info.depth,
                       .height = app->shown.file.info.height};
    param_values_free(values, app->panel.set->count);
    return wish;
}

void saving_begin(App *app)
{
    SaveWish *wish = wish_new(app);
    if (wish)
        send(app, wish);
}

void saving_ask(App *app)
{
    SaveWish *wish = wish_new(app);
    if (!wish)
        return;
    wish->name = save_place_suggest(wish->input, wish->look);
    panel_leave_field(&app->panel);
    save_dialog_open(&app->save.dialog, wish);
}

void saving_key(App *app, SDL_Keysym key)
{
    SaveAct act = save_dialog_key(&app->save.dialog, key);
    app->clock.dirty = true;
    if (act == SAVE_TAKEN) {
        send(app, app->save.dialog.wish);
        app->save.dialog.wish = NULL;
    }
    if (act != SAVE_NONE)
        save_dialog_close(&app->save.dialog);
}

/* The window waits for what is being saved. If that fails it stays, to tell. */
static void go_on_closing(App *app, const Saved *saved)
{
    if (saved->err.kind)
        app->save.closing = false;
    else if (!app->save.waiting)
        app->quit = true;
}

/* Another place is asked for, unless the hand is at something else: an Enter that was
 * meant for that must not replace a file. */
static bool ask_again(App *app, const Saved *saved)
{
    bool busy = frame_is_covered(app) || app->ui.active ||
                number_field_is_open(&app->panel.field);
    if (!saved->misplaced || busy)
        return false;
    SaveWish *wish = save_wish_copy(saved->wish);
    if (!wish->name)
        wish->name = save_place_suggest(wish->input, wish->look);
    save_dialog_open_again(&app->save.dialog, wish, saved->exists, saved->err.text);
    return true;
}

void saving_take(void *context, const Saved *saved)
{
    App *app = context;
    app->save.waiting--;
    app_notice(app, saved->text);
    if (ask_again(app, saved))
        app->clock.dirty = true;
    else if (saved->err.kind && saved->err.kind != ERR_CANCELLED)
        log_error("%s", saved->text);
    else
        log_info("%s", saved->text);
    if (app->save.closing)
        go_on_closing(app, saved);
}

bool saving_stop(App *app)
{
    if (!app->save.waiting)
        return false;
    saver_cancel(app->save.saver);
    return true;
}

void saving_quit(App *app)
{
    if (!app->save.waiting || app->save.closing) {
        app->quit = true;
        return;
    }
    app->save.closing = true;
    app_notice(app, "The window closes when the picture is saved; q again drops it.");
}

void saving_collect(App *app)
{
    char text[sizeof app->save.text] = "", of[48] = "";
    if (app->save.waiting > 1)
        snprintf(of, sizeof of, " (%d wait)", app->save.waiting - 1);
    if (app->save.waiting)
        snprintf(text, sizeof text, "Saving the picture: %.0f%%%s, Esc stops%s",
                 100 * saver_progress(app->save.saver), of,
                 app->save.closing ? ", then the window closes" : "");
    if (strcmp(text, app->save.text) == 0)
        return;
    memcpy(app->save.text, text, sizeof text);
    trace_line(&app->trace, "saving %s", text);
    app->clock.dirty = true;
}
