#include "viewer/action/key_config.h"

#include <stdlib.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/watch/watch.h"
#include "viewer/action/action_table.h"
#include "viewer/keys/keys_file.h"

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

/* The bindings anew. Keys that are held come up first: their rows are the table's, but
 * their arguments are not. */
static void load(App *app)
{
    KeysFaults faults = {0};
    bindings_term(&app->keys.bindings);
    key_list_free(app->keys.lines);
    bindings_init(&app->keys.bindings, action_table());
    if (app->keys.path)
        keys_file_load(app->keys.path, &app->keys.bindings, &faults);
    app->keys.lines = key_list_lines(&app->keys.bindings);
    tell(app, &faults);
    keys_file_clear(&faults);
}

/* Watch the file and, if it is a link, what it leads to. */
static void watch(App *app)
{
    WatchFiles files = {0};
    watch_files_add(&files, app->keys.path, watch_files_stamp(app->keys.path));
    char *real = realpath(app->keys.path, NULL);
    if (real)
        watch_files_add(&files, real, watch_files_stamp(real));
    free(real);
    watch_set(app->keys.watch, &files);
}

/* On the UI thread. */
static void reload(void *context)
{
    App *app = context;
    watch(app);
    load(app);
    trace_line(&app->trace, "keys loaded");
}

/* On the watch's thread. */
static void changed(void *context)
{
    App *app = context;
    DispatchItem item = {reload, NULL, app};
    dispatch_post_newest(app->inbox, &app->keys.watch, &item);
}

void key_config_open(App *app, bool ignored)
{
    Err err;
    app->keys.path = ignored ? NULL : keys_file_path();
    app->keys.watch = app->keys.path ? watch_start(changed, app, &err) : NULL;
    if (app->keys.watch)
        watch(app);
    else if (app->keys.path)
        log_error("%s: changes of %s are not seen", err.text, app->keys.path);
    load(app);
}

void key_config_close(App *app)
{
    watch_stop(app->keys.watch);
    key_list_free(app->keys.lines);
    bindings_term(&app->keys.bindings);
    mem_free(app->keys.path);
}
