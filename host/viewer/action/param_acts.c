#include <string.h>

#include "viewer/action/acts.h"

static const char FINE[] = "fine";

bool act_pace_check(const char *argument, Err *err)
{
    return !*argument || strcmp(argument, FINE) == 0 ||
           err_set(err, ERR_USAGE, "'%.60s' is not a pace; it may be %s", argument,
                   FINE);
}

void act_panel(App *app, const Strike *strike)
{
    chrome_call_panel(&app->chrome);
    bool fine = strcmp(strike->argument, FINE) == 0;
    panel_act(&app->panel, strike->action,
              fine             ? PACE_FINE
              : strike->coarse ? PACE_COARSE
                               : PACE_STEP);
}

void act_row_menu(App *app, const Strike *strike)
{
    (void)strike;
    if (app->panel.set->count)
        panel_menu_open(&app->panel, &app->ui, app->panel.focus, false);
}
