#include "viewer/app/mode_switch.h"

#include <stdio.h>
#include <string.h>

#include "base/log.h"

/* A pass that takes no longer is not worth a word. */
static const double SHOW_MS = 300;

/* The same one, too: it may have been stopped. */
static void set_mode(App *app, Mode mode)
{
    app->view_changed = true;
    app->mode = mode;
}

bool mode_switch_act(App *app, Action action)
{
    switch (action) {
    case ACTION_MODE_NEXT:
        set_mode(app, mode_next(app->mode));
        break;
    case ACTION_MODE_PYTHON:
        set_mode(app, MODE_PYTHON);
        break;
    case ACTION_MODE_NUMPY:
        set_mode(app, MODE_NUMPY);
        break;
    case ACTION_MODE_CTYPES:
        set_mode(app, MODE_CTYPES);
        break;
    case ACTION_MODE_SINGLE:
        set_mode(app, MODE_SINGLE);
        break;
    case ACTION_MODE_PARALLEL:
        set_mode(app, MODE_PARALLEL);
        break;
    case ACTION_WHOLE:
        app->whole = !app->whole;
        app->view_changed = true;
        app_notice(app, app->whole ? "The whole image is processed, at full size."
                                   : "What is seen is processed.");
        break;
    default:
        return false;
    }
    return true;
}

bool mode_switch_stop(App *app)
{
    char text[96];
    if (!render_cancel_pass(app->render, CANCEL_STOPPED))
        return false;
    snprintf(text, sizeof text, "The mode %s was stopped: this is the picture before.",
             mode_name(app->mode));
    app->expected = false;
    app_notice(app, text);
    return true;
}

/* Without what stands in brackets, for which a bar has no room. */
static void shorten(char *text)
{
    char *from = strstr(text, " ("), *to = from ? strchr(from, ')') : NULL;
    if (to)
        memmove(from, to + 1, strlen(to + 1) + 1);
}

void mode_switch_fail(App *app, const Picture *picture, const Err *err)
{
    char text[sizeof err->text];
    snprintf(text, sizeof text, "%s", err->text);
    shorten(text);
    app_notice(app, text);
    log_error("%s", err->text);
    if (err->kind != ERR_ENV || picture->view.mode != app->mode)
        return;
    bool back = app->now.known && app->now.mode != app->mode;
    set_mode(app, back ? app->now.mode : MODE_PARALLEL);
}

void mode_switch_count(App *app, const Picture *picture)
{
    Timing new = {.known = app->now.known,
                  .mode = picture->view.mode,
                  .whole = picture->view.whole,
                  .megapixels = picture->megapixels,
                  .processed_ms = picture->processed_ms,
                  .rendered_ms = app->now.rendered_ms};
    if (app->now.known && app->now.mode != new.mode)
        app->earlier = app->now;
    app->now = new;
}

void mode_switch_collect(App *app)
{
    char text[sizeof app->progress] = "";
    PassProgress progress;
    if (render_progress(app->render, &progress) && progress.ms >= SHOW_MS)
        snprintf(text, sizeof text, "%s: %.0f%%, Esc stops", mode_name(progress.mode),
                 100 * progress.part);
    if (strcmp(text, app->progress) == 0)
        return;
    memcpy(app->progress, text, sizeof text);
    app->dirty = true;
    trace_line(&app->trace, "progress %s", text);
}
