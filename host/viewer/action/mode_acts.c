/* The mode of mapping the pixels, and its menu. */
#include <stdio.h>

#include "base/mem.h"
#include "opencl/opencl.h"
#include "python/python_map.h"
#include "viewer/action/acts.h"

/* What the script thread finds out: it owns the interpreter. */
typedef struct Check {
    App *app;
    Err err[MODES];
} Check;

/* On the UI thread. */
static void take_check(void *data)
{
    const Check *check = data;
    for (int mode = 0; mode < MODES; mode++)
        mode_menu_tell(&check->app->modes, (Mode)mode, check->err[mode].text);
    check->app->clock.dirty = true;
}

/* On the script thread. */
static void run_check(void *data)
{
    const Check *asked = data;
    OpenClDevice devices[OPENCL_MOST_DEVICES];
    int count;
    Check *check = mem_new(1, sizeof *check);
    check->app = asked->app;
    for (int mode = 0; mode < MODES; mode++)
        if (mode_is_python((Mode)mode))
            python_map_has_mode((Mode)mode, &check->err[mode]);
    opencl_devices(devices, &count, &check->err[MODE_OPENCL]);
    dispatch_post_newest(check->app->inbox, &check->app->modes,
                         &(DispatchItem){take_check, mem_free, check});
}

static void ask(App *app)
{
    if (app->modes.checked)
        return;
    app->modes.checked = true;
    Check *check = mem_new(1, sizeof *check);
    check->app = app;
    dispatch_post_newest(app->script_inbox, &app->modes,
                         &(DispatchItem){run_check, mem_free, check});
}

bool act_mode_check(const char *argument, Err *err)
{
    Mode mode;
    return mode_parse(argument, &mode, err);
}

void act_mode(App *app, const Strike *strike)
{
    Mode mode;
    Err err;
    if (mode_parse(strike->argument, &mode, &err))
        wanted_view_set_mode(&app->view, mode);
    else
        app_notice(app, err.text);
}

/* Those that are known not to run here are left out. */
void act_mode_next(App *app, const Strike *strike)
{
    (void)strike;
    Mode mode = mode_next(app->view.mode);
    while (app->modes.why[mode][0] && mode != MODE_PARALLEL)
        mode = mode_next(mode);
    wanted_view_set_mode(&app->view, mode);
}

void act_modes_press(App *app)
{
    ask(app);
    mode_menu_open(&app->modes, app->view.mode, true);
}

void act_modes(App *app, const Strike *strike)
{
    (void)strike;
    ask(app);
    mode_menu_open(&app->modes, app->view.mode, false);
}

/* A mode that cannot run here says why, and stays away. */
void act_modes_chosen(App *app, Mode mode)
{
    app->clock.dirty = true;
    if (mode == MODES)
        return;
    if (app->modes.why[mode][0])
        app_notice(app, app->modes.why[mode]);
    else
        wanted_view_set_mode(&app->view, mode);
}

void act_times(App *app, const Strike *strike)
{
    (void)strike;
    app->times = !app->times;
}
