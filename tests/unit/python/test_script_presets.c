/* A script's presets, for C code: listed, applied, kept and deleted. */
#include "cm.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "python/interp.h"
#include "python/script_presets.h"

static const char LOOK[] =
    "from lutist import *\n"
    "@pipeline\n"
    "def develop(tint: Color() = '#ffffff', keep: Toggle = True,\n"
    "            style: Choice('soft', 'hard') = 'soft',\n"
    "            gain: Slider(0, 2, group='Tone') = 1.0, table: File = ''):\n"
    "    return None\n"
    "presets = {'Red': {'tint': '#ff0000', 'style': 'hard'}}\n";
enum { TINT, KEEP, STYLE, TABLE, GAIN, COUNT }; /* those of no group come first */

static char folder[] = "/tmp/lutist-test-XXXXXX";
static Script *script;

static void write_file(const char *name, const char *text)
{
    char *path = mem_printf("%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    mem_free(path);
}

static int start(void **state)
{
    (void)state;
    Err err = {0};
    assert_non_null(mkdtemp(folder));
    setenv("XDG_DATA_HOME", folder, 1);
    write_file("film.py", LOOK);
    char *path = mem_printf("%s/film.py", folder);
    assert_true(interp_start(&(InterpConfig){0}, &err));
    script = script_load(path, &err);
    assert_string_equal(err.text, "");
    assert_non_null(script);
    mem_free(path);
    return 0;
}

static int drop(const char *path, const struct stat *info, int kind, struct FTW *at)
{
    (void)info, (void)kind, (void)at;
    return remove(path);
}

static int finish(void **state)
{
    (void)state;
    script_close(script);
    interp_stop();
    return nftw(folder, drop, 8, FTW_DEPTH | FTW_PHYS);
}

static PresetList *list_presets(void)
{
    Err err = {0};
    PresetList *list = script_presets(script, &err);
    assert_string_equal(err.text, "");
    assert_non_null(list);
    assert_int_equal(list->n_values, COUNT);
    return list;
}

static void each_has_a_value_for_every_parameter(void **state)
{
    (void)state;
    PresetList *list = list_presets();
    assert_int_equal(list->count, 1);
    assert_string_equal(list->presets[0].name, "Red");
    assert_false(list->presets[0].own);
    const ParamValue *values = list->presets[0].values;
    assert_string_equal(param_text_of(values[TINT]), "#ff0000");
    assert_true(values[KEEP].number == 1 && values[STYLE].number == 1);
    assert_true(values[GAIN].number == 1);
    assert_string_equal(param_text_of(values[TABLE]), "");
    assert_string_equal(list->problem, "");
    preset_list_free(list);
    preset_list_free(NULL);
}

static void a_setting_is_kept_and_found_again(void **state)
{
    (void)state;
    Err err = {0};
    static const char *const texts[] = {"gain=0.25", "tint=#0000ff", "keep=off"};
    ParamValue *values = script_settings(script, "Red", texts, 3, &err);
    assert_non_null(values);
    assert_true(values[STYLE].number == 1); /* of the preset */
    assert_true(script_preset_save(script, "Blue \"one\" é", values, &err));
    PresetList *list = list_presets();
    assert_int_equal(list->count, 2);
    assert_string_equal(list->presets[1].name, "Blue \"one\" é");
    assert_true(list->presets[1].own);
    assert_true(param_values_equal(list->presets[1].values, values, COUNT));
    param_values_free(values, COUNT);
    values = script_settings(script, "blue \"ONE\" É", NULL, 0, &err);
    assert_non_null(values);
    assert_true(param_values_equal(list->presets[1].values, values, COUNT));
    preset_list_free(list);
    assert_false(script_preset_save(script, " ", values, &err));
    assert_int_equal(err.kind, ERR_USAGE);
    param_values_free(values, COUNT);
    assert_true(script_preset_delete(script, "Blue \"one\" é", &err));
    assert_false(script_preset_delete(script, "Blue \"one\" é", &err));
    assert_int_equal(err.kind, ERR_USAGE);
    list = list_presets();
    assert_int_equal(list->count, 1);
    preset_list_free(list);
}

static void an_unknown_one_is_an_error(void **state)
{
    (void)state;
    Err err = {0};
    assert_null(script_settings(script, "Rad", NULL, 0, &err));
    assert_int_equal(err.kind, ERR_USAGE);
    assert_string_equal(err.text,
                        "film has no preset 'Rad', only: Red; did you mean Red?");
    static const char *const wrong[] = {"gain=9"};
    assert_null(script_settings(script, "Red", wrong, 1, &err));
    assert_string_equal(err.text, "gain=9 is outside its range: 0 to 2");
}

static void a_damaged_file_is_told_and_kept(void **state)
{
    (void)state;
    Err err = {0};
    ParamValue *values = script_settings(script, NULL, NULL, 0, &err);
    assert_true(script_preset_save(script, "Mine", values, &err));
    write_file("lutist/presets/film.json", "{");
    PresetList *list = list_presets();
    assert_int_equal(list->count, 1);
    assert_non_null(strstr(list->problem, "film.json is not a presets file"));
    preset_list_free(list);
    assert_false(script_preset_save(script, "Mine", values, &err));
    assert_non_null(strstr(err.text, "film.json is not a presets file"));
    assert_null(strchr(err.text, '\n'));
    param_values_free(values, COUNT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_has_a_value_for_every_parameter),
        cmocka_unit_test(a_setting_is_kept_and_found_again),
        cmocka_unit_test(an_unknown_one_is_an_error),
        cmocka_unit_test(a_damaged_file_is_told_and_kept),
    };
    return cmocka_run_group_tests(tests, start, finish);
}
