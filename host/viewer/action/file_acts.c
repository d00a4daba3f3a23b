#include "viewer/action/acts.h"
#include "viewer/action/opening.h"
#include "viewer/app/app_file.h"
#include "viewer/app/saving.h"

enum { STEP_TO_END = 1 << 24 };

static int step_of(Action action)
{
    switch (action) {
    case ACTION_PREVIOUS:
        return -1;
    case ACTION_NEXT:
        return 1;
    case ACTION_FIRST:
        return -STEP_TO_END;
    default:
        return STEP_TO_END;
    }
}

void act_step_file(App *app, const Strike *strike)
{
    int step = step_of(strike->action);
    if (file_list_step(&app->files, step))
        app_open_file(app);
    else if (!app->files.count)
        app_notice(app, "There is no image yet.");
    else if (app->files.count == 1)
        app_notice(app, "This is the only image.");
    else
        app_notice(app,
                   step < 0 ? "This is the first image." : "This is the last image.");
}

/* The values on the screen are the newest good ones: a wrong one is told, not exported.
 */
void act_export(App *app, const Strike *strike)
{
    (void)strike;
    if (!app->script_load.known || app->values.err.kind) {
        app_notice(app, "There is no look to export: see the error.");
        return;
    }
    ParamValue *values = app_file_values(app);
    scripter_export(app->scripter, app->panel.set, values, app_file(app));
    param_values_free(values, app->panel.set->count);
    app_notice(app, "Exporting the look …");
}

void act_reload(App *app, const Strike *strike)
{
    (void)strike;
    scripter_reload(app->scripter);
}

void act_open(App *app, const Strike *strike)
{
    (void)strike;
    opening_begin(app);
}

void act_save(App *app, const Strike *strike)
{
    (void)strike;
    saving_begin(app);
}

void act_save_as(App *app, const Strike *strike)
{
    (void)strike;
    saving_ask(app);
}
