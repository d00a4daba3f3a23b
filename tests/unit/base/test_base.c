/* Threads, pool, errors and paths. */
#include "cm.h"

#include <errno.h>
#include <pwd.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/path.h"
#include "base/text/printable.h"
#include "base/thread/pool.h"
#include "base/thread/thread.h"

enum { COUNT = 10000 };

typedef struct Tally {
    atomic_int seen[COUNT];
    atomic_int total;
    Cancel *cancel;
    int cancel_at; /* this index cancels, and those after it wait until it has */
} Tally;

static void visit(void *arg, int index)
{
    Tally *tally = arg;
    atomic_fetch_add(&tally->seen[index], 1);
    atomic_fetch_add(&tally->total, 1);
    if (!tally->cancel)
        return;
    if (index == tally->cancel_at)
        cancel_set(tally->cancel, CANCEL_STOPPED);
    while (index > tally->cancel_at && !cancel_is_set(tally->cancel))
        sched_yield();
}

static void pool_visits_every_index_once(void **state)
{
    (void)state;
    static const int threads[] = {1, 2, 3, 8};
    for (int t = 0; t < 4; t++) {
        Pool *pool = pool_new(threads[t], NULL);
        assert_int_equal(pool_threads(pool), threads[t]);
        Tally *tally = mem_new(1, sizeof *tally);
        assert_true(pool_for(pool, COUNT, visit, tally, NULL));
        for (int i = 0; i < COUNT; i++)
            assert_int_equal(tally->seen[i], 1);
        assert_true(pool_for(pool, 0, visit, tally, NULL));
        assert_int_equal(tally->total, COUNT);
        mem_free(tally);
        pool_free(pool);
    }
}

static void pool_none_runs_in_the_caller(void **state)
{
    (void)state;
    Tally *tally = mem_new(1, sizeof *tally);
    assert_true(pool_for(NULL, 100, visit, tally, NULL));
    assert_int_equal(tally->total, 100);
    mem_free(tally);
}

static void a_cancel_forgets_what_is_weak(void **state)
{
    (void)state;
    Cancel cancel = {0};
    cancel_set(&cancel, CANCEL_STOPPED);
    cancel_forget(&cancel, CANCEL_NEWER);
    assert_int_equal(cancel_reason(&cancel), CANCEL_STOPPED);
    cancel_forget(&cancel, CANCEL_STOPPED);
    assert_false(cancel_is_set(&cancel));
    cancel_set(&cancel, CANCEL_CLOSED);
    cancel_forget(&cancel, CANCEL_STOPPED);
    assert_int_equal(cancel_reason(&cancel), CANCEL_CLOSED);
}

static void pool_stops_soon_after_a_cancel(void **state)
{
    (void)state;
    Pool *pool = pool_new(3, NULL);
    Cancel cancel = {false};
    Tally *tally = mem_new(1, sizeof *tally);
    tally->cancel = &cancel;
    tally->cancel_at = 99;
    assert_false(pool_for(pool, COUNT, visit, tally, &cancel));
    assert_in_range(tally->total, 100, 100 + 2); /* one for each of the other threads */
    cancel_clear(&cancel);
    tally->cancel_at = COUNT;
    assert_true(pool_for(pool, 50, visit, tally, &cancel));
    mem_free(tally);
    pool_free(pool);
}

typedef struct Caller {
    Pool *pool;
    Tally tally;
} Caller;

static void call_many(void *arg)
{
    Caller *caller = arg;
    for (int i = 0; i < 50; i++)
        pool_for(caller->pool, 200, visit, &caller->tally, NULL);
}

static void pool_serves_several_callers(void **state)
{
    (void)state;
    enum { CALLERS = 4 };
    Pool *pool = pool_new(3, NULL);
    pthread_t threads[CALLERS];
    Caller *callers = mem_new(CALLERS, sizeof *callers);
    for (int i = 0; i < CALLERS; i++) {
        callers[i].pool = pool;
        assert_true(thread_start(&threads[i], "caller", call_many, &callers[i], NULL));
    }
    for (int i = 0; i < CALLERS; i++) {
        pthread_join(threads[i], NULL);
        assert_int_equal(callers[i].tally.total, 50 * 200);
    }
    mem_free(callers);
    pool_free(pool);
}

typedef struct Waiter {
    pthread_mutex_t held;
    pthread_t thread;
} Waiter;

static void wait_for_mutex(void *arg)
{
    Waiter *waiter = arg;
    pthread_mutex_lock(&waiter->held);
    pthread_mutex_unlock(&waiter->held);
}

