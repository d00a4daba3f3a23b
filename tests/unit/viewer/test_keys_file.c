/* keys.conf: what its lines bind, and what is told of wrong ones. */
#include "cm.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "viewer/action/action_table.h"
#include "viewer/keys/key_list.h"
#include "viewer/keys/keys_file.h"

static Bindings bindings;
static KeysFaults faults;

static int setup(void **state)
{
    (void)state;
    bindings_init(&bindings, action_table());
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    keys_file_clear(&faults);
    bindings_term(&bindings);
    return 0;
}

static void parse(const char *text)
{
    keys_file_parse(text, strlen(text), &bindings, &faults);
}

static void expect(const char *key, const char *name, const char *argument)
{
    Stroke stroke;
    Err err;
    bool coarse;
    assert_true(stroke_parse(key, strlen(key), &stroke, &err));
    const Binding *found = bindings_find(&bindings, stroke, &coarse);
    assert_string_equal(found ? bindings.table.rows[found->row].name : "", name);
    if (found)
        assert_string_equal(found->argument, argument);
}

static void lines_bind_keys(void **state)
{
    (void)state;
    parse("\xef\xbb\xbf# my keys\n"
          "x   next  \r\n"
          "\n"
          "\tX\tprevious # back\n"
          "Ctrl+t set tint #ff8800\n"
          "WHEEL_UP add exposure 0.1 # brighter\n"
          "SHARP mode numpy\n"
          "n ignore\n"
          "p unbind\n"
          "x fit");
    assert_int_equal(faults.count, 0);
    expect("x", "fit", "");
    expect("Shift+x", "previous", "");
    expect("Ctrl+t", "set", "tint #ff8800");
    expect("WHEEL_UP", "add", "exposure 0.1");
    expect("#", "mode", "numpy");
    expect("n", "", "");
    expect("p", "", "");
    expect("PGDWN", "next", "");
}

static void wrong_lines_are_told_and_the_others_count(void **state)
{
    (void)state;
    static const char *const told[] = {
        "'qq' is not a key",
        "the action is missing",
        "'zom-in' is not an action; did you mean 'zoom-in'",
        "next takes no argument",
        "an argument is missing: set PARAM VALUE",
        "'much' is not a step",
        "mode 'gpu' is unknown",
        "'xyzzy' is not an action; 'lutist keys'",
        "the line is not UTF-8 text",
        "the line is not UTF-8 text",
        "ignore takes no argument"};
    parse("qq next\n"
          "x\n"
          "x zom-in\n"
          "x next 2\n"
          "x set gamma\n"
          "x add gamma much\n"
          "x mode gpu\n"
          "x xyzzy\n"
          "x next \xff\n"
          "x \x1b[2J\n"
          "x ignore it\n"
          "y fit\n");
    assert_int_equal(faults.count, sizeof told / sizeof *told);
    for (int i = 0; i < faults.count; i++) {
        assert_int_equal(faults.list[i].line, i + 1);
        if (!strstr(faults.list[i].text, told[i]))
            fail_msg("%s: %s", told[i], faults.list[i].text);
    }
    expect("y", "fit", "");
    char *line = keys_file_tell("keys.conf", &faults.list[1]);
    assert_string_equal(
        line, "keys.conf:2: the action is missing; a line is 'key action [argument]'");
    mem_free(line);
}

/* The text needs no end, and a character that is cut off there reads nothing behind. */
static void a_character_may_be_cut_off_at_the_end(void **state)
{
    (void)state;
    static const char last[] = "x next\ny next \xe2\x82";
    char *exact = malloc(sizeof last - 1);
    memcpy(exact, last, sizeof last - 1);
    keys_file_parse(exact, sizeof last - 1, &bindings, &faults);
    free(exact);
    expect("x", "next", "");
    assert_int_equal(faults.count, 1);
    assert_int_equal(faults.list[0].line, 2);
}

static void the_printed_table_is_a_file_that_changes_nothing(void **state)
{
    (void)state;
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    key_list_print(&bindings, out);
    fclose(out);
    int before = bindings.count;
    keys_file_parse(text, size, &bindings, &faults);
    assert_int_equal(faults.count, 0);
    assert_int_equal(bindings.count, 2 * before);
    for (int i = 0; i < before; i++) {
        bool coarse;
        const Binding *own = bindings_find(&bindings, bindings.list[i].stroke, &coarse);
        assert_true(own && own->own);
        assert_int_equal(own->row, bindings.list[i].row);
        assert_string_equal(own->argument, bindings.list[i].argument);
    }
    free(text);
}

static void the_help_has_the_users_keys(void **state)
{
    (void)state;
    parse("x add exposure 0.1\nX next\n");
    KeyLine *lines = key_list_lines(&bindings), *last = lines;
    bool next = false;
    for (KeyLine *line = lines; line->text; last = line++)
        next = next || (line->key && strstr(line->key, "Shift+X"));
    assert_true(next);
    assert_string_equal(last->key, "x");
    assert_string_equal(last->text, "add exposure 0.1");
    key_list_free(lines);
}

static void only_so_many_faults_are_kept(void **state)
{
    (void)state;
    for (int i = 0; i < 3 * KEYS_FAULTS; i++)
        parse("?? ??\n");
    assert_int_equal(faults.count, 3 * KEYS_FAULTS);
}

static void any_bytes_are_survived(void **state)
{
    (void)state;
    static const char *const words[] = {
        "q",  "Ctrl+", "add ",     "exposure ", "0.1",          "nan",  "\n", " ",
        "#",  "\xff",  "\xc3",     "+",         "set ",         "mode", "\t", "cycle",
        "\r", "F6",    "WHEEL_UP", "ignore",    "\xe2\x86\x91", "[",    "%n", "%s"};
    srand(1);
    for (int round = 0; round < 3000; round++) {
        char text[512];
        size_t size = 0;
        while (size < 400) {
            const char *word = words[(size_t)rand() % (sizeof words / sizeof *words)];
            if (rand() % 8 == 0)
                text[size++] = (char)rand();
            else if (size + strlen(word) < sizeof text)
                for (const char *from = word; *from;)
                    text[size++] = *from++;
        }
        keys_file_parse(text, size, &bindings, &faults);
        keys_file_clear(&faults);
        if (round % 100 == 0) {
            KeyLine *lines = key_list_lines(&bindings);
            key_list_free(lines);
            bindings_term(&bindings);
            bindings_init(&bindings, action_table());
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(lines_bind_keys, setup, teardown),
        cmocka_unit_test_setup_teardown(wrong_lines_are_told_and_the_others_count,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(a_character_may_be_cut_off_at_the_end, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(
            the_printed_table_is_a_file_that_changes_nothing, setup, teardown),
        cmocka_unit_test_setup_teardown(the_help_has_the_users_keys, setup, teardown),
        cmocka_unit_test_setup_teardown(only_so_many_faults_are_kept, setup, teardown),
        cmocka_unit_test_setup_teardown(any_bytes_are_survived, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
