#include "viewer/app/app.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/path.h"
#include "base/thread/thread.h"
#include "viewer/app/command_line_text.h"
#include "viewer/app/mode_switch.h"

static const double BUSY_MS = 500, NOTICE_MS = 6000;
enum { STEP_TO_END = 1 << 24 };

void app_notice(App *app, const char *text)
{
    snprintf(app->notice, sizeof app->notice, "%s", text);
    app->notice_ms = thread_clock_ms() + NOTICE_MS;
    app->dirty = true;
    trace_line(&app->trace, "notice %s", text);
}

void app_set_title(const App *app)
{
    char *title = mem_printf("%s — %s — lutist", path_name(files_path(&app->files)),
                             scripter_name(app->scripter));
    SDL_SetWindowTitle(app->window.window, title);
    mem_free(title);
}

/* From the other threads. */

static void print_trace(const char *trace)
{
    size_t length = strlen(trace);
    if (length)
        fprintf(stderr, "%s%s", trace, trace[length - 1] == '\n' ? "" : "\n");
}

/* The traceback goes to the terminal, once for each different one. */
void app_take_answer(void *context, const ScripterAnswer *answer)
{
    App *app = context;
    bool other = strcmp(answer->err.text, app->script_err.text) != 0;
    if (answer->err.kind && other) {
        print_trace(answer->err.trace);
        trace_line(&app->trace, "error %s", answer->err.text);
    }
    app->answered = answer->serial;
    app->plan_depth = answer->plan_depth;
    app->expected = app->expected && !answer->err.kind;
    app->script_err = answer->err;
    app->dirty = true;
}

void app_take_image(void *context, Loaded *loaded)
{
    App *app = context;
    if (loaded->wish != app->wish)
        return;
    app->loading = false;
    app->dirty = true;
    app->file_err = loaded->err;
    if (!loaded->image) {
        trace_line(&app->trace, "failure %s", loaded->err.text);
        return;
    }
    image_unref(&app->source);
    app->source = loaded->image;
    loaded->image = NULL;
    app->file_err = (Err){0};
    app->since = app->wish_ms;
    scene_set_image(&app->scene, loaded->wish, app->source->info);
    app->view_changed = app->unsent = true;
}

void app_take_picture(void *context, const Picture *picture)
{
    App *app = context;
    Err err = picture->err;
    if (picture->view.image != app->scene.image)
        return;
    if (err.kind || !scene_upload(&app->scene, app->window.renderer, picture, &err)) {
        mode_switch_fail(app, picture, &err);
        return;
    }
    app->fresh = app->dirty = true;
    app->expected = false;
    app->shown_serial = picture->serial;
    app->shown_since = picture->since;
    if (picture->serial)
        mode_switch_count(app, picture);
}

void app_collect(App *app)
{
    while (dispatch_process(app->inbox, 0) == DISPATCH_RAN)
        ;
    mode_switch_collect(app);
}

/* To the other threads. */

bool app_is_busy(const App *app, double now)
{
    return app->answered < app->serial && now - app->serial_ms >= BUSY_MS;
}

/* Without a plan for this depth, and none to be expected, the image is shown as it is:
 * better than nothing. */
static bool wants_original(const App *app, double now)
{
    bool plan = app->plan_depth == app->source->info.depth;
    return app->before || app->held ||
           (!plan && (app->script_err.kind || app_is_busy(app, now)));
}

static void show(App *app, bool original)
{
    CanvasView seen = canvas_view(&app->scene.canvas);
    if (seen.width < 1 || seen.height < 1)
        return;
    View view = {.source = app->source,
                 .image = app->scene.image,
                 .area = seen.area,
                 .width = seen.width,
                 .height = seen.height,
                 .mode = app->mode,
                 .whole = app->whole,
                 .original = original,
                 .checker = ui_px(&app->ui, 8),
                 .since = app->since};
    render_show(app->render, &view);
    app->original = original;
    app->view_changed = false;
    app->asked_ms = thread_clock_ms();
    app->expected = true;
}

