/* Whether the viewer isolates a script: its comment, and marks of crashes. */
#include "cm.h"

#include "test_folder.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "python/choice/crash_mark.h"
#include "python/choice/script_file.h"

static bool asks(void **state, const char *text)
{
    const char *path = in_folder(state, "film.py");
    bytes_write(path, text, strlen(text));
    return script_file_asks(path);
}

static void test_a_comment_asks(void **state)
{
    assert_true(asks(state, "# lutist: isolate\n"));
    assert_true(
        asks(state, "#!/usr/bin/env lutist\n\n\"\"\"A look.\"\"\"\n#lutist:isolate"));
    assert_true(asks(state, "  # -*- lutist: isolate -*-\n"));
    assert_false(asks(state, ""));
    assert_false(asks(state, "lutist: isolate\n"));
    assert_false(asks(state, "x = 1  # lutist: isolate\n"));
    assert_false(asks(state, "# lutist: isolated\n"));
    assert_false(asks(state, "# lutist isolate\n"));
    assert_false(asks(state, "\n\n\n\n\n\n\n\n\n\n# lutist: isolate\n"));
    assert_false(script_file_asks(in_folder(state, "none.py")));
}

static void expect_found(const char *spec, const char *path)
{
    char *found = script_file_find(spec);
    char *wanted = path ? realpath(path, NULL) : NULL;
    assert_true((found == NULL) == (wanted == NULL));
    if (found && wanted)
        assert_string_equal(found, wanted);
    mem_free(found);
    free(wanted);
}

static void test_a_script_is_found_without_python(void **state)
{
    char *path = mem_dup(in_folder(state, "film.py"));
    bytes_write(path, "", 0);
    char *function = mem_printf("%s:portrait", path);
    expect_found(path, path);
    expect_found(function, path);
    expect_found(in_folder(state, "none.py"), NULL);
    expect_found("no-such-look", NULL);
    char *bundled = script_file_find("exposure");
    assert_non_null(bundled);
    assert_non_null(strstr(bundled, "/scripts/exposure.py"));
    mem_free(bundled);
    mem_free(function);
    mem_free(path);
}

/* A process that marks the script and ends without a word: inside, or not. */
static void end_in(const char *script, bool inside)
{
    pid_t pid = fork();
    if (pid == 0) {
        CrashMark mark = crash_mark_open(script);
        crash_mark_enter(&mark);
        if (!inside)
            crash_mark_leave(&mark);
        _exit(0);
    }
    assert_int_equal(waitpid(pid, NULL, 0), pid);
}

static void test_an_end_inside_leaves_a_mark(void **state)
{
    char *script = mem_dup(in_folder(state, "film.py"));
    bytes_write(script, "1", 1);
    setenv("XDG_STATE_HOME", *state, 1);
    assert_false(crash_mark_has_crashed(script));
    CrashMark mark = crash_mark_open(script);
    crash_mark_enter(&mark);
    assert_false(crash_mark_has_crashed(script)); /* it lives */
    crash_mark_close(&mark);
    end_in(script, false);
    assert_false(crash_mark_has_crashed(script));
    end_in(script, true);
    assert_true(crash_mark_has_crashed(script));
    assert_true(crash_mark_has_crashed(script)); /* it stays */
    assert_false(crash_mark_has_crashed(in_folder(state, "other.py")));
    crash_mark_forget(script);
    assert_false(crash_mark_has_crashed(script));
    end_in(script, true);
    bytes_write(script, "22", 2); /* it has been changed */
    assert_false(crash_mark_has_crashed(script));
    assert_int_equal(rmdir(in_folder(state, "lutist/running")), 0); /* it is empty */
    assert_int_equal(rmdir(in_folder(state, "lutist")), 0);
    mem_free(script);
}

/* The path is longer than a mark may be. */
static void test_a_mark_that_cannot_be_filled_is_removed(void **state)
{
    char script[10000];
    memset(script, '/', sizeof script);
    script[sizeof script - 1] = '\0';
    setenv("XDG_STATE_HOME", *state, 1);
    CrashMark mark = crash_mark_open(script);
    assert_null(mark.path);
    assert_int_equal(rmdir(in_folder(state, "lutist/running")), 0); /* it is empty */
    assert_int_equal(rmdir(in_folder(state, "lutist")), 0);
}

/* As of a process with the same number, in another container that shares the folder. */
static void test_a_mark_that_is_held_stays(void **state)
{
    char *script = mem_dup(in_folder(state, "film.py"));
    bytes_write(script, "1", 1);
    setenv("XDG_STATE_HOME", *state, 1);
    CrashMark mark = crash_mark_open(script);
    crash_mark_enter(&mark);
    CrashMark other = crash_mark_open(script);
    assert_null(other.path);
    size_t size;
    uint8_t *bytes = bytes_read(mark.path, &size);
    assert_true(size > strlen(script) && bytes[0] == '1');
    mem_free(bytes);
    crash_mark_close(&mark);
    assert_int_equal(rmdir(in_folder(state, "lutist/running")), 0);
    assert_int_equal(rmdir(in_folder(state, "lutist")), 0);
    mem_free(script);
}

static void test_without_a_folder_there_are_no_marks(void **state)
{
    (void)state;
    setenv("XDG_STATE_HOME", "/proc/none", 1);
    CrashMark mark = crash_mark_open("/film.py");
    assert_null(mark.path);
    crash_mark_enter(&mark);
    crash_mark_leave(&mark);
    crash_mark_close(&mark);
    assert_false(crash_mark_has_crashed("/film.py"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(test_a_comment_asks),
        IN_FOLDER(test_a_script_is_found_without_python),
        IN_FOLDER(test_an_end_inside_leaves_a_mark),
        IN_FOLDER(test_a_mark_that_cannot_be_filled_is_removed),
        IN_FOLDER(test_a_mark_that_is_held_stays),
        IN_FOLDER(test_without_a_folder_there_are_no_marks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
