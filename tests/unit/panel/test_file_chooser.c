/* A file parameter in the panel: a folder is listed, a file chosen, without a display.
 */
#include "cm.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "held_errands.h"
#include "panel_probe.h"
#include "viewer/params.h"

enum { TABLE = 6 }; /* of params_grouped */

static char root[] = "/tmp/lutist-test-XXXXXX";
static const char *const FOLDERS[] = {"looks", "looks/deep", "Empty"};
static const char *const FILES[] = {"b10.cube",     "b9.CUBE",        "notes.txt",
                                    ".hidden.cube", "looks/one.cube", "looks/two.cube",
                                    "a picture.tif"};

static char *in_root(const char *name)
{
    return mem_printf("%s/%s", root, name);
}

static int make(void **state)
{
    (void)state;
    assert_non_null(mkdtemp(root));
    for (size_t i = 0; i < sizeof FOLDERS / sizeof *FOLDERS; i++) {
        char *path = in_root(FOLDERS[i]);
        assert_int_equal(mkdir(path, 0700), 0);
        mem_free(path);
    }
    for (size_t i = 0; i < sizeof FILES / sizeof *FILES; i++) {
        char *path = in_root(FILES[i]);
        FILE *file = fopen(path, "w");
        assert_non_null(file);
        fclose(file);
        mem_free(path);
    }
    return 0;
}

static int clear(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof FILES / sizeof *FILES; i++) {
        char *path = in_root(FILES[i]);
        unlink(path);
        mem_free(path);
    }
    for (size_t i = sizeof FOLDERS / sizeof *FOLDERS; i-- > 0;) {
        char *path = in_root(FOLDERS[i]);
        rmdir(path);
        mem_free(path);
    }
    return rmdir(root);
}

static void expect_names(const FolderList *list, const char *const *names, int count)
{
    assert_int_equal(list->count, count);
    for (int i = 0; i < count; i++)
        assert_string_equal(list->entries[i].name, names[i]);
}

static void a_folder_is_listed_in_order(void **state)
{
    (void)state;
    FolderList list = {0};
    Err err;
    assert_true(folder_list_read(&list, root, "*.cube *.TIF", &err));
    expect_names(&list,
                 (const char *const[]){"..", "Empty", "looks", "a picture.tif",
                                       "b9.CUBE", "b10.cube"},
                 6);
    assert_true(list.entries[2].folder && !list.entries[3].folder);
    assert_int_equal(folder_list_find(&list, "b10.cube"), 5);
    assert_int_equal(folder_list_find(&list, "notes.txt"), -1);
    char *above = folder_list_path(&list, 0), *file = folder_list_path(&list, 4);
    char *wanted = in_root("b9.CUBE");
    assert_string_equal(above, "/tmp");
    assert_string_equal(file, wanted);
    mem_free(above);
    mem_free(file);
    mem_free(wanted);
    assert_false(folder_list_read(&list, "/no/such/folder", "*", &err));
    assert_int_equal(list.count, 6); /* the list stays */
    assert_true(folder_list_read(&list, "/", "*.cube", &err));
    assert_int_equal(folder_list_find(&list, ".."), -1);
    folder_list_close(&list);
}

static const char *text(void)
{
    return param_text_of(panel.values[TABLE]);
}

static void expect_file(const char *name)
{
    char *path = in_root(name);
    assert_string_equal(text(), path);
    mem_free(path);
}

static bool key(SDL_Keycode code)
{
    return panel_key(&panel, (SDL_Keysym){.sym = code});
}

/* A panel whose file parameter has the keyboard; the script lies in `root`. */
static void open_at(double at_scale, int width, int height)
{
    ParamSet *set = params_grouped();
    mem_free(set->params[TABLE].pattern);
    set->params[TABLE].pattern = mem_dup("*.cube");
    panel_probe_open(set, at_scale, width, height);
    panel_set_home(&panel, root);
    panel.focus = TABLE;
    panel.reveal = true;
    panel_probe_pass();
}

static void a_list_lies_inside_the_window(void **state)
{
    (void)state;
    for (size_t s = 0; s < sizeof PROBE_SCALES / sizeof *PROBE_SCALES; s++)
        for (int height = 200; height <= 900; height += 100) {
            open_at(PROBE_SCALES[s], height / 2 + 100, height);
            panel_probe_click("table", 0.5, 1);
            assert_true(file_chooser_is_open(&panel.chooser));
            assert_true(layout_is_inside(probe_place(&ui, "folder"), window));
            assert_true(layout_is_inside(probe_place(&ui, "file:none"), window));
            int from = 0;
            while (probe_find(&ui, DRAW_PLACE, "folder") != &ui.list.commands[from])
                from++;
            layout_expect_apart(&ui, DRAW_PLACE, from);
            layout_expect_apart(&ui, DRAW_TEXT, from);
            panel_probe_close();
        }
}

