/* The journal of a batch: its lines, and the file they are in. */
#include "cm.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "batch/journal/journal.h"
#include "failing_malloc.h"

enum { THREADS = 4, LINES = 200 };

static const JournalLine DONE = {
    .input = "/in/a \"b\"\n\xff.jpg",
    .read = {.size = 123, .mtime_ns = 1795824263641991136, .inode = 9007199254740993},
    .output = "a.jpg",
    .written = {.size = 7, .mtime_ns = -5},
    .look = "0123",
};

static void assert_same(const JournalLine *a, const JournalLine *b)
{
    assert_string_equal(a->input, b->input);
    assert_string_equal(a->output, b->output);
    assert_string_equal(a->look, b->look);
    assert_memory_equal(&a->read, &b->read, sizeof a->read);
    assert_memory_equal(&a->written, &b->written, sizeof a->written);
}

/* New: the text of a line without its newline. */
static char *text_of(const JournalLine *line)
{
    char *text = journal_line_text(line);
    size_t length = strlen(text);
    assert_int_equal(text[length - 1], '\n');
    text[length - 1] = '\0';
    assert_null(strchr(text, '\n'));
    return text;
}

static void a_line_comes_back(void **state)
{
    (void)state;
    JournalLine line;
    char *text = text_of(&DONE);
    assert_true(journal_line_read(&line, text));
    assert_same(&line, &DONE);
    assert_null(line.hash);
    assert_null(line.reason);
    mem_free(text);
    JournalLine failed = DONE;
    failed.reason = "in/a.jpg: is cut short";
    failed.hash = "ff";
    failed.written = (JournalStamp){0};
    text = text_of(&failed);
    assert_true(journal_line_read(&line, text));
    assert_same(&line, &failed);
    assert_string_equal(line.hash, "ff");
    assert_string_equal(line.reason, failed.reason);
    mem_free(text);
}

static void part_of_a_line_is_none(void **state)
{
    (void)state;
    char *text = text_of(&DONE);
    for (size_t length = strlen(text); length--;) {
        JournalLine line;
        char *part = strndup(text, length);
        assert_false(journal_line_read(&line, part));
        free(part);
    }
    mem_free(text);
}

static void what_a_line_lacks_is_missed(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "{}",
        "[]",
        "{\"state\": \"done\"}",
        "{\"state\": \"odd\", \"input\": \"a\", \"output\": \"b\", \"look\": \"c\"}",
        "{\"state\": \"done\", \"input\": \"a\", \"output\": \"b\", \"look\": \"c\"}",
        "{\"state\": \"failed\", \"input\": \"a\", \"output\": \"b\", \"look\": \"c\"}",
        "{\"state\": \"done\", \"input\": 1, \"output\": \"b\", \"look\": \"c\", "
        "\"output_size\": 9, \"output_mtime_ns\": 4}",
        "{\"state\": \"done\", \"input\": \"a\", \"output\": \"b\", \"look\": \"c\", "
        "\"output_size\": 9, \"output_mtime_ns\": 4.5}",
        "{\"state\": \"done\", \"input\": \"a\", \"output\": \"b\", \"look\": \"c\", "
        "\"output_size\": 9, \"output_mtime_ns\": 99999999999999999999}",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        JournalLine line;
        char *text = strdup(wrong[i]);
        assert_false(journal_line_read(&line, text));
        free(text);
    }
    JournalLine line;
    char more[] = /* of an output with the time 1970-01-01 */
        "{\"new\": [1, {}], \"state\": \"done\", \"input\": \"a\", \"output\": "
        "\"b\", \"look\": \"c\", \"output_size\": 9, \"output_mtime_ns\": 0}";
    assert_true(journal_line_read(&line, more));
}

/* New: a path in a folder of its own. */
static char *fresh_path(void)
{
    char folder[] = "/tmp/lutist-journal-XXXXXX";
    assert_non_null(mkdtemp(folder));
    return mem_printf("%s/j", folder);
}

static void remove_path(char *path)
{
    unlink(path);
    *strrchr(path, '/') = '\0';
    rmdir(path);
    mem_free(path);
}

static void count(void *context, const JournalLine *line)
{
    assert_same(line, &DONE);
    ++*(int *)context;
}

static void *add_lines(void *journal)
{
    Err err = {0};
    uint64_t number;
    for (int i = 0; i < LINES; i++)
        if (!journal_add(journal, &DONE, &number, &err) ||
            (i % 50 == 0 && !journal_wait(journal, number, &err)))
            return journal;
    return NULL;
}