/* The values, and the depth of the image. */
static void want_plan(App *app)
{
    int depth = app->source ? app->source->info.depth : 8;
    app->panel.changed = app->unsent = false;
    app->serial++;
    app->serial_ms = app->asked_ms = thread_clock_ms();
    app->expected = app->dirty = true;
    scripter_want(app->scripter, app->panel.values, depth, app->serial, app->since);
}

void app_update(App *app)
{
    if (app->panel.changed || app->unsent)
        want_plan(app);
    if (!app->source)
        return;
    bool original = wants_original(app, thread_clock_ms());
    if (app->view_changed || original != app->original)
        show(app, original);
}

void app_open_file(App *app)
{
    app->wish = loader_want(app->loader, files_path(&app->files));
    app->wish_ms = app->since;
    app->loading = app->dirty = true;
    app->file_err = (Err){0};
    app_set_title(app);
}

/* Actions. */

static void step_file(App *app, int step)
{
    if (files_step(&app->files, step))
        app_open_file(app);
    else if (app->files.count == 1)
        app_notice(app, "This is the only image.");
    else
        app_notice(app,
                   step < 0 ? "This is the first image." : "This is the last image.");
}

static void copy_recipe(App *app)
{
    char *recipe =
        command_line_text(app->options->script, app->options->venv,
                          files_path(&app->files), app->panel.set, app->panel.values);
    bool copied = SDL_SetClipboardText(recipe) == 0;
    char *text = mem_printf("%s: %s", copied ? "Copied" : "The clipboard failed",
                            copied ? recipe : SDL_GetError());
    app_notice(app, text);
    mem_free(text);
    mem_free(recipe);
}

static void escape(App *app)
{
    if (app->guide.open)
        help_card_toggle(&app->guide);
    else if (!mode_switch_stop(app))
        window_leave_fullscreen(&app->window);
}

static void zoom(App *app, Action action)
{
    Canvas *canvas = &app->scene.canvas;
    double x = canvas->width / 2.0, y = canvas->height / 2.0;
    if (action == ACTION_TOGGLE_ZOOM)
        action = canvas->fit ? ACTION_ACTUAL : ACTION_FIT;
    if (action == ACTION_FIT)
        canvas_fit(canvas);
    else if (action == ACTION_ACTUAL)
        canvas_actual(canvas, x, y);
    else
        canvas_zoom_by(canvas, action == ACTION_CLOSER ? 1.5 : 1 / 1.5, x, y);
    app->view_changed = true;
}

void app_act(App *app, Action action, bool coarse)
{
    app->dirty = true;
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
        help_card_toggle(&app->guide);
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
        app->before = !app->before;
        break;
    case ACTION_HOLD_BEFORE:
        app->held = true;
        break;
    case ACTION_COPY:
        copy_recipe(app);
        break;
    default:
        if (!mode_switch_act(app, action))
            panel_act(&app->panel, action, coarse);
    }
}

/* The status. */

const char *app_status(const App *app, double now)
{
    if (app->progress[0])
        return app->progress;
    if (now < app->notice_ms)
        return app->notice;
    if (app_is_busy(app, now))
        return "The script is still at work …";
    if (app->loading && now - app->wish_ms >= BUSY_MS)
        return "Loading …";
    return NULL;
}

/* The earlier of `soonest` and `at`, of times that are still to come. */
static double sooner(double soonest, double at, double now)
{
    return at > now && (soonest == 0 || at < soonest) ? at : soonest;
}

int app_timeout(const App *app, double now)
{
    double at = sooner(0, app->notice_ms, now);
    if (app->final_ms)
        at = sooner(at, app->final_ms > now ? app->final_ms : now + 1, now);
    if (app->answered < app->serial)
        at = sooner(at, app->serial_ms + BUSY_MS, now);
    if (app->loading)
        at = sooner(at, app->wish_ms + BUSY_MS, now);
    return at > 0 ? (int)(at - now) + 1 : -1;
}
