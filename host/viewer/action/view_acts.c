#include <math.h>
#include <string.h>

#include "image/disk_image.h"
#include "viewer/action/acts.h"

/* A step of the wheel, and of a key. */
static const double WHEEL_ZOOM = 1.25, KEY_ZOOM = 1.5;

static void zoom_by(Viewport *viewport, const Strike *strike, double x, double y)
{
    double step = strike->mouse ? WHEEL_ZOOM : KEY_ZOOM;
    double by = strike->action == ACTION_CLOSER ? strike->amount : -strike->amount;
    viewport_zoom_by(viewport, pow(step, by), x, y);
}

/* Does the point under the mouse stay? The keys that zoom keep the middle, but the one
 * that looks at a detail. */
static bool is_at_mouse(const App *app, const Strike *strike)
{
    return strike->mouse || (strike->action == ACTION_TOGGLE_ZOOM &&
                             rect_has(app->picture.room, app->ui.in.x, app->ui.in.y));
}

void act_zoom(App *app, const Strike *strike)
{
    Viewport *viewport = &app->picture.viewport;
    double x = viewport->width / 2.0, y = viewport->height / 2.0;
    Action action = strike->action;
    if (is_at_mouse(app, strike)) {
        x = app->ui.in.x - app->picture.room.x;
        y = app->ui.in.y - app->picture.room.y;
    }
    if (action == ACTION_TOGGLE_ZOOM)
        action = viewport->fit && viewport_zoom(viewport) != 1.0 ? ACTION_ACTUAL
                                                                 : ACTION_FIT;
    if (action == ACTION_FIT)
        viewport_fit(viewport);
    else if (action == ACTION_ACTUAL)
        viewport_actual(viewport, x, y);
    else
        zoom_by(viewport, strike, x, y);
    app->view.changed = true;
}

/* Where the picture goes to show more of a side. PAN_STEPS cross the room. */
static const struct {
    const char *name;
    int x, y;
} SIDES[] = {{"left", 1, 0}, {"right", -1, 0}, {"up", 0, 1}, {"down", 0, -1}};
enum { SIDE_COUNT = sizeof SIDES / sizeof *SIDES, PAN_STEPS = 8 };

/* SIDE_COUNT: it is none. */
static int side_of(const char *name)
{
    int i = 0;
    while (i < SIDE_COUNT && strcmp(name, SIDES[i].name) != 0)
        i++;
    return i;
}

bool act_pan_check(const char *argument, Err *err)
{
    return side_of(argument) < SIDE_COUNT ||
           err_set(err, ERR_USAGE, "'%s' is no side; use left, right, up or down",
                   argument);
}

void act_pan(App *app, const Strike *strike)
{
    Viewport *viewport = &app->picture.viewport;
    int side = side_of(strike->argument);
    if (!viewport_can_pan(viewport)) {
        app_notice(app, "All of the picture is seen.");
        return;
    }
    viewport_pan(viewport, (double)SIDES[side].x * viewport->width / PAN_STEPS,
                 (double)SIDES[side].y * viewport->height / PAN_STEPS);
    app->view.changed = true;
}

/* The picture on the screen, and whenever it is shown again. */
static void turn(App *app, int quarters)
{
    if (!app->pyramid || app->file.err.kind)
        return;
    picture_area_turn(&app->picture, quarters);
    turns_set(&app->session.turns, app->path, app->picture.turn.quarters);
    app->view.changed = true;
}

void act_turn_right(App *app, const Strike *strike)
{
    (void)strike;
    turn(app, 1);
}

void act_turn_left(App *app, const Strike *strike)
{
    (void)strike;
    turn(app, -1);
}

void act_before(App *app, const Strike *strike)
{
    if (strike->up) {
        wanted_view_release(&app->view, strike->ms);
        return;
    }
    wanted_view_strike(&app->view, strike->ms);
    wanted_view_toggle(&app->view);
}

void act_hold_before(App *app, const Strike *strike)
{
    app->view.held = !strike->up;
}

/* The look's plan has the conversion at its end. */
void act_profile(App *app, const Strike *strike)
{
    (void)strike;
    app->view.bare = !app->view.bare;
    app->view.changed = app->values.changed = true;
    app_notice(app, !app->colors.conversion
                        ? "The picture's colours need no conversion."
                    : app->view.bare ? "Colours without the ICC profiles."
                                     : "Colours by the ICC profiles.");
}

void act_whole(App *app, const Strike *strike)
{
    (void)strike;
    app->view.whole = !app->view.whole;
    app->view.changed = true;
    bool large = app->source && disk_image_is(app->source);
    app_notice(app, !app->view.whole ? "Only the visible part is processed."
                    : large ? "The image is larger than --cache: only its visible "
                              "part is processed."
                            : "The whole image is processed, at full size.");
}