static void lines_of_several_threads_stay_whole(void **state)
{
    (void)state;
    Err err = {0};
    char *path = fresh_path();
    pthread_t threads[THREADS];
    Journal *journal = journal_open(path, &err);
    assert_non_null(journal);
    for (int i = 0; i < THREADS; i++)
        pthread_create(&threads[i], NULL, add_lines, journal);
    int broken = 0, found = 0;
    for (int i = 0; i < THREADS; i++) {
        void *failed;
        pthread_join(threads[i], &failed);
        broken += failed != NULL;
    }
    assert_int_equal(broken, 0);
    assert_int_equal(journal_each(journal, count, &found, &err), 0);
    assert_int_equal(found, THREADS * LINES);
    journal_close(journal);
    remove_path(path);
}

static void a_second_run_is_refused(void **state)
{
    (void)state;
    Err err = {0};
    char *path = fresh_path();
    Journal *first = journal_open(path, &err), *reader = NULL;
    assert_non_null(first);
    assert_null(journal_open(path, &err));
    assert_non_null(strstr(err.text, "another run writes there now"));
    assert_true(journal_open_to_read(&reader, path, &err));
    journal_close(reader);
    journal_close(first);
    first = journal_open(path, &err);
    assert_non_null(first);
    journal_close(first);
    remove_path(path);
}

static void write_text(const char *path, const char *text)
{
    FILE *file = fopen(path, "a");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void a_line_behind_one_that_is_cut_off_is_read(void **state)
{
    (void)state;
    Err err = {0};
    char *path = fresh_path();
    journal_close(journal_open(path, &err));
    write_text(path, "{\"state\": \"do");
    Journal *journal = journal_open(path, &err);
    uint64_t number;
    assert_true(journal_add(journal, &DONE, &number, &err));
    assert_true(journal_wait(journal, number, &err));
    int found = 0;
    assert_int_equal(journal_each(journal, count, &found, &err), 1);
    assert_int_equal(found, 1);
    journal_close(journal);
    remove_path(path);
}

static void what_is_no_journal_is_refused(void **state)
{
    (void)state;
    Err err = {0};
    Journal *journal = NULL;
    char *path = fresh_path();
    assert_true(journal_open_to_read(&journal, path, &err));
    assert_null(journal);
    write_text(path, "a photograph");
    assert_null(journal_open(path, &err));
    assert_non_null(strstr(err.text, "is not a lutist journal"));
    assert_false(journal_open_to_read(&journal, path, &err));
    char *link = mem_printf("%s-link", path);
    assert_int_equal(symlink(path, link), 0);
    assert_null(journal_open(link, &err));
    unlink(link);
    mem_free(link);
    remove_path(path);
}

/* Open, add, read; false: the error says why. */
static bool use(const char *path, int *found, Err *err)
{
    Journal *journal = journal_open(path, err);
    bool used = journal && journal_add(journal, &DONE, NULL, err) &&
                journal_each(journal, count, found, err) == 0;
    journal_close(journal);
    return used;
}

/* Where an allocation fails, all is there or memory is what is named; no line is lost.
 */
static void no_line_is_lost_for_want_of_memory(void **state)
{
    (void)state;
    long made = 1;
    for (long number = 1; CAN_FAIL && number <= made; number++) {
        Err err = {0};
        char *path = fresh_path();
        int found = 0, again = 0;
        allocations = 0;
        failing = number;
        bool used = use(path, &found, &err);
        failing = NONE;
        made = allocations;
        if (used ? found != 1 : err.kind != ERR_MEMORY)
            fail_msg("allocation %ld: %d lines, %s", number, found, err.text);
        assert_true(use(path, &again, &err) && again >= 1);
        remove_path(path);
    }
    assert_true(made > 1 || !CAN_FAIL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_comes_back),
        cmocka_unit_test(part_of_a_line_is_none),
        cmocka_unit_test(what_a_line_lacks_is_missed),
        cmocka_unit_test(lines_of_several_threads_stay_whole),
        cmocka_unit_test(a_second_run_is_refused),
        cmocka_unit_test(a_line_behind_one_that_is_cut_off_is_read),
        cmocka_unit_test(what_is_no_journal_is_refused),
        cmocka_unit_test(no_line_is_lost_for_want_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
