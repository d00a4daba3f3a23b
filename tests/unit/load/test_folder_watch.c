/* The watch of folders: which file is the newest, and that all is told. */
#include "cm.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "test_folder.h"
#include "viewer/load/folder_watch.h"

typedef struct Window {
    Dispatch *ui;
    FolderWatch *watch;
    int files; /* of the newest list */
    char newest[64];
    PictureNews picture; /* the newest that is none of PICTURE_SAME */
} Window;

static void take(void *context, FolderNews *news)
{
    Window *window = context;
    if (news->files.count)
        window->files = news->files.count;
    if (news->newest)
        snprintf(window->newest, sizeof window->newest, "%s",
                 strrchr(news->newest, '/') + 1);
    if (news->picture)
        window->picture = news->picture;
}

static void start(Window *window, const char *folder)
{
    Err err;
    *window = (Window){.ui = dispatch_new()};
    FolderWatchConfig config = {.inputs = &folder,
                                .n_inputs = 1,
                                .follow = folder,
                                .ui = window->ui,
                                .take = take,
                                .context = window};
    window->watch = folder_watch_start(&config, &err);
    assert_non_null(window->watch);
}

static void stop(Window *window)
{
    dispatch_close(window->ui);
    folder_watch_stop(window->watch);
    dispatch_free(window->ui);
}

static void write_file(const char *path, int64_t second)
{
    bytes_write(path, "x", 1);
    struct timespec times[2] = {{.tv_sec = second}, {.tv_sec = second}};
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

static void files_that_come_and_go_are_told(void **state)
{
    Window window;
    const char *a = in_folder(state, "a.png");
    write_file(a, 10);
    start(&window, *state);
    write_file(in_folder(state, "b.png"), 5);
    while (window.files != 2)
        dispatch_process(window.ui, -1);
    write_file(in_folder(state, "c.png"), 20);
    while (window.files != 3 || strcmp(window.newest, "c.png") != 0)
        dispatch_process(window.ui, -1);
    unlink(in_folder(state, "c.png"));
    while (window.files != 2)
        dispatch_process(window.ui, -1);
    stop(&window);
}

static void what_was_left_is_not_listed(void **state)
{
    Window window;
    start(&window, *state);
    folder_watch_leave(window.watch);
    write_file(in_folder(state, "d.png"), 50);
    while (strcmp(window.newest, "d.png") != 0)
        dispatch_process(window.ui, -1);
    assert_int_equal(window.files, 0);
    folder_watch_inputs(window.watch, (const char *const *)state, 1);
    while (window.files == 0)
        dispatch_process(window.ui, -1);
    stop(&window);
    unlink(in_folder(state, "d.png"));
}

static void a_picture_s_changes_are_told(void **state)
{
    Window window;
    const char *a = in_folder(state, "a.png");
    write_file(a, 10);
    start(&window, *state);
    folder_watch_picture(window.watch, a, watch_files_stamp(a));
    write_file(a, 30);
    while (window.picture != PICTURE_CHANGED)
        dispatch_process(window.ui, -1);
    unlink(a);
    while (window.picture != PICTURE_GONE)
        dispatch_process(window.ui, -1);
    write_file(a, 40);
    while (window.picture != PICTURE_CHANGED)
        dispatch_process(window.ui, -1);
    /* It changed between being read and being watched. */
    window.picture = PICTURE_SAME;
    folder_watch_picture(window.watch, a, (FileStamp){.inode = 1});
    while (window.picture != PICTURE_CHANGED)
        dispatch_process(window.ui, -1);
    stop(&window);
}

static void the_newest_is_the_one_written_last(void **state)
{
    (void)state;
    int64_t ns;
    char *paths[] = {(char *)in_folder(state, "a.png"),
                     (char *)in_folder(state, "b.png"),
                     (char *)in_folder(state, "none.png")};
    FileList files = {.paths = paths, .count = 3};
    write_file(paths[0], 7);
    write_file(paths[1], 7);
    char *newest = folder_watch_newest("", &files, &ns);
    assert_string_equal(newest, paths[1]); /* the later name */
    assert_true(ns == 7000000000);
    mem_free(newest);
    write_file(paths[0], 8);
    newest = folder_watch_newest("", &files, &ns);
    assert_string_equal(newest, paths[0]);
    mem_free(newest);
    assert_null(folder_watch_newest("", &(FileList){0}, &ns));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_that_come_and_go_are_told),
        cmocka_unit_test(what_was_left_is_not_listed),
        cmocka_unit_test(a_picture_s_changes_are_told),
        cmocka_unit_test(the_newest_is_the_one_written_last),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