static void expect_processors(pthread_t thread, const cpu_set_t *wanted)
{
    cpu_set_t now;
    assert_int_equal(pthread_getaffinity_np(thread, sizeof now, &now), 0);
    assert_true(CPU_EQUAL(&now, wanted));
}

/* What a thread may use is the same after it, one processor alone too. */
static void a_thread_that_parts_keeps_its_processors(void **state)
{
    (void)state;
    Waiter waiter = {.held = PTHREAD_MUTEX_INITIALIZER};
    cpu_set_t all, one;
    pthread_mutex_lock(&waiter.held);
    assert_true(thread_start(&waiter.thread, "waiter", wait_for_mutex, &waiter, NULL));
    assert_int_equal(pthread_getaffinity_np(waiter.thread, sizeof all, &all), 0);
    for (int i = 0; i < 3; i++)
        thread_part(waiter.thread);
    expect_processors(waiter.thread, &all);
    CPU_ZERO(&one);
    CPU_SET((size_t)sched_getcpu(), &one);
    pthread_setaffinity_np(pthread_self(), sizeof one, &one);
    pthread_setaffinity_np(waiter.thread, sizeof one, &one);
    thread_part(waiter.thread);
    expect_processors(waiter.thread, &one);
    pthread_setaffinity_np(pthread_self(), sizeof all, &all);
    pthread_mutex_unlock(&waiter.held);
    pthread_join(waiter.thread, NULL);
}

