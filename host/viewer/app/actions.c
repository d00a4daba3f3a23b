#include "viewer/app/actions.h"

#include "base/mem.h"
#include "viewer/app/command_line_text.h"

enum { STEP_TO_END = 1 << 24 };

static void step_file(App *app, int step)
{
    if (file_list_step(&app->files, step))
        app_open_file(app);
    else if (app->files.count == 1)
        app_notice(app, "This is the only image.");
    else
        app_notice(app,
                   step < 0 ? "This is the first image." : "This is the last image.");
}

static void copy_command_line(App *app)
{
    CommandLine state = {.script = app->script,
                         .venv = app->venv,
                         .isolate = app->isolate,
                         .image = file_list_path(&app->files)};
    char *line = command_line_text(&state, app->panel.set, app->panel.values);
    bool copied = SDL_SetClipboardText(line) == 0;
    char *text = mem_printf("%s: %s", copied ? "Copied" : "The clipboard failed",
                            copied ? line : SDL_GetError());
    app_notice(app, text);
    mem_free(text);
    mem_free(line);
}

static void escape(App *app)
{
    if (app->help.open)
        help_card_toggle(&app->help);
    else if (!app_stop_mapping(app) && !app_stop_script(app))
        window_leave_fullscreen(&app->window);
}

static void zoom(App *app, Action action)
{
    Viewport *viewport = &app->picture.viewport;
    double x = viewport->width / 2.0, y = viewport->height / 2.0;
    if (action == ACTION_TOGGLE_ZOOM)
        action = viewport->fit ? ACTION_ACTUAL : ACTION_FIT;
    if (action == ACTION_FIT)
        viewport_fit(viewport);
    else if (action == ACTION_ACTUAL)
        viewport_actual(viewport, x, y);
    else
        viewport_zoom_by(viewport, action == ACTION_CLOSER ? 1.5 : 1 / 1.5, x, y);
    app->view.changed = true;
}

/* Actions on modes and parameters. */
static void do_other(App *app, Action action, bool coarse)
{
    if (!wanted_view_act(&app->view, action))
        panel_act(&app->panel, action, coarse);
    else if (action == ACTION_WHOLE)
        app_notice(app, app->view.whole ? "The whole image is processed, at full size."
                                        : "Only the visible part is processed.");
}

void actions_do(App *app, Action action, bool coarse)
{
    app->clock.dirty = true;
    switch (action) {
    case ACTION_NONE:
        break;
    case ACTION_QUIT:
        app->quit = true;
        break;
    case ACTION_ESCAPE:
        escape(app);
        break;
    case ACTION_HELP:
        help_card_toggle(&app->help);
        break;
    case ACTION_FULLSCREEN:
        window_toggle_fullscreen(&app->window);
        break;
    case ACTION_PREVIOUS:
        step_file(app, -1);
        break;
    case ACTION_NEXT:
        step_file(app, 1);
        break;
    case ACTION_FIRST:
        step_file(app, -STEP_TO_END);
        break;
    case ACTION_LAST:
        step_file(app, STEP_TO_END);
        break;
    case ACTION_FIT:
    case ACTION_ACTUAL:
    case ACTION_TOGGLE_ZOOM:
    case ACTION_CLOSER:
    case ACTION_FARTHER:
        zoom(app, action);
        break;
    case ACTION_BEFORE:
        wanted_view_toggle(&app->view);
        break;
    case ACTION_HOLD_BEFORE:
        app->view.held = true;
        break;
    case ACTION_COPY:
        copy_command_line(app);
        break;
    case ACTION_RELOAD:
        scripter_reload(app->scripter);
        break;
    default:
        do_other(app, action, coarse);
    }
}
