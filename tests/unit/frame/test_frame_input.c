/* What the mouse and the keys do in a window without a display. */
#include "cm.h"

#include "frame_probe.h"
#include "viewer/app/events.h"
#include "viewer/params.h"
#include "viewer/widget/widget.h"

static void mouse(bool down, int clicks, int x, int y)
{
    UiInput *in = &app.ui.in;
    in->moved = in->x != x || in->y != y;
    in->pressed = down && !in->down;
    in->released = !down && in->down;
    in->down = down;
    in->clicks = clicks;
    in->x = x;
    in->y = y;
    frame(3);
}

static void a_double_click_on_the_panel_s_edge_is_the_edge_s_alone(void **state)
{
    (void)state;
    open_app(params_many(2));
    show_image();
    scale = 1;
    app.panel.width = 500;
    app.panel.focus = 1;
    frame(3);
    Rect first = probe_place(&app.ui, app.panel.set->params[0].name);
    Rect room = probe_place(&app.ui, "room");
    int edge = room.x + room.w, y = first.y;
    for (int clicks = 1; clicks <= 2; clicks++) {
        mouse(true, clicks, edge + 1, y);
        assert_int_equal(app.ui.active >> 16, WIDGET_EDGE);
        if (clicks == 1)
            mouse(false, 1, edge + 1, y);
    }
    mouse(true, 2, edge - 9, y); /* the hand is not quite still */
    assert_int_equal(app.panel.width, 0);
    assert_int_equal(app.panel.focus, 1);
    mouse(false, 2, edge - 9, y);
    assert_int_equal(app.ui.active, 0);
    mouse(true, 1, edge - 9, y);
    assert_int_equal(app.ui.active >> 16, WIDGET_PICTURE);
    close_app();
}

static void a_panel_that_moves_lets_go_of_its_slider(void **state)
{
    (void)state;
    open_app(params_many(2));
    show_image();
    scale = 1;
    frame(3);
    Rect first = probe_place(&app.ui, app.panel.set->params[0].name);
    int x = first.x + first.w / 3, y = first.y + first.h / 2;
    mouse(true, 1, x, y);
    mouse(true, 1, x + 10, y);
    assert_true(widget_drags_value(&app.ui));
    double value = app.panel.values[0].number;
    app.panel.left = true;
    mouse(true, 1, x + 20, y);
    assert_false(widget_drags_value(&app.ui));
    assert_true(app.panel.values[0].number == value);
    mouse(false, 1, x + 20, y);
    close_app();
}

/* Keyboards have keys that SDL does not know, and Wayland's virtual ones often. */
static void a_key_without_a_scancode_comes_up(void **state)
{
    (void)state;
    open_app(params_many(3));
    scale = 1;
    frame(3);
    app.panel.focus = 1;
    SDL_KeyboardEvent event = {.type = SDL_KEYDOWN, .state = SDL_PRESSED};
    event.keysym = (SDL_Keysym){.sym = SDLK_AUDIONEXT};
    actions_key(&app, &event);
    event.state = SDL_RELEASED;
    actions_key(&app, &event);
    assert_int_equal(app.panel.focus, 1);
    event =
        (SDL_KeyboardEvent){.state = SDL_PRESSED, .keysym = {.sym = SDLK_BACKSLASH}};
    actions_key(&app, &event);
    assert_true(wanted_view_is_before(&app.view));
    event.state = SDL_RELEASED;
    actions_key(&app, &event);
    assert_false(wanted_view_is_before(&app.view));
    close_app();
}

static void press_enter(bool again)
{
    SDL_Event event = {.key = {.type = SDL_KEYDOWN,
                               .state = SDL_PRESSED,
                               .repeat = again,
                               .keysym = {.sym = SDLK_RETURN}}};
    events_handle(&app, &event);
}

/* As where it was held a little long in the field of a name: the question whether a
 * file is to be replaced waits for another one. */
static void a_held_enter_answers_once(void **state)
{
    (void)state;
    open_app(params_many(3));
    scale = 1;
    frame(3);
    press_enter(false);
    assert_true(number_field_is_open(&app.panel.field));
    press_enter(true);
    assert_true(number_field_is_open(&app.panel.field));
    press_enter(false);
    assert_false(number_field_is_open(&app.panel.field));
    close_app();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_double_click_on_the_panel_s_edge_is_the_edge_s_alone),
        cmocka_unit_test(a_panel_that_moves_lets_go_of_its_slider),
        cmocka_unit_test(a_key_without_a_scancode_comes_up),
        cmocka_unit_test(a_held_enter_answers_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