static void err_carries_one_line(void **state)
{
    (void)state;
    Err err;
    assert_false(err_set(&err, ERR_FILE, "cannot read %d rows", 7));
    assert_string_equal(err.text, "cannot read 7 rows");
    assert_false(err_in(&err, "a.jpg"));
    assert_false(err_in(&err, "a.jpg"));
    assert_string_equal(err.text, "a.jpg: cannot read 7 rows");
    err_without(&err, "b/");
    assert_string_equal(err.text, "a.jpg: cannot read 7 rows");
    err_without(&err, "a.");
    assert_string_equal(err.text, "jpg: cannot read 7 rows");
    assert_int_equal(err_exit_code(&err), 1);
    err_set(&err, ERR_SCRIPT, "a.%s again", err.text);
    assert_string_equal(err.text, "a.jpg: cannot read 7 rows again");
    assert_int_equal(err_exit_code(&err), 3);
    assert_false(err_set(NULL, ERR_ENV, "nobody listens"));
    assert_false(err_set_errno(NULL, ERR_FILE, ENOSPC, "nobody listens"));
    char longest[2000];
    memset(longest, 'x', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    err_set(&err, ERR_FILE, "%s", longest);
    err_in(&err, longest);
    assert_true(strlen(err.text) < sizeof err.text);
}

static void err_keeps_the_errno(void **state)
{
    (void)state;
    Err err = {0};
    assert_false(err_set_errno(&err, ERR_FILE, ENOSPC, "%s", "a.jpg"));
    assert_string_equal(err.text, "a.jpg: No space left on device");
    assert_int_equal(err.code, ENOSPC);
    err_in(&err, "out");
    assert_int_equal(err.code, ENOSPC);
    err_set_errno(&err, ERR_FILE, EROFS, "%s", "");
    assert_string_equal(err.text, "Read-only file system");
    err_set(&err, ERR_FILE, "something else");
    assert_int_equal(err.code, 0);
    err_set(&err, ERR_MEMORY, "a table");
    assert_int_equal(err.code, ENOMEM);
}

static void expect_shown(const char *text, const char *want)
{
    char shown[256];
    printable_escape(shown, sizeof shown, text);
    assert_string_equal(shown, want);
}

static void what_an_option_names_is_a_matter_of_usage(void **state)
{
    (void)state;
    Err err = {0};
    err_set_errno(&err, ERR_FILE, ENOENT, "a.csv");
    assert_false(err_of_option(&err));
    assert_int_equal(err_exit_code(&err), 2);
    assert_string_equal(err.text, "a.csv: No such file or directory");
    err_set(&err, ERR_CANCELLED, "interrupted");
    assert_false(err_of_option(&err));
    assert_int_equal(err_exit_code(&err), 130);
    assert_false(err_of_option(NULL));
}

static void text_shows_what_would_not_be_seen(void **state)
{
    (void)state;
    expect_shown("a b-\\é漢🎻.jpg", "a b-\\é漢🎻.jpg");
    expect_shown("two\nlines\t\r.jpg", "two\\nlines\\t\\r.jpg");
    expect_shown("\x1b]0;title\x07\x7f", "\\x1b]0;title\\a\\x7f");
    /* NOLINTNEXTLINE(misc-misleading-bidirectional): such names are what is tested */
    expect_shown("\xc2\x9b"
                 "31m \xe2\x80\xae \xe2\x81\xa6 \xe2\x80\xa8",
                 "\\u009b31m \\u202e \\u2066 \\u2028");
    expect_shown("\xff \xc3", "\\xff \\xc3");
    char four[4];
    printable_escape(four, sizeof four, "ab\n");
    assert_string_equal(four, "ab");
}

static void text_loses_its_middle_first(void **state)
{
    (void)state;
    char text[200] = "short";
    printable_shorten(text, 64);
    assert_string_equal(text, "short");
    memset(text, 'x', 150);
    snprintf(text + 150, 50, "/a.jpg: the reason");
    printable_shorten(text, 64);
    assert_int_equal(strlen(text), 63);
    assert_non_null(strstr(text, "x\u2026x"));
    assert_non_null(strstr(text, "x/a.jpg: the reason"));
    for (int at = 0; at < 6; at++) { /* no character is cut in two */
        memset(text, 'x', (size_t)at);
        for (int i = 0; i < 40; i++)
            snprintf(text + at + 3 * i, 4, "漢");
        printable_shorten(text, 64);
        assert_true(strlen(text) < 64 && strlen(text) > 58);
        for (const char *c = text; *c; c += printable_sequence((const uint8_t *)c))
            assert_true(printable_sequence((const uint8_t *)c) > 0);
    }
}

static void a_reason_stays_however_long_the_path(void **state)
{
    (void)state;
    Err err;
    char path[4096];
    memset(path, 'd', sizeof path);
    snprintf(path + 4000, 96, "/name.jpg");
    err_set(&err, ERR_FILE, "%s: is no picture", path);
    assert_non_null(strstr(err.text, "/name.jpg: is no picture"));
    err_set(&err, ERR_FILE, "is no picture");
    err_in(&err, path);
    assert_non_null(strstr(err.text, "/name.jpg: is no picture"));
    assert_memory_equal(err.text, "dddd", 4);
    err_set_errno(&err, ERR_FILE, ENOSPC, "%s", path);
    assert_non_null(strstr(err.text, "/name.jpg: No space left on device"));
}

static void expect_taken(char *got, const char *want)
{
    assert_string_equal(got, want);
    mem_free(got);
}

static void path_takes_names_apart(void **state)
{
    (void)state;
    assert_string_equal(path_name("a/b/c.tar.gz"), "c.tar.gz");
    assert_string_equal(path_ext("a.b/c"), "");
    assert_string_equal(path_ext("a/.profile"), "");
    assert_string_equal(path_ext("a/c.JPG"), "JPG");
    assert_true(path_ext_is("a/c.JPG", "jpg"));
    expect_taken(path_dir("c.jpg"), ".");
    expect_taken(path_dir("/c.jpg"), "/");
    expect_taken(path_dir("a/b/c.jpg"), "a/b");
    expect_taken(path_stem("a.b/c.d.jpg"), "c.d");
    expect_taken(path_stem("a/.profile"), ".profile");
    expect_taken(path_join("a", "b"), "a/b");
    expect_taken(path_join("a/", "b"), "a/b");
    expect_taken(path_join("a", "/b"), "/b");
    expect_taken(path_join("a", "././/b"), "a/b");
    expect_taken(path_join("a", ".b/./c"), "a/.b/./c");
    expect_taken(path_join("a", "../b"), "a/../b");
    expect_taken(path_join("", "./b"), "./b");
    setenv("HOME", "/home/me", 1);
    expect_taken(path_at_home("~/b"), "/home/me/b");
    expect_taken(path_at_home("~b"), "~b");
}

static void set(const char *variable, const char *value)
{
    assert_int_equal(value ? setenv(variable, value, 1) : unsetenv(variable), 0);
}

/* Where $HOME is none, the user's home is the one that the system knows. */
static void a_home_is_found_without_the_variable(void **state)
{
    (void)state;
    static const char *const none[] = {NULL, "", "home/me", "~"};
    char words[16384];
    struct passwd entry, *user = NULL;
    assert_int_equal(getpwuid_r(getuid(), &entry, words, sizeof words, &user), 0);
    char *known = user ? mem_dup(user->pw_dir) : NULL; /* absolute, if any */
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        set("HOME", none[i]);
        char *home = path_home(), *below = path_at_home("~/b");
        char *wanted = known ? path_join(known, "b") : mem_dup("~/b");
        assert_string_equal(below, wanted);
        assert_int_equal(home != NULL, known != NULL);
        if (known)
            assert_string_equal(home, known);
        mem_free(home);
        mem_free(below);
        mem_free(wanted);
    }
    mem_free(known);
}

