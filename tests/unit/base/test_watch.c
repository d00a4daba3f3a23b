/* Files that change, seen by the thread that watches them. */
#include "cm.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdatomic.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "base/log.h"
#include "base/thread/thread.h"
#include "base/watch/watch.h"
#include "base/watch/watch_folders.h"
#include "test_folder.h"

static atomic_int changes;

/* in_folder's buffers are few: the watched file has one of its own. */
static const char *film(void **state)
{
    static char path[128];
    snprintf(path, sizeof path, "%s/film.py", (const char *)*state);
    return path;
}

static void count(void *context)
{
    (void)context;
    atomic_fetch_add(&changes, 1);
}

static void write_text(const char *path, const char *text)
{
    bytes_write(path, text, strlen(text));
}

/* A thread that watches these files as they are now; NULL ends the list. */
static Watch *watch(const char *const *paths)
{
    WatchFiles files = {0};
    for (; *paths; paths++)
        watch_files_add(&files, *paths, watch_files_stamp(*paths));
    atomic_store(&changes, 0);
    Watch *watch = watch_start(count, NULL, NULL);
    assert_non_null(watch);
    watch_set(watch, &files);
    assert_int_equal(files.count, 0);
    return watch;
}

static Watch *watch_one(const char *path)
{
    return watch((const char *const[]){path, NULL});
}

static void await_change(int least)
{
    while (atomic_load(&changes) < least)
        sched_yield();
}

/* As an editor does that writes beside the file. */
static void replace(void **state, const char *path, const char *text)
{
    const char *fresh = in_folder(state, "fresh");
    write_text(fresh, text);
    assert_int_equal(rename(fresh, path), 0);
}

static void a_file_that_is_written_in_place_has_changed(void **state)
{
    const char *path = film(state);
    write_text(path, "one");
    Watch *watch = watch_one(path);
    write_text(path, "two and more");
    await_change(1);
    watch_stop(watch);
}

static void a_file_that_is_replaced_has_changed_once(void **state)
{
    const char *path = film(state);
    write_text(path, "one");
    Watch *watch = watch_one(path);
    for (int i = 1; i <= 3; i++) {
        write_text(in_folder(state, "other"), "not watched");
        replace(state, path, "two");
        await_change(i);
    }
    watch_stop(watch);
    assert_int_equal(atomic_load(&changes), 3);
}

static void a_file_that_is_held_open_has_changed(void **state)
{
    const char *path = film(state);
    write_text(path, "one");
    Watch *watch = watch_one(path);
    int file = open(path, O_WRONLY | O_APPEND);
    assert_int_equal(write(file, "more", 4), 4);
    await_change(1);
    close(file);
    watch_stop(watch);
}

static void a_file_may_vanish_and_come_back(void **state)
{
    const char *path = film(state);
    write_text(path, "one");
    Watch *watch = watch_one(path);
    unlink(path);
    await_change(1);
    write_text(path, "one");
    await_change(2);
    watch_stop(watch);
}

static void a_file_that_was_missing_appears(void **state)
{
    const char *path = in_folder(state, "helper.py");
    Watch *watch = watch_one(path);
    write_text(path, "one");
    await_change(1);
    watch_stop(watch);
}

static void a_link_is_followed_and_may_be_turned(void **state)
{
    const char *path = film(state), *a = in_folder(state, "a.py");
    write_text(a, "one");
    assert_int_equal(symlink("a.py", path), 0);
    Watch *watch = watch_one(path);
    replace(state, a, "two");
    await_change(1);
    write_text(in_folder(state, "b.py"), "three");
    assert_int_equal(symlink("b.py", in_folder(state, "link")), 0);
    assert_int_equal(rename(in_folder(state, "link"), path), 0);
    await_change(2);
    replace(state, in_folder(state, "b.py"), "four");
    await_change(3);
    watch_stop(watch);
}

static void a_change_before_the_watch_is_noticed(void **state)
{
    const char *path = film(state);
    write_text(path, "one");
    WatchFiles files = {0};
    watch_files_add(&files, path, watch_files_stamp(path));
    replace(state, path, "two");
    atomic_store(&changes, 0);
    Watch *watch = watch_start(count, NULL, NULL);
    watch_set(watch, &files);
    await_change(1);
    watch_stop(watch);
    assert_int_equal(atomic_load(&changes), 1);
}

/* It ends where a write comes late, as on a busy machine, and with the last one. */
static void a_burst_counts_once(void **state)
{
    enum { WRITES = 400, QUIET_MS = 30 };
    int bursts = 1;
    const char *path = film(state);
    write_text(path, "one");
    Watch *watch = watch_one(path);
    double before = thread_clock_ms(); /* the write before the last one began */
    for (int i = 0; i < WRITES; i++) {
        double begun = thread_clock_ms();
        replace(state, path, i % 2 ? "two" : "three");
        bursts += thread_clock_ms() - before >= QUIET_MS;
        before = begun;
    }
    await_change(1);
    watch_stop(watch);
    assert_in_range(atomic_load(&changes), 1, bursts);
}

static void another_list_takes_the_place_of_the_first(void **state)
{
    const char *a = in_folder(state, "a.py"), *b = in_folder(state, "b.py");
    write_text(a, "one");
    write_text(b, "one");
    Watch *watch = watch_one(a);
    WatchFiles files = {0};
    watch_files_add(&files, b, watch_files_stamp(b));
    watch_set(watch, &files);
    replace(state, a, "two");
    replace(state, b, "two");
    await_change(1);
    watch_stop(watch);
    assert_int_equal(atomic_load(&changes), 1);
}

