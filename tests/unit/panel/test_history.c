/* Undo and redo, as states of a look. */
#include "cm.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "viewer/edit/history.h"

static History history;

static int clear(void **state)
{
    (void)state;
    history_clear(&history);
    return 0;
}

static void note(int value, uint64_t gesture)
{
    char words[32];
    snprintf(words, sizeof words, "-p gain=%d", value);
    history_note(&history, "film", words, gesture);
}

static void expect(const LookState *state, const char *script, const char *words)
{
    assert_non_null(state);
    assert_string_equal(state->script, script);
    assert_string_equal(state->words, words);
}

static void steps_are_undone_and_done_again(void **state)
{
    (void)state;
    assert_null(history_undo(&history));
    assert_null(history_redo(&history));
    note(1, 0);
    assert_null(history_undo(&history));
    note(2, 0);
    note(2, 0);
    note(3, 0);
    expect(history_undo(&history), "film", "-p gain=2");
    expect(history_undo(&history), "film", "-p gain=1");
    assert_null(history_undo(&history));
    expect(history_redo(&history), "film", "-p gain=2");
    expect(history_redo(&history), "film", "-p gain=3");
    assert_null(history_redo(&history));
}

static void a_change_ends_what_can_be_redone(void **state)
{
    (void)state;
    note(1, 0);
    note(2, 0);
    history_undo(&history);
    note(1, 0); /* no change */
    expect(history_redo(&history), "film", "-p gain=2");
    history_undo(&history);
    note(5, 0);
    assert_null(history_redo(&history));
    expect(history_undo(&history), "film", "-p gain=1");
}

static void a_gesture_is_one_step(void **state)
{
    (void)state;
    note(1, 7);
    note(2, 7); /* the state at the start is no part of a drag */
    note(3, 7);
    note(4, 8);
    note(5, 8);
    expect(history_undo(&history), "film", "-p gain=3");
    expect(history_undo(&history), "film", "-p gain=1");
    expect(history_redo(&history), "film", "-p gain=3");
    note(6, 8); /* the gesture was before the undo */
    expect(history_undo(&history), "film", "-p gain=3");
}

static void a_gesture_that_comes_back_leaves_no_step(void **state)
{
    (void)state;
    note(1, 0);
    note(2, 4);
    note(1, 4);
    assert_null(history_undo(&history));
    note(3, 4);
    expect(history_undo(&history), "film", "-p gain=1");
}

static void a_state_is_what_came_of_it(void **state)
{
    (void)state;
    history_settle(&history, "film", ""); /* there is none */
    note(1, 0);
    note(2, 0);
    note(3, 0);
    history_undo(&history);
    history_settle(&history, "film", "-p gain=1.5");
    history_note(&history, "film", "-p gain=1.5", 0);
    expect(history_redo(&history), "film", "-p gain=3");
    expect(history_undo(&history), "film", "-p gain=1.5");
}

static void looks_are_steps(void **state)
{
    (void)state;
    history_note(&history, "film", "-p gain=1", 0);
    history_note(&history, "print", "-p gain=1", 0);
    expect(history_undo(&history), "film", "-p gain=1");
    expect(history_redo(&history), "print", "-p gain=1");
}

static void the_oldest_are_forgotten(void **state)
{
    (void)state;
    for (int i = 0; i < HISTORY_STATES + 10; i++)
        note(i, 0);
    assert_int_equal(history.count, HISTORY_STATES);
    int steps = 0;
    while (history_undo(&history))
        steps++;
    assert_int_equal(steps, HISTORY_STATES - 1);
    expect(&history.states[0], "film", "-p gain=10");
}

static void the_texts_are_bounded(void **state)
{
    (void)state;
    size_t length = HISTORY_BYTES / 4;
    char *words = mem_new(length + 1, 1);
    for (int i = 0; i < 9; i++) {
        memset(words, 'a' + i, length);
        history_note(&history, "film", words, 0);
        assert_true(history.bytes <= HISTORY_BYTES);
    }
    assert_int_equal(history.count, 3);
    assert_int_equal(history.states[history.at].words[0], 'i');
    mem_free(words);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(steps_are_undone_and_done_again, clear),
        cmocka_unit_test_teardown(a_change_ends_what_can_be_redone, clear),
        cmocka_unit_test_teardown(a_gesture_is_one_step, clear),
        cmocka_unit_test_teardown(a_gesture_that_comes_back_leaves_no_step, clear),
        cmocka_unit_test_teardown(a_state_is_what_came_of_it, clear),
        cmocka_unit_test_teardown(looks_are_steps, clear),
        cmocka_unit_test_teardown(the_oldest_are_forgotten, clear),
        cmocka_unit_test_teardown(the_texts_are_bounded, clear),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
