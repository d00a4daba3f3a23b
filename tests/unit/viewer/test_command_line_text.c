/* The command line that "c" copies. */
#include "cm.h"

#include "params.h"
#include "viewer/edit/command_line_text.h"

static void expect(CommandLine state, const char *wanted)
{
    ParamSet *set = params_mixed();
    ParamValue values[] = {{0.25}, {3}, {1}, {-7.5}};
    state.script = "my film.py";
    char *text = command_line_text(&state, set, values);
    assert_string_equal(text, wanted);
    mem_free(text);
    param_set_unref(&set);
}

#define VALUES                                                                         \
    " -p strength=0.25 -p 'tint=an entry that is far too long for a box in the panel'" \
    " -p negative=on -p a_rather_long_name_for_such_a_slider=-7.5"

static void all_values_are_in_it(void **state)
{
    (void)state;
    expect((CommandLine){.image = "photo.jpg"},
           "lutist batch photo.jpg -o developed -s 'my film.py'" VALUES);
    expect(
        (CommandLine){.image = "photo.jpg", .venv = "/opt/venv"},
        "lutist batch photo.jpg -o developed -s 'my film.py' --venv /opt/venv" VALUES);
    expect((CommandLine){.image = "photo.jpg", .isolate = true},
           "lutist batch photo.jpg -o developed -s 'my film.py' --isolate" VALUES);
}

static void a_shell_reads_back_any_name(void **state)
{
    (void)state;
    expect((CommandLine){.image = "it's $HOME.jpg"},
           "lutist batch 'it'\\''s $HOME.jpg' -o developed -s 'my film.py'" VALUES);
    expect((CommandLine){.image = "-o.jpg"},
           "lutist batch ./-o.jpg -o developed -s 'my film.py'" VALUES);
    expect((CommandLine){.image = "~x.jpg"},
           "lutist batch '~x.jpg' -o developed -s 'my film.py'" VALUES);
}

static void values_with_spaces_and_signs_are_quoted(void **state)
{
    (void)state;
    ParamSet *set = params_grouped();
    ParamValue *values = param_defaults(set);
    param_clear(&values[6]);
    values[6] = param_text("/films/it's a \xff.cube");
    char *text = command_line_text(&(CommandLine){.script = "film", .image = "a.jpg"},
                                   set, values);
    assert_string_equal(text,
                        "lutist batch a.jpg -o developed -s film -p gain=0.5 "
                        "-p 'tones=0,0 0.25,0.3 0.5,0.6 0.75,0.8 1,1' -p knee=0.5 "
                        "-p 'tint=#ff8000' -p film=none -p negative=off "
                        "-p 'table=/films/it'\\''s a \xff.cube'");
    mem_free(text);
    param_values_free(values, set->count);
    param_set_unref(&set);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_values_are_in_it),
        cmocka_unit_test(a_shell_reads_back_any_name),
        cmocka_unit_test(values_with_spaces_and_signs_are_quoted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