static void a_file_is_chosen_with_the_mouse(void **state)
{
    (void)state;
    open_at(1, 300, 900);
    panel_probe_click("table", 0.5, 1);
    panel_probe_click("file:looks", 0.5, 1);
    assert_true(file_chooser_is_open(&panel.chooser));
    panel_probe_click("file:two.cube", 0.5, 1);
    assert_false(file_chooser_is_open(&panel.chooser));
    expect_file("looks/two.cube");
    assert_non_null(probe_find(&ui, DRAW_TEXT, "two.cube"));
    panel_probe_click("table", 0.5, 1); /* now the file's folder is listed */
    assert_non_null(probe_find(&ui, DRAW_PLACE, "file:one.cube"));
    panel_probe_click("gain", 0.5, 1);
    assert_false(file_chooser_is_open(&panel.chooser));
    expect_file("looks/two.cube");
    panel_probe_click("table", 0.5, 1);
    panel_probe_click("file:none", 0.5, 1);
    assert_string_equal(text(), "");
    panel_probe_close();
}

static void a_file_is_chosen_with_keys(void **state)
{
    (void)state;
    open_at(1, 300, 900);
    panel_act(&panel, ACTION_CYCLE, PACE_STEP);
    panel_probe_pass();
    assert_true(key(SDLK_b) && key(SDLK_DOWN) && key(SDLK_RETURN));
    expect_file("b10.cube");
    panel_act(&panel, ACTION_CYCLE, PACE_STEP);
    panel_probe_pass();
    assert_true(key(SDLK_UP) && key(SDLK_UP) && key(SDLK_RETURN)); /* looks/ */
    assert_true(key(SDLK_BACKSPACE)); /* back, on the folder it came from */
    assert_int_equal(panel.chooser.current,
                     folder_list_find(&panel.chooser.list, "looks") + 1);
    assert_true(key(SDLK_RETURN) && key(SDLK_END) && key(SDLK_ESCAPE));
    assert_false(key(SDLK_ESCAPE));
    expect_file("b10.cube");
    panel_act(&panel, ACTION_CYCLE, PACE_STEP);
    panel_probe_pass();
    assert_true(key(SDLK_HOME) && key(SDLK_RETURN));
    assert_string_equal(text(), "");
    panel_probe_close();
}

static void a_list_shows_its_first_entries_where_it_can(void **state)
{
    (void)state;
    int cut = 0;
    char *path = in_root("b9.CUBE"); /* the last but one */
    for (int height = 200; height <= 500; height += 10) {
        open_at(1, 300, height);
        ParamValue value = param_text(path);
        panel_set(&panel, TABLE, value);
        param_clear(&value);
        panel_act(&panel, ACTION_CYCLE, PACE_STEP);
        panel_probe_pass();
        const FileChooser *chooser = &panel.chooser;
        assert_int_equal(chooser->first,
                         rect_max(chooser->current - chooser->rows + 1, 0));
        cut += chooser->rows == chooser->current + 1;
        panel_probe_close();
    }
    assert_true(cut > 0);
    mem_free(path);
}

static void a_path_is_typed_from_the_folder_that_is_listed(void **state)
{
    (void)state;
    open_at(1, 300, 900);
    panel_probe_click("table", 0.5, 1);
    panel_probe_click("folder", 0.5, 1);
    assert_true(number_field_is_open(&panel.field));
    panel_type(&panel, "looks/one.cube");
    assert_true(key(SDLK_RETURN));
    expect_file("looks/one.cube");
    panel_probe_close();
}

static void a_folder_that_is_gone_is_no_trap(void **state)
{
    (void)state;
    open_at(1, 300, 900);
    ParamValue value = param_text("/no/such/folder/film.cube");
    panel_set(&panel, TABLE, value);
    param_clear(&value);
    panel_act(&panel, ACTION_CYCLE, PACE_STEP);
    panel_probe_pass();
    assert_non_null(probe_find(&ui, DRAW_PLACE, "file:b9.CUBE"));
    panel_probe_close();
}

