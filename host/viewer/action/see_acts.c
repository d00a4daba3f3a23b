#include <string.h>

#include "base/mem.h"
#include "viewer/action/actions.h"
#include "viewer/action/acts.h"
#include "viewer/overlay/picture_menu.h"

void act_card(App *app, const Strike *strike)
{
    (void)strike;
    app->overlay.card = (app->overlay.card + 1) % CARDS;
}

void act_histogram_scale(App *app, const Strike *strike)
{
    (void)strike;
    Overlay *overlay = &app->overlay;
    if (overlay->card != CARD_HISTOGRAM && overlay->card != CARD_TONES)
        overlay->card = CARD_HISTOGRAM;
    else
        overlay->log = !overlay->log;
}

void act_clipping(App *app, const Strike *strike)
{
    (void)strike;
    app->overlay.clipping = !app->overlay.clipping;
    app->view.changed = true;
    app_notice(app, app->overlay.clipping
                        ? "Clipped pixels: shadows are blue, highlights red. "
                          "Other limits: --clip LOW,HIGH"
                        : "Clipped pixels are not marked.");
}

void act_grid(App *app, const Strike *strike)
{
    (void)strike;
    app->overlay.grid = !app->overlay.grid;
}

void act_loupe(App *app, const Strike *strike)
{
    app->overlay.loupe = !strike->up;
}

/* Before alone would hide the line. */
void act_split(App *app, const Strike *strike)
{
    wanted_view_leave_before(&app->view);
    split_toggle(&app->overlay.split,
                 strike->action == ACTION_SPLIT_ABOVE ? SPLIT_ABOVE : SPLIT_BESIDE);
}

bool act_split_line_check(const char *argument, Err *err)
{
    return strcmp(argument, "back") == 0 || strcmp(argument, "on") == 0 ||
           err_set(err, ERR_USAGE, "'%s' is no way; use back or on", argument);
}

void act_split_line(App *app, const Strike *strike)
{
    Split *split = &app->overlay.split;
    if (split->kind != SPLIT_OFF) {
        split_step(split, strcmp(strike->argument, "on") == 0);
        return;
    }
    char *keys = actions_keys(app, "split");
    char *text =
        mem_printf("There is no split view.%s%s", *keys ? " To show it: " : "", keys);
    app_notice(app, text);
    mem_free(text);
    mem_free(keys);
}

/* A key has it in the middle of the picture. */
void act_picture_menu(App *app, const Strike *strike)
{
    const Ui *ui = &app->ui;
    Rect room = app->picture.room;
    if (strike->mouse)
        picture_menu_open(&app->picture_menu, ui, ui->in.x, ui->in.y);
    else
        picture_menu_open(&app->picture_menu, ui, room.x + room.w / 2,
                          room.y + room.h / 2);
}

void act_surround(App *app, const Strike *strike)
{
    (void)strike;
    app->overlay.surround = (app->overlay.surround + 1) % SURROUNDS;
}

void act_hide(App *app, const Strike *strike)
{
    (void)strike;
    chrome_toggle(&app->chrome);
    char *keys = actions_keys(app, "hide");
    char *text = mem_printf("Panel and bar are hidden. The mouse at the window's edge "
                            "shows them.%s%s",
                            *keys ? " Back for good: " : "", keys);
    if (chrome_is_hidden(&app->chrome))
        app_notice(app, text);
    else
        notice_withdraw(&app->notice, text);
    mem_free(text);
    mem_free(keys);
}
