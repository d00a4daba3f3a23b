#include "viewer/action/key_config.h"

#include <stdlib.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/watch/watch.h"
#include "viewer/action/action_table.h"
#include "viewer/keys/keys_file.h"

/* The file as it is read, which may take a disk's time, on its way to the window. */
typedef struct Reading {
    App *app;         /* the UI thread's, but for keys.path */
    WatchFiles files; /* the file and, if it is a link, what it leads to */
    Bindings bindings;
    KeyLine *lines; /* owned */
    KeysFaults faults;
} Reading;

static void read_file(Reading *reading, const char *path)
{
    watch_files_add(&reading->files, path, watch_files_stamp(path));
    char *real = realpath(path, NULL);
    if (real)
        watch_files_add(&reading->files, real, watch_files_stamp(real));
    free(real);
    keys_file_load(path, &reading->bindings, &reading->faults);
}

static Reading *read_keys(App *app)
{
    Reading *reading = mem_new(1, sizeof *reading);
    reading->app = app;
    bindings_init(&reading->bindings, action_table());
    if (app->keys.path)
        read_file(reading, app->keys.path);
    reading->lines = key_list_lines(&reading->bindings);
    return reading;
}

static void reading_free(void *data)
{
    Reading *reading = data;
    watch_files_clear(&reading->files);
    bindings_term(&reading->bindings);
    key_list_free(reading->lines);
    keys_file_clear(&reading->faults);
    mem_free(reading);
}

/* All faults on the terminal, the first one in the window. */
static void tell(App *app, const KeysFaults *faults)
{
    for (int i = 0; i < faults->count && i < KEYS_FAULTS; i++) {
        char *line = keys_file_tell(app->keys.path, &faults->list[i]);
        log_error("%s", line);
        mem_free(line);
    }
    if (!faults->count)
        return;
    char *first = keys_file_tell(path_name(app->keys.path), &faults->list[0]);
    char *text = faults->count == 1 ? mem_dup(first)
                                    : mem_printf("%s (and %d more: see the terminal)",
                                                 first, faults->count - 1);
    app_notice(app, text);
    mem_free(text);
    mem_free(first);
}

/* The bindings before go with `reading`. A key that is held keeps its row, which is the
 * table's. */
static void take(void *data)
{
    Reading *reading = data;
    Keys *keys = &reading->app->keys;
    Bindings before = keys->bindings;
    KeyLine *lines = keys->lines;
    keys->bindings = reading->bindings;
    keys->lines = reading->lines;
    reading->bindings = before;
    reading->lines = lines;
    if (keys->watch)
        watch_set(keys->watch, &reading->files);
    tell(reading->app, &reading->faults);
}

/* On the UI thread. */
static void take_again(void *data)
{
    const Reading *reading = data;
    take(data);
    trace_line(&reading->app->trace, "keys loaded");
}

/* On the watch's thread. */
static void changed(void *context)
{
    App *app = context;
    DispatchItem item = {take_again, reading_free, read_keys(app)};
    dispatch_post_newest(app->inbox, &app->keys.watch, &item);
}

void key_config_open(App *app, bool ignored)
{
    Err err;
    app->keys.path = ignored ? NULL : keys_file_path();
    app->keys.watch = app->keys.path ? watch_start(changed, app, &err) : NULL;
    if (app->keys.path && !app->keys.watch)
        log_error("%s: changes of %s are not seen", err.text, app->keys.path);
    Reading *reading = read_keys(app);
    take(reading);
    reading_free(reading);
}

void key_config_close(App *app)
{
    watch_stop(app->keys.watch);
    key_list_free(app->keys.lines);
    bindings_term(&app->keys.bindings);
    mem_free(app->keys.path);
}