static void dots_in_a_path_are_no_folders(void **state)
{
    (void)state;
    open_at(1, 300, 900);
    char *path = in_root("looks/deep/../../b9.CUBE"), *real = realpath(root, NULL);
    ParamValue value = param_text(path);
    panel_set(&panel, TABLE, value);
    panel_act(&panel, ACTION_CYCLE, PACE_STEP);
    panel_probe_pass();
    assert_string_equal(panel.chooser.list.path, real);
    assert_int_equal(panel.chooser.current,
                     folder_list_find(&panel.chooser.list, "b9.CUBE") + 1);
    param_clear(&value);
    mem_free(path);
    free(real);
    panel_probe_close();
}

/* On the parameter that has the keyboard. */
static void step(Action action, bool coarse)
{
    panel.changed = false;
    panel.focus = TABLE;
    panel_act(&panel, action, coarse);
}

static void the_arrows_go_through_the_folder(void **state)
{
    (void)state;
    open_at(1, 300, 900);
    step(ACTION_LESS, false); /* from none to the last one */
    expect_file("b10.cube");
    step(ACTION_MORE, false);
    expect_file("b10.cube");
    assert_false(panel.changed);
    step(ACTION_LESS, false);
    expect_file("b9.CUBE");
    assert_true(panel.changed);
    step(ACTION_LESS, false);
    expect_file("b9.CUBE");
    step(ACTION_MORE, true);
    expect_file("b10.cube");
    char *between = in_root("b9z.lut");
    ParamValue value = param_text(between);
    panel_set(&panel, TABLE, value);
    step(ACTION_MORE, false); /* from a file that the pattern does not list */
    expect_file("b10.cube");
    panel_set(&panel, TABLE, value);
    step(ACTION_LESS, false);
    expect_file("b9.CUBE");
    param_clear(&value);
    mem_free(between);
    panel_set(&panel, TABLE, value = param_text("/no/such/folder/a.cube"));
    param_clear(&value);
    step(ACTION_MORE, false);
    expect_file("b9.CUBE");
    panel_probe_close();
}

static void a_file_that_matches_is_dropped_anywhere(void **state)
{
    (void)state;
    Err err;
    open_at(1, 300, 900);
    char *table = in_root("looks/two.cube");
    panel_probe_point_at("gain", 0.5);
    panel_probe_pass();
    panel.focus = 0;
    assert_true(panel_drop(&panel, table, &err));
    expect_file("looks/two.cube");
    assert_int_equal(panel.focus, TABLE);
    mem_free(panel.set->params[TABLE].pattern);
    panel.set->params[TABLE].pattern = mem_dup("*");
    assert_false(panel_drop(&panel, table, &err)); /* it might be meant for anything */
    assert_non_null(strstr(err.text, "dropped on a parameter"));
    mem_free(table);
    panel_probe_close();
}

/* From here on no file can be opened. Returns the limit, for setrlimit. */
static struct rlimit take_handles(void)
{
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    setrlimit(RLIMIT_NOFILE, &(struct rlimit){0, limit.rlim_max});
    return limit;
}

/* Not even "/": there are no handles left. */
static void where_no_folder_can_be_read_a_path_is_typed(void **state)
{
    (void)state;
    open_at(1, 300, 900);
    struct rlimit limit = take_handles();
    panel_probe_click("table", 0.5, 1);
    bool lives = key(SDLK_BACKSPACE) && key(SDLK_b) && key(SDLK_END);
    bool told = panel.chooser.problem[0];
    panel_probe_click("folder", 0.5, 1);
    setrlimit(RLIMIT_NOFILE, &limit);
    assert_true(lives && told);
    assert_true(number_field_is_open(&panel.field));
    assert_string_equal(panel.field.text, "/");
    panel_probe_close();
}

static void a_folder_that_can_be_read_again_is_listed(void **state)
{
    (void)state;
    open_at(1, 300, 900);
    struct rlimit limit = take_handles();
    panel_probe_click("table", 0.5, 1);
    setrlimit(RLIMIT_NOFILE, &limit);
    assert_null(panel.chooser.list.path);
    assert_true(key(SDLK_BACKSPACE));
    assert_string_equal(panel.chooser.list.path, "/");
    assert_string_equal(panel.chooser.problem, "");
    panel_probe_pass();
    panel_probe_click("folder", 0.5, 1);
    assert_string_equal(panel.field.text, "/");
    panel_probe_close();
}

/* A thread for errands that stands still. */

static Errands *errands;

