/* A colour in the panel: mixed, and picked by mouse and keyboard, without a display. */
#include "cm.h"

#include <math.h>

#include "panel_probe.h"
#include "viewer/params.h"

enum { TINT = 3 }; /* of params_grouped */

static void every_colour_survives_the_way_through_hue_and_back(void **state)
{
    (void)state;
    for (int r = 0; r < 256; r += 15)
        for (int g = 0; g < 256; g += 17)
            for (int b = 0; b < 256; b += 5) {
                int back[3], rgb[3] = {r, g, b};
                ColorMix mix = color_mix_of(rgb, (ColorMix){0.3, 0.7, 0.2});
                color_mix_rgb(mix, back);
                assert_memory_equal(back, rgb, sizeof rgb);
                assert_true(mix.hue >= 0 && mix.hue <= 1);
            }
}

static void known_colours_have_known_hues(void **state)
{
    (void)state;
    static const struct {
        int rgb[3];
        ColorMix mix;
    } known[] = {
        {{255, 0, 0}, {0, 1, 1}},
        {{255, 255, 0}, {1 / 6.0, 1, 1}},
        {{0, 255, 0}, {2 / 6.0, 1, 1}},
        {{0, 255, 255}, {3 / 6.0, 1, 1}},
        {{0, 0, 255}, {4 / 6.0, 1, 1}},
        {{255, 0, 255}, {5 / 6.0, 1, 1}},
        {{51, 102, 51}, {2 / 6.0, 0.5, 0.4}},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        ColorMix mix = color_mix_of(known[i].rgb, (ColorMix){0});
        assert_true(fabs(mix.hue - known[i].mix.hue) < 1e-9);
        assert_true(fabs(mix.saturation - known[i].mix.saturation) < 1e-9);
        assert_true(fabs(mix.value - known[i].mix.value) < 1e-9);
    }
}

static void gray_and_black_keep_what_they_lack(void **state)
{
    (void)state;
    ColorMix before = {0.6, 0.3, 0.9};
    ColorMix gray = color_mix_of((int[]){80, 80, 80}, before);
    assert_true(gray.hue == 0.6 && gray.saturation == 0);
    ColorMix black = color_mix_of((int[]){0, 0, 0}, before);
    assert_true(black.hue == 0.6 && black.saturation == 0.3 && black.value == 0);
}

static const char *text(void)
{
    return param_text_of(panel.values[TINT]);
}

static bool key(SDL_Keycode code, int modifiers)
{
    return panel_key(&panel, (SDL_Keysym){.sym = code, .mod = (Uint16)modifiers});
}

/* In a panel of `height` points, scrolled to the colour. */
static void open_picker(double at_scale, int width, int height)
{
    panel_probe_open(params_grouped(), at_scale, width, height);
    panel.focus = TINT;
    panel.reveal = true;
    panel_probe_pass();
    panel_probe_click("tint", 0.5, 1);
    assert_true(color_picker_is_open(&panel.picker));
    assert_true(panel_is_default(&panel));
}

static void press_at(const char *name, double across, double down)
{
    Rect rect = probe_place(&ui, name);
    ui.in.x = rect.x + (int)lround((rect.w - 1) * across);
    ui.in.y = rect.y + (int)lround((rect.h - 1) * down);
    ui.in.moved = true;
    panel_probe_press(true, 1);
}

static void a_picker_lies_inside_the_panel(void **state)
{
    (void)state;
    for (size_t s = 0; s < sizeof PROBE_SCALES / sizeof *PROBE_SCALES; s++)
        for (int height = 200; height <= 900; height += 100) {
            open_picker(PROBE_SCALES[s], 200 + height / 9, height);
            Rect square = probe_place(&ui, "picker"), bar = probe_place(&ui, "hues");
            assert_true(layout_is_inside(square, area));
            assert_true(layout_is_inside(bar, area));
            assert_true(rect_is_empty(rect_common(square, bar)));
            panel_probe_close();
        }
}

static void a_colour_is_dragged(void **state)
{
    (void)state;
    open_picker(1, 300, 900);
    press_at("picker", 1, 0);
    assert_string_equal(text(), "#ff8000");
    ui.in.x = 10000; /* anywhere, as long as the button is down */
    ui.in.y = -10000;
    panel_probe_pass();
    assert_string_equal(text(), "#ff8000");
    ui.in.x = -10000;
    panel_probe_pass();
    assert_string_equal(text(), "#ffffff");
    panel_probe_press(false, 1);
    press_at("picker", 1, 0);
    panel_probe_press(false, 1);
    press_at("hues", 2 / 3.0, 0.5);
    panel_probe_press(false, 1);
    int rgb[3];
    assert_true(param_rgb(text(), rgb));
    assert_true(rgb[0] < 4 && rgb[1] < 4 && rgb[2] == 255);
    assert_true(color_picker_is_open(&panel.picker));
    panel_probe_close();
}

/* From the mark, which is in the square's middle, by parts of its sides. */
static void drag_mark(double right, double down)
{
    Rect square = probe_place(&ui, "picker");
    panel.picker.mix.saturation = panel.picker.mix.value = 0.5;
    press_at("picker", 0.5, 0.5);
    ui.in.x += (int)lround(right * (square.w - 1));
    ui.in.y += (int)lround(down * (square.h - 1));
    ui.in.moved = true;
    panel_probe_pass();
    panel_probe_press(false, 1);
}

