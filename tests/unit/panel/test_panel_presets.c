/* Presets above the panel: chosen, saved and deleted, without a display. */
#include "cm.h"

#include "base/mem.h"
#include "panel_probe.h"
#include "viewer/params.h"

enum { GAIN = 0 }; /* of params_grouped */

/* Two presets: the script's "Soft" (gain 0.25) and the user's own "Mine" (gain 0.75).
 */
static PresetList *two_presets(const ParamSet *set)
{
    static const char *const names[] = {
        "Soft", "Mine, whose name is longer than the panel of a small window is wide"};
    PresetList *list = preset_list_new(2, set->count);
    for (int i = 0; i < 2; i++) {
        ParamValue *values = param_defaults(set);
        values[GAIN] = param_number(i ? 0.75 : 0.25);
        list->presets[list->count++] = (Preset){mem_dup(names[i]), i == 1, values};
    }
    list->problem = mem_dup("");
    return list;
}

static void open_at(double at_scale, int width, int height)
{
    panel_probe_open(params_grouped(), at_scale, width, height);
    preset_state_take(&panel.presets, two_presets(panel.set));
}

/* A pass with the presets' row above the others. */
static void pass(void)
{
    ui_begin(&ui, window, true);
    ui.blocked = panel_is_covered(&panel);
    Rect rest = panel_view_presets(&panel, &ui, area);
    panel_view_rows(&panel, &ui, rest);
    ui.blocked = false;
    panel_view_above(&panel, &ui, area);
    ui_end(&ui);
}

static void click_at(const char *start, double across)
{
    for (int i = 0; i < ui.list.count; i++) {
        const DrawCommand *command = &ui.list.commands[i];
        if (command->kind != DRAW_PLACE ||
            strncmp(probe_text(&ui, command), start, strlen(start)) != 0)
            continue;
        ui.in.x = command->rect.x + (int)(command->rect.w * across);
        ui.in.y = command->rect.y + command->rect.h / 2;
        break;
    }
    for (int down = 1; down >= 0; down--) {
        ui.in.down = ui.in.pressed = down;
        ui.in.released = !down;
        ui.in.clicks = 1;
        pass();
    }
    pass();
}

static bool key(SDL_Keycode code)
{
    return panel_key(&panel, (SDL_Keysym){.sym = code});
}

static void the_menu_lies_inside_the_panel(void **state)
{
    (void)state;
    for (size_t s = 0; s < sizeof PROBE_SCALES / sizeof *PROBE_SCALES; s++)
        for (int width = 200; width <= 400; width += 100) {
            open_at(PROBE_SCALES[s], width, 400);
            pass();
            layout_expect_inside(&ui, window);
            assert_true(layout_is_inside(probe_place(&ui, "presets"), area));
            layout_expect_apart(&ui, DRAW_TEXT, 0);
            layout_expect_apart(&ui, DRAW_PLACE, 0);
            click_at("presets", 0.5);
            assert_true(menu_is_open(&panel.presets.menu));
            assert_int_equal(probe_count_of(&ui, DRAW_PLACE, "choice:"), 3);
            assert_int_equal(probe_count_of(&ui, DRAW_PLACE, "remove:"), 1);
            int from = 0;
            while (strncmp(probe_text(&ui, &ui.list.commands[from]), "choice:Soft",
                           11) != 0)
                from++;
            layout_expect_apart(&ui, DRAW_TEXT, from);
            layout_expect_apart(&ui, DRAW_PLACE, from);
            for (int i = from; i < ui.list.count; i++)
                assert_true(layout_is_inside(ui.list.commands[i].rect, area) ||
                            ui.list.commands[i].kind == DRAW_NOTE);
            panel_probe_close();
        }
}

static void a_preset_sets_all_values_and_is_named(void **state)
{
    (void)state;
    open_at(1, 300, 600);
    panel_set(&panel, GAIN, param_number(0.9));
    ParamValue tint = param_text("#000000");
    panel_set(&panel, 3, tint);
    param_clear(&tint);
    pass();
    assert_non_null(probe_find(&ui, DRAW_TEXT, "Presets"));
    click_at("presets", 0.5);
    click_at("choice:Soft", 0.5);
    assert_true(panel.values[GAIN].number == 0.25);
    assert_string_equal(param_text_of(panel.values[3]), "#ff8000");
    assert_non_null(probe_find(&ui, DRAW_TEXT, "Soft"));
    assert_true(panel.changed);
    panel_probe_close();
}