static void hold_errands(void)
{
    errands = held_errands_start();
    panel_use_errands(&panel, errands);
}

/* Let it go on until `done`. */
static void let_errands_go(bool (*done)(void))
{
    held_errands_let_go();
    while (!done())
        dispatch_process(held_answers, -1);
}

static void end_errands(void)
{
    held_errands_end(errands);
    panel_probe_close();
}

static bool is_listed(void)
{
    return !panel.chooser.awaited;
}

static bool is_stepped(void)
{
    return !panel.stepper.awaited;
}

static void keys_wait_for_a_slow_folder(void **state)
{
    (void)state;
    open_at(1, 300, 900);
    hold_errands();
    panel_act(&panel, ACTION_CYCLE, PACE_STEP);
    panel_probe_pass();
    assert_true(file_chooser_is_open(&panel.chooser));
    assert_non_null(probe_find(&ui, DRAW_TEXT, "Reading the folder …"));
    assert_true(key(SDLK_b) && key(SDLK_DOWN) && key(SDLK_RETURN));
    panel_probe_pass();
    assert_string_equal(text(), "");
    let_errands_go(is_listed);
    panel_probe_pass();
    expect_file("b10.cube");
    assert_false(file_chooser_is_open(&panel.chooser));
    end_errands();
}

static void a_list_that_comes_late_is_not_wanted(void **state)
{
    (void)state;
    open_at(1, 300, 900);
    hold_errands();
    panel_act(&panel, ACTION_CYCLE, PACE_STEP);
    assert_true(key(SDLK_ESCAPE));
    assert_false(file_chooser_is_open(&panel.chooser));
    panel_step_file(&panel, TABLE, 1, PACE_STEP); /* it is behind the list */
    let_errands_go(is_stepped);
    assert_null(panel.chooser.list.path);
    expect_file("b9.CUBE");
    end_errands();
}

static void steps_add_up_while_a_folder_is_slow(void **state)
{
    (void)state;
    open_at(1, 300, 900);
    hold_errands();
    for (int i = 0; i < 3; i++)
        panel_step_file(&panel, TABLE, -1, PACE_STEP);
    panel_step_file(&panel, TABLE, 1, PACE_STEP);
    let_errands_go(is_stepped);
    expect_file("b9.CUBE"); /* the last one, and one before it */
    end_errands();
    open_at(1, 300, 900);
    hold_errands();
    panel_step_file(&panel, TABLE, 1, PACE_STEP);
    ParamValue chosen = param_text("/of/the/hand.cube");
    panel_set(&panel, TABLE, chosen);
    param_clear(&chosen);
    let_errands_go(is_stepped);
    assert_string_equal(text(), "/of/the/hand.cube");
    end_errands();
}

static void another_file_is_dropped_on_its_parameter_only(void **state)
{
    (void)state;
    Err err;
    open_at(1, 300, 900);
    char *path = in_root("notes.txt");
    panel_probe_point_at("gain", 0.5);
    panel_probe_pass();
    assert_false(panel_drop(&panel, path, &err));
    panel_probe_point_at("table", 0.5);
    panel_probe_pass();
    assert_true(panel_drop(&panel, path, &err));
    expect_file("notes.txt");
    mem_free(path);
    panel_probe_close();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_folder_is_listed_in_order),
        cmocka_unit_test(a_list_lies_inside_the_window),
        cmocka_unit_test(a_file_is_chosen_with_the_mouse),
        cmocka_unit_test(a_file_is_chosen_with_keys),
        cmocka_unit_test(a_list_shows_its_first_entries_where_it_can),
        cmocka_unit_test(a_path_is_typed_from_the_folder_that_is_listed),
        cmocka_unit_test(a_folder_that_is_gone_is_no_trap),
        cmocka_unit_test(dots_in_a_path_are_no_folders),
        cmocka_unit_test(the_arrows_go_through_the_folder),
        cmocka_unit_test(a_file_that_matches_is_dropped_anywhere),
        cmocka_unit_test(another_file_is_dropped_on_its_parameter_only),
        cmocka_unit_test(where_no_folder_can_be_read_a_path_is_typed),
        cmocka_unit_test(a_folder_that_can_be_read_again_is_listed),
        cmocka_unit_test(keys_wait_for_a_slow_folder),
        cmocka_unit_test(a_list_that_comes_late_is_not_wanted),
        cmocka_unit_test(steps_add_up_while_a_folder_is_slow),
    };
    return cmocka_run_group_tests(tests, make, clear);
}
