#include "viewer/app/app_file.h"

#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/thread/thread.h"
#include "pipe/setting_words.h"

/* The likeliest is another step in the same direction. The picture that may have to
 * come back is kept. */
static void expect_files(App *app)
{
    const EarlierFiles *shown = app->exchanged.before;
    const FileList *files = &app->files;
    int ahead = files->back ? -1 : 1, count = 0;
    bool kept = shown && shown->files.count;
    const char *beside[] = {file_list_beside(files, ahead),
                            kept ? file_list_path(&shown->files)
                                 : file_list_beside(files, -ahead)};
    const char *expected[2];
    for (int i = 0; i < 2; i++)
        if (beside[i])
            expected[count++] = beside[i];
    loader_expect(app->loader, expected, count);
}

/* `again`: the file may not be complete; a failure keeps the picture. */
static void open_file(App *app, bool again)
{
    if (!app->files.count)
        return;
    if (app->file.gone && app->path)
        file_list_forget(&app->files, app->path);
    const char *path = file_list_path(&app->files);
    wanted_file_send(&app->file, loader_want(app->loader, path, again), app->since);
    app->file.again = again;
    app->clock.dirty = true;
    expect_files(app);
}

void app_open_file(App *app)
{
    open_file(app, false);
}

bool app_file_is_settled(const App *app)
{
    return !app->file.answer.waiting && !app->clock.fresh &&
           app->picture.now.view.image == app->picture.image;
}

static bool is_coming(const App *app)
{
    const PictureArea *picture = &app->picture;
    bool other = picture->image && picture->now.view.image != picture->image;
    return wanted_file_is_read(&app->file) || (other && app->clock.expected);
}

const char *app_file_reading(const App *app, double now)
{
    double since = app->file.answer.since_ms;
    bool slow = is_coming(app) && now >= since + PENDING_MARK_MS;
    return slow || app->file.partial_ms ? file_list_path(&app->files) : NULL;
}

/* New string. */
static char *gone_text(const App *app)
{
    return mem_printf("%s was deleted: its picture stays.",
                      app->path ? path_name(app->path) : "");
}

/* The wanted file was written, perhaps not to its end. */
static void read_again(App *app)
{
    bool shown = app->pyramid && !app->file.err.kind;
    char *gone = gone_text(app);
    notice_withdraw(&app->notice, gone);
    mem_free(gone);
    app->since = thread_clock_ms();
    open_file(app, shown || app->file.follow);
}

void app_file_name_alone(Err *err, const char *path)
{
    char *dir = path_dir(path), *folder = path_join(dir, "");
    err_without(err, folder);
    mem_free(folder);
    mem_free(dir);
}

void app_file_come_back(App *app)
{
    bool shown = app->path && strcmp(app->path, file_list_path(&app->files)) == 0;
    if (app->file.gone && shown)
        expect_files(app); /* there is nothing to read */
    else
        read_again(app);
}

static void tell_gone(App *app)
{
    char *text = gone_text(app);
    app->file.gone = true;
    app_notice(app, text);
    mem_free(text);
    app_set_title(app);
}

/* False: the newest file of the followed folder is known, or the window tries other
 * files at this moment; it counts as new when they are given back. */
static bool follow(App *app, const FolderNews *news)
{
    if (!app->file.follow || !news->newest || news->newest_ns <= app->file.newest_ns ||
        file_list_find(&app->files, news->newest) < 0)
        return false;
    app->file.newest_ns = news->newest_ns;
    return file_list_go(&app->files, news->newest);
}

static void take_picture_news(App *app, PictureNews news)
{
    if (app->file.answer.waiting)
        return; /* a change since then is told with the answer */
    if (news == PICTURE_CHANGED)
        read_again(app);
    else if (news == PICTURE_GONE && app->path &&
             strcmp(app->path, file_list_path(&app->files)) == 0)
        tell_gone(app);
}

void app_file_take_news(void *context, FolderNews *news)
{
    App *app = context;
    bool first = !app->files.count && news->files.count;
    app->clock.dirty = true;
    take_picture_news(app, news->picture);
    if (news->listed && file_list_refresh(&app->files, &news->files)) {
        trace_line(&app->trace, "files %d", app->files.count);
        expect_files(app);
    }
    if (follow(app, news) || first)
        read_again(app);
}

/* The values beside the picture. */

ParamValue *app_file_values(const App *app)
{
    const ParamSet *set = app->panel.set;
    char *shown = path_join(app->save.folder, app_file(app));
    char *words = sidecars_words_of(&app->session.sidecars, shown);
    mem_free(shown);
    if (!words)
        return param_values_copy(app->panel.values, set->count);
    ParamValue *values = param_defaults(set);
    SettingRead read;
    setting_words_read(words, set, values, &read);
    mem_free(words);
    return values;
}

void app_file_take_sidecar(void *context, SidecarNews *news)
{
    App *app = context;
    char notice[1536];
    if (!sidecars_take(&app->session.sidecars, news, notice, sizeof notice))
        return;
    app->clock.dirty = true;
    if (notice[0]) {
        app_notice(app, notice);
        log_error("%s", notice);
    }
}
