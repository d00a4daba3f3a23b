/* The command line that "c" copies. */
#include "cm.h"

#include "params.h"
#include "viewer/app/command_line_text.h"

static void expect(const char *venv, const char *image, const char *wanted)
{
    ParamSet *set = params_mixed();
    ParamValue values[] = {{0.25}, {3}, {1}, {-7.5}};
    char *text = command_line_text("my film.py", venv, image, set, values);
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
    expect(NULL, "photo.jpg",
           "lutist batch photo.jpg -o developed -s 'my film.py'" VALUES);
    expect(
        "/opt/venv", "photo.jpg",
        "lutist batch photo.jpg -o developed -s 'my film.py' --venv /opt/venv" VALUES);
}

static void a_shell_reads_back_any_name(void **state)
{
    (void)state;
    expect(NULL, "it's $HOME.jpg",
           "lutist batch 'it'\\''s $HOME.jpg' -o developed -s 'my film.py'" VALUES);
    expect(NULL, "-o.jpg", "lutist batch ./-o.jpg -o developed -s 'my film.py'" VALUES);
    expect(NULL, "~x.jpg", "lutist batch '~x.jpg' -o developed -s 'my film.py'" VALUES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_values_are_in_it),
        cmocka_unit_test(a_shell_reads_back_any_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