static void a_name_is_typed_to_save(void **state)
{
    (void)state;
    open_at(1, 300, 600);
    pass();
    panel_act(&panel, ACTION_PRESETS, PACE_STEP);
    pass();
    assert_true(key(SDLK_END) && key(SDLK_RETURN));
    pass();
    assert_int_equal(panel.field.param, FIELD_NAME);
    assert_non_null(probe_find(&ui, DRAW_TEXT, "Name of the preset"));
    panel_type(&panel, "  ");
    pass();
    assert_null(probe_find(&ui, DRAW_TEXT, "Name of the preset"));
    assert_true(key(SDLK_RETURN)); /* no name */
    pass();
    assert_true(layout_is_inside(probe_place(&ui, "why"), area));
    panel_type(&panel, "Dusk ");
    assert_true(key(SDLK_RETURN));
    assert_string_equal(panel.presets.save, "Dusk");
    assert_false(number_field_is_open(&panel.field));
    panel_probe_close();
}

static void enter(const char *name)
{
    panel_type(&panel, name);
    assert_true(key(SDLK_RETURN));
}

static void one_s_own_is_replaced_after_a_second_enter(void **state)
{
    (void)state;
    open_at(1, 300, 600);
    pass();
    const char *mine = panel.presets.names[1];
    click_at("presets", 0.5);
    click_at("choice:Save", 0.5);
    enter(mine);
    assert_null(panel.presets.save);
    enter(" 2"); /* another one */
    assert_non_null(panel.presets.save);
    click_at("presets", 0.5);
    click_at("choice:Save", 0.5);
    enter(mine);
    assert_true(number_field_is_open(&panel.field));
    assert_true(key(SDLK_RETURN));
    assert_string_equal(panel.presets.save, mine);
    panel_probe_close();
}

/* A look that was loaded again has no list of presets for a while, in which one's own
 * could be replaced unasked. */
static void a_name_waits_for_the_list_of_presets(void **state)
{
    (void)state;
    open_at(1, 300, 600);
    pass();
    char *mine = mem_dup(panel.presets.names[1]);
    click_at("presets", 0.5);
    click_at("choice:Save", 0.5);
    preset_state_take(&panel.presets, NULL);
    enter(mine);
    pass();
    assert_true(number_field_is_open(&panel.field));
    assert_true(layout_is_inside(probe_place(&ui, "why"), area));
    assert_null(panel.presets.save);
    preset_state_take(&panel.presets, two_presets(panel.set));
    assert_true(key(SDLK_RETURN));
    assert_null(panel.presets.save); /* it exists: the field asks */
    assert_true(key(SDLK_RETURN));
    assert_string_equal(panel.presets.save, mine);
    mem_free(mine);
    panel_probe_close();
}

static void a_press_elsewhere_saves_nothing(void **state)
{
    (void)state;
    open_at(1, 300, 600);
    pass();
    click_at("presets", 0.5);
    click_at("choice:Save", 0.5);
    panel_type(&panel, "Dusk");
    click_at("gain", 0.5);
    assert_false(number_field_is_open(&panel.field));
    assert_null(panel.presets.save);
    panel_probe_close();
}

static void one_s_own_is_deleted_after_a_second_click(void **state)
{
    (void)state;
    open_at(1, 300, 600);
    pass();
    click_at("presets", 0.5);
    click_at("remove:", 0.5);
    assert_null(panel.presets.remove);
    assert_non_null(probe_find(&ui, DRAW_TEXT, "delete?"));
    click_at("remove:", 0.5);
    assert_non_null(panel.presets.remove);
    assert_memory_equal(panel.presets.remove, "Mine", 4);
    panel_probe_close();
    open_at(1, 300, 600);
    pass();
    panel_act(&panel, ACTION_PRESETS, PACE_STEP);
    pass();
    assert_true(key(SDLK_DELETE) && key(SDLK_DELETE)); /* the script's stays */
    assert_null(panel.presets.remove);
    assert_true(key(SDLK_DOWN) && key(SDLK_DELETE));
    assert_null(panel.presets.remove);
    assert_true(key(SDLK_DELETE));
    assert_non_null(panel.presets.remove);
    panel_probe_close();
}

static void other_parameters_have_other_presets(void **state)
{
    (void)state;
    open_at(1, 300, 600);
    panel_act(&panel, ACTION_PRESETS, PACE_STEP);
    pass();
    ParamSet *set = params_mixed();
    panel_reload(&panel, &ui, set);
    param_set_unref(&set);
    pass();
    assert_null(probe_find(&ui, DRAW_PLACE, "presets"));
    assert_false(panel_is_covered(&panel));
    panel_probe_close();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_menu_lies_inside_the_panel),
        cmocka_unit_test(a_preset_sets_all_values_and_is_named),
        cmocka_unit_test(a_name_is_typed_to_save),
        cmocka_unit_test(one_s_own_is_replaced_after_a_second_enter),
        cmocka_unit_test(a_name_waits_for_the_list_of_presets),
        cmocka_unit_test(a_press_elsewhere_saves_nothing),
        cmocka_unit_test(one_s_own_is_deleted_after_a_second_click),
        cmocka_unit_test(other_parameters_have_other_presets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