static void ctrl_is_fine_and_shift_coarse(void **state)
{
    (void)state;
    open_picker(1, 400, 900);
    const ColorMix *mix = &panel.picker.mix;
    ui.in.fine = true;
    drag_mark(0.4, 0.4);
    assert_true(fabs(mix->saturation - 0.54) < 0.01 && fabs(mix->value - 0.46) < 0.01);
    ui.in.fine = false;
    ui.in.coarse = true;
    drag_mark(0.23, 0.12);
    assert_true(fabs(mix->saturation - 0.7) < 1e-9 && fabs(mix->value - 0.4) < 1e-9);
    panel_probe_close();
}

static void a_press_near_the_mark_leaves_the_colour(void **state)
{
    (void)state;
    open_picker(1, 400, 900);
    panel.picker.mix = (ColorMix){0.3, 0.4, 0.6};
    Rect square = probe_place(&ui, "picker");
    press_at("picker", 0.4 + 4.0 / square.w, 0.4);
    panel_probe_press(false, 1);
    assert_true(fabs(panel.picker.mix.saturation - 0.4) < 1e-9);
    assert_true(fabs(panel.picker.mix.value - 0.6) < 1e-9);
    panel_probe_close();
}

static void roll_over(const char *name, float steps)
{
    panel_probe_point_at(name, 0.5);
    ui.in.wheel = steps;
    panel_probe_pass();
}

static void the_wheel_changes_what_is_below_it(void **state)
{
    (void)state;
    open_picker(1, 400, 900);
    ColorMix *mix = &panel.picker.mix;
    *mix = (ColorMix){0.3, 0.4, 0.6};
    roll_over("picker", 3);
    assert_true(fabs(mix->value - 0.63) < 1e-9 && mix->hue == 0.3);
    ui.in.fine = true;
    roll_over("hues", -2);
    assert_true(fabs(mix->hue - 0.298) < 1e-9);
    ui.in.fine = false;
    ui.in.coarse = true;
    roll_over("hues", 1);
    assert_true(fabs(mix->hue - 0.398) < 1e-9);
    panel_probe_close();
}

static void a_press_beside_it_closes_it_and_keeps_the_colour(void **state)
{
    (void)state;
    open_picker(1, 300, 900);
    press_at("picker", 0, 0);
    panel_probe_press(false, 1);
    panel_probe_click("gain", 0.9, 1);
    assert_false(color_picker_is_open(&panel.picker));
    assert_string_equal(text(), "#ffffff");
    assert_true(panel.values[0].number == 0.5);
    panel_probe_close();
}

static void keys_pick_a_colour(void **state)
{
    (void)state;
    panel_probe_open(params_grouped(), 1, 300, 900);
    panel.focus = TINT;
    panel_act(&panel, ACTION_CYCLE, PACE_STEP);
    panel_probe_pass();
    assert_true(key(SDLK_DOWN, KMOD_SHIFT) && key(SDLK_LEFT, 0));
    int rgb[3];
    assert_true(param_rgb(text(), rgb));
    assert_int_equal(rgb[0], 230); /* value 0.9 */
    assert_int_equal(rgb[2], 2);   /* saturation 0.99 */
    assert_true(key(SDLK_TAB, 0) && key(SDLK_RIGHT, KMOD_SHIFT));
    assert_true(param_rgb(text(), rgb));
    assert_true(rgb[1] == 230 && rgb[0] < 230);
    double hue = panel.picker.mix.hue;
    assert_true(key(SDLK_RIGHT, KMOD_LCTRL));
    assert_true(fabs(panel.picker.mix.hue - hue - 0.001) < 0.0006);
    assert_true(key(SDLK_ESCAPE, 0));
    assert_false(key(SDLK_ESCAPE, 0));
    assert_false(panel_is_default(&panel));
    panel_act(&panel, ACTION_RESET, PACE_STEP);
    assert_true(panel_is_default(&panel));
    panel_probe_close();
}

/* A gray is opened with the hue that it was mixed with. */
static void a_gray_keeps_its_hue_while_the_picker_is_closed(void **state)
{
    (void)state;
    open_picker(1, 300, 900);
    press_at("hues", 2 / 3.0, 0.5);
    panel_probe_press(false, 1);
    double hue = panel.picker.mix.hue;
    assert_true(fabs(hue - 2 / 3.0) < 0.01);
    press_at("picker", 0, 0);
    panel_probe_press(false, 1);
    assert_string_equal(text(), "#ffffff");
    assert_true(key(SDLK_ESCAPE, 0));
    panel_act(&panel, ACTION_CYCLE, PACE_STEP);
    assert_true(panel.picker.mix.hue == hue && panel.picker.mix.saturation == 0);
    assert_true(key(SDLK_RIGHT, KMOD_SHIFT));
    int rgb[3];
    assert_true(param_rgb(text(), rgb));
    assert_true(rgb[2] == 255 && rgb[0] == rgb[1] && rgb[0] < 255);
    panel_probe_close();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_colour_survives_the_way_through_hue_and_back),
        cmocka_unit_test(known_colours_have_known_hues),
        cmocka_unit_test(gray_and_black_keep_what_they_lack),
        cmocka_unit_test(a_picker_lies_inside_the_panel),
        cmocka_unit_test(a_colour_is_dragged),
        cmocka_unit_test(ctrl_is_fine_and_shift_coarse),
        cmocka_unit_test(a_press_near_the_mark_leaves_the_colour),
        cmocka_unit_test(the_wheel_changes_what_is_below_it),
        cmocka_unit_test(a_press_beside_it_closes_it_and_keeps_the_colour),
        cmocka_unit_test(keys_pick_a_colour),
        cmocka_unit_test(a_gray_keeps_its_hue_while_the_picker_is_closed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