static void a_folder_may_be_made_again(void **state)
{
    char *folder = mem_printf("%s/looks", (const char *)*state);
    char *path = mem_printf("%s/film.py", folder);
    assert_int_equal(mkdir(folder, 0700), 0);
    write_text(path, "one");
    Watch *watch = watch_one(path);
    unlink(path);
    assert_int_equal(rmdir(folder), 0);
    await_change(1);
    assert_int_equal(mkdir(folder, 0700), 0);
    write_text(path, "one");
    await_change(2);
    int before = atomic_load(&changes);
    replace(state, path, "two");
    await_change(before + 1);
    watch_stop(watch);
    unlink(path);
    rmdir(folder);
    mem_free(path);
    mem_free(folder);
}

/* To close inotify's handle takes long on a busy machine. */
static void a_folder_that_is_watched_on_keeps_the_handle(void **state)
{
    WatchFiles files = {0}, others = {0};
    WatchFolders folders;
    const char *path = film(state), *folder = in_folder(state, "looks");
    char *other = mem_printf("%s/film.py", folder);
    assert_int_equal(mkdir(folder, 0700), 0);
    watch_files_add(&files, path, (FileStamp){0});
    watch_files_add(&others, other, (FileStamp){0});
    watch_folders_init(&folders);
    watch_folders_set(&folders, &files);
    int file = folders.file, number = folders.folders[0]->number;
    write_text(path, "one");
    watch_folders_set(&folders, &files);
    assert_false(watch_folders_read(&folders)); /* it is forgotten */
    assert_int_equal(folders.file, file);
    assert_int_equal(folders.folders[0]->number, number);
    watch_folders_set(&folders, &others);
    write_text(path, "two");
    assert_false(watch_folders_read(&folders));
    write_text(other, "one");
    assert_true(watch_folders_read(&folders));
    assert_int_equal(folders.file, file);
    watch_folders_term(&folders);
    watch_files_clear(&files);
    watch_files_clear(&others);
    unlink(other);
    rmdir(folder);
    mem_free(other);
}

/* Of the log, about folders that are polled. */
static int lines;
static char last_line[256];

static void count_lines(LogLevel level, const char *line)
{
    (void)level;
    lines += strstr(line, "looked at twice a second") != NULL;
    snprintf(last_line, sizeof last_line, "%s", line);
}

static void where_inotify_fails_files_are_polled(void **state)
{
    const char *path = film(state);
    write_text(path, "one");
    WatchFiles files = {0};
    WatchFolders folders;
    struct rlimit limit, none;
    watch_files_add(&files, path, watch_files_stamp(path));
    watch_folders_init(&folders);
    watch_folders_set(&folders, &files);
    assert_false(folders.polled);
    watch_folders_term(&folders);
    Watch *watch = watch_start(count, NULL, NULL);
    getrlimit(RLIMIT_NOFILE, &limit);
    none = (struct rlimit){3, limit.rlim_max}; /* the standard streams have them */
    setrlimit(RLIMIT_NOFILE, &none);
    log_set_sink(count_lines);
    watch_folders_set(&folders, &files); /* in vain, as the thread's below */
    log_set_sink(NULL);
    assert_true(folders.polled);
    assert_int_equal(lines, 1);
    assert_non_null(strstr(last_line, strerror(EMFILE)));
    atomic_store(&changes, 0);
    watch_set(watch, &files);
    assert_int_equal(chmod(path, 0600), 0); /* needs no handle */
    assert_int_equal(truncate(path, 1), 0);
    await_change(1);
    setrlimit(RLIMIT_NOFILE, &limit);
    watch_stop(watch);
    watch_folders_term(&folders);
}

/* However often they are watched anew. */
static void each_folder_that_is_polled_is_told_once(void **state)
{
    WatchFiles files = {0};
    WatchFolders folders;
    watch_files_add(&files, in_folder(state, "none/film.py"), (FileStamp){0});
    watch_files_add(&files, in_folder(state, "nor/film.py"), (FileStamp){0});
    log_set_sink(count_lines);
    lines = 0;
    watch_folders_init(&folders);
    for (int i = 0; i < 3; i++)
        watch_folders_set(&folders, &files);
    assert_true(folders.polled);
    assert_int_equal(lines, 2);
    log_set_sink(NULL);
    watch_folders_term(&folders);
    watch_files_clear(&files);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(a_file_that_is_written_in_place_has_changed),
        IN_FOLDER(a_file_that_is_replaced_has_changed_once),
        IN_FOLDER(a_file_that_is_held_open_has_changed),
        IN_FOLDER(a_file_may_vanish_and_come_back),
        IN_FOLDER(a_file_that_was_missing_appears),
        IN_FOLDER(a_link_is_followed_and_may_be_turned),
        IN_FOLDER(a_change_before_the_watch_is_noticed),
        IN_FOLDER(a_burst_counts_once),
        IN_FOLDER(another_list_takes_the_place_of_the_first),
        IN_FOLDER(a_folder_may_be_made_again),
        IN_FOLDER(a_folder_that_is_watched_on_keeps_the_handle),
        IN_FOLDER(where_inotify_fails_files_are_polled),
        IN_FOLDER(each_folder_that_is_polled_is_told_once),
    };
    log_set_level(LOG_DEBUG);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
