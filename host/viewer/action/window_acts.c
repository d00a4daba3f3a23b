#include <string.h>

#include "viewer/action/acts.h"
#include "viewer/app/frame.h"
#include "viewer/app/saving.h"

void act_quit(App *app, const Strike *strike)
{
    (void)strike;
    saving_quit(app);
}

void act_escape(App *app, const Strike *strike)
{
    (void)strike;
    if (app->help.open)
        help_card_toggle(&app->help);
    else if (!app_stop_mapping(app) && !app_stop_script(app) && !saving_stop(app))
        window_leave_fullscreen(&app->window);
}

void act_help(App *app, const Strike *strike)
{
    (void)strike;
    help_card_toggle(&app->help);
}

void act_fullscreen(App *app, const Strike *strike)
{
    (void)strike;
    window_toggle_fullscreen(&app->window);
}

void act_panel_side(App *app, const Strike *strike)
{
    (void)strike;
    app->panel.left = !app->panel.left;
    app->clock.dirty = app->view.changed = true;
}

bool act_panel_width_check(const char *argument, Err *err)
{
    return strcmp(argument, "narrower") == 0 || strcmp(argument, "wider") == 0 ||
           err_set(err, ERR_USAGE, "'%s' is no width; use narrower or wider", argument);
}

void act_panel_width(App *app, const Strike *strike)
{
    frame_panel_width(app, strcmp(strike->argument, "wider") == 0 ? 1 : -1);
}

void act_text_larger(App *app, const Strike *strike)
{
    (void)strike;
    frame_text_size(app, 1);
}

void act_text_smaller(App *app, const Strike *strike)
{
    (void)strike;
    frame_text_size(app, -1);
}