static void own_folders_are_where_xdg_has_them(void **state)
{
    (void)state;
    enum { LONG = 100000 };
    static const struct {
        const char *variable, *below_home;
    } folders[] = {
        [PATH_CONFIG] = {"XDG_CONFIG_HOME", "/home/me/.config/lutist"},
        [PATH_DATA] = {"XDG_DATA_HOME", "/home/me/.local/share/lutist"},
        [PATH_STATE] = {"XDG_STATE_HOME", "/home/me/.local/state/lutist"},
        [PATH_CACHE] = {"XDG_CACHE_HOME", "/home/me/.cache/lutist"},
    };
    static const char *const no_folder[] = {NULL, "", "cache", "./cache", "~"};
    char *longest = mem_new(LONG + 1, 1);
    memset(longest, '/', LONG);
    for (PathOwn own = PATH_CONFIG; own <= PATH_CACHE; own++) {
        for (size_t i = 0; i < sizeof no_folder / sizeof *no_folder; i++) {
            set(folders[own].variable, no_folder[i]);
            set("HOME", "/home/me");
            expect_taken(path_own(own, NULL), folders[own].below_home);
            set("HOME", no_folder[i]); /* the same as without */
            char *path = path_own(own, "a");
            set("HOME", NULL);
            if (path)
                expect_taken(path_own(own, "a"), path);
            mem_free(path);
        }
        set(folders[own].variable, "/var/a folder");
        expect_taken(path_own(own, NULL), "/var/a folder/lutist");
        expect_taken(path_own(own, "a/b"), "/var/a folder/lutist/a/b");
        set(folders[own].variable, longest);
        char *path = path_own(own, "name");
        assert_int_equal(strlen(path), LONG + strlen("/lutist/name"));
        mem_free(path);
        set(folders[own].variable, NULL);
        set("HOME", longest);
        path = path_own(own, NULL);
        assert_true(strlen(path) > LONG && strcmp(path_name(path), "lutist") == 0);
        mem_free(path);
    }
    mem_free(longest);
}

static void mem_alloc_refuses_the_impossible(void **state)
{
    (void)state;
    Err err;
    void *p = mem_alloc(100, &err);
    assert_int_equal((uintptr_t)p % 64, 0);
    mem_free(p);
    assert_null(mem_alloc(SIZE_MAX - 5, &err));
    assert_int_equal(err.kind, ERR_MEMORY);
}

static void what_grows_one_by_one_seldom_moves(void **state)
{
    (void)state;
    int *numbers = NULL, rooms = 0;
    for (int i = 0; i < COUNT; i++) {
        const int *before = numbers;
        bool is_full = (i & (i - 1)) == 0; /* a power of two of them, or none */
        numbers = mem_more(numbers, (size_t)i, 1, sizeof *numbers);
        assert_true(is_full || numbers == before);
        rooms += is_full;
        numbers[i] = i;
    }
    assert_int_equal(rooms, 15);
    numbers = mem_more(numbers, COUNT, 5 * COUNT, sizeof *numbers);
    numbers[6 * COUNT - 1] = 0;
    for (int i = 0; i < COUNT; i++)
        assert_int_equal(numbers[i], i);
    mem_free(numbers);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pool_visits_every_index_once),
        cmocka_unit_test(pool_none_runs_in_the_caller),
        cmocka_unit_test(a_cancel_forgets_what_is_weak),
        cmocka_unit_test(pool_stops_soon_after_a_cancel),
        cmocka_unit_test(pool_serves_several_callers),
        cmocka_unit_test(a_thread_that_parts_keeps_its_processors),
        cmocka_unit_test(err_carries_one_line),
        cmocka_unit_test(err_keeps_the_errno),
        cmocka_unit_test(what_an_option_names_is_a_matter_of_usage),
        cmocka_unit_test(text_shows_what_would_not_be_seen),
        cmocka_unit_test(text_loses_its_middle_first),
        cmocka_unit_test(a_reason_stays_however_long_the_path),
        cmocka_unit_test(path_takes_names_apart),
        cmocka_unit_test(a_home_is_found_without_the_variable),
        cmocka_unit_test(own_folders_are_where_xdg_has_them),
        cmocka_unit_test(mem_alloc_refuses_the_impossible),
        cmocka_unit_test(what_grows_one_by_one_seldom_moves),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
