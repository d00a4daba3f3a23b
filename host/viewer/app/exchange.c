#include "viewer/app/exchange.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "viewer/app/app_file.h"

/* The watch looks at the disk, which may be slow. */
typedef struct WatchErrand {
    FolderWatch *watch;
    char **inputs; /* owned, each too */
    int count;
} WatchErrand;

static void watch_inputs(void *data)
{
    WatchErrand *errand = data;
    folder_watch_inputs(errand->watch, (const char *const *)errand->inputs,
                        errand->count);
}

static void watch_taken(void *data)
{
    (void)data;
}

static void watch_drop(void *data)
{
    WatchErrand *errand = data;
    for (int i = 0; i < errand->count; i++)
        mem_free(errand->inputs[i]);
    mem_free(errand->inputs);
    mem_free(errand);
}

/* What stands for the files, or the followed folder that holds none yet. */
static void watch(App *app)
{
    char *followed = (char *)app->file.follow;
    int count = app->files.count ? app->files.n_inputs : 1;
    char **inputs = app->files.count ? app->files.inputs : &followed;
    WatchErrand *errand = mem_new(1, sizeof *errand);
    *errand = (WatchErrand){app->watch, mem_new((size_t)count, sizeof *errand->inputs),
                            count};
    for (int i = 0; i < count; i++)
        errand->inputs[i] = mem_dup(inputs[i]);
    folder_watch_leave(app->watch);
    errands_do(app->errands, app->watch,
               &(Errand){watch_inputs, watch_taken, watch_drop, errand});
}

void exchange_begin(App *app, FileList *files, bool alone)
{
    Exchanged *exchanged = &app->exchanged;
    int count = exchanged->n_before++;
    exchanged->before =
        mem_more(exchanged->before, (size_t)count, 1, sizeof *exchanged->before);
    exchanged->before[count] = (EarlierFiles){app->files, exchanged->alone};
    if (!exchanged->pending)
        exchanged->before_err = app->file.err;
    exchanged->pending = true;
    exchanged->alone = alone;
    exchanged->failed = 0;
    app->files = *files;
    *files = (FileList){0};
    watch(app);
    app_open_file(app);
}

/* True: a folder was followed, which is not among the files any more. */
static bool stop_following(App *app)
{
    const char *folder = app->file.follow;
    for (int i = 0; folder && i < app->files.n_inputs; i++)
        if (strcmp(app->files.inputs[i], folder) == 0)
            return false;
    app->file.follow = NULL;
    return folder;
}

void exchange_forget(App *app)
{
    Exchanged *exchanged = &app->exchanged;
    exchanged->pending = false;
    for (int i = 0; i < exchanged->n_before; i++)
        file_list_close(&exchanged->before[i].files);
    mem_free(exchanged->before);
    exchanged->before = NULL;
    exchanged->n_before = 0;
}

static void succeed(App *app)
{
    Exchanged *exchanged = &app->exchanged;
    int count = app->files.count, failed = exchanged->failed;
    bool left = stop_following(app);
    char text[sizeof exchanged->why.text + 128] = "", unread[64] = "";
    if (failed)
        snprintf(unread, sizeof unread, "; %d cannot be read: ", failed);
    snprintf(text, sizeof text, "Opened: %d image%s%s%s%s", count,
             count == 1 ? "" : "s", unread, failed ? exchanged->why.text : "",
             left ? "; the folder is not followed any more" : "");
    exchange_forget(app);
    app_notice(app, text);
}

static void give_back(App *app)
{
    Exchanged *exchanged = &app->exchanged;
    int failed = exchanged->failed;
    char *text = failed == 1
                     ? mem_printf("Not opened: %s", exchanged->why.text)
                     : mem_printf("Not opened: none of %d images can be read: %s",
                                  failed, exchanged->why.text);
    const EarlierFiles *last = &exchanged->before[--exchanged->n_before];
    file_list_close(&app->files);
    app->files = last->files;
    exchanged->alone = last->alone;
    watch(app);
    if (exchanged->n_before > 0)
        app_open_file(app);
    else if (app->files.count)
        app_file_come_back(app);
    if (!exchanged->n_before)
        exchange_forget(app);
    app_notice(app, text);
    mem_free(text);
}

static bool fail(App *app, const Err *err)
{
    Exchanged *exchanged = &app->exchanged;
    if (!exchanged->failed++) {
        exchanged->why = *err;
        app_file_name_alone(&exchanged->why, file_list_path(&app->files));
    }
    bool more = !exchanged->alone && file_list_step(&app->files, 1);
    bool back = exchanged->n_before > 1 || exchanged->before->files.count;
    if (!more && !back && !app->file.follow) {
        exchange_forget(app);
        return false;
    }
    app->file.err = exchanged->before_err;
    if (more)
        app_open_file(app);
    else
        give_back(app);
    return true;
}

bool exchange_answer(App *app, const Loaded *loaded)
{
    if (!app->exchanged.pending || loaded->number != app->file.number)
        return false;
    if (!loaded->pyramid)
        return fail(app, &loaded->err);
    if (pyramid_image(loaded->pyramid))
        succeed(app);
    return false;
}
