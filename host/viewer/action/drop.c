#include "viewer/action/drop.h"

#include <errno.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "base/path.h"
#include "base/text/shell_quote.h"
#include "image/codec/format.h"
#include "viewer/app/exchange.h"

void drop_add(App *app, char *path)
{
    Dropped *dropped = &app->dropped;
    if (!path || !*path) { /* no path of this machine */
        SDL_free(path);
        return;
    }
    dropped->paths =
        mem_more(dropped->paths, (size_t)dropped->count, 1, sizeof *dropped->paths);
    dropped->paths[dropped->count++] = path;
}

/* Is the mouse over the row of a parameter for files? It takes any file. */
static bool is_over_file_row(const App *app)
{
    int hover = app->panel.hover;
    return hover >= 0 && panel_param(&app->panel, hover)->kind == PARAM_FILE;
}

/* The parameter of the bundled look for tables. */
static void put_table(FILE *out, void *path)
{
    fputs("-p table=", out);
    shell_quote_put(out, path);
}

static void show_table(App *app, const char *path)
{
    char *words = mem_written(put_table, (void *)path);
    edit_await(&app->edit, "cube", words);
    look_menu_want(&app->panel.looks, "cube");
    mem_free(words);
}

static void give_to_parameter(App *app, const char *path)
{
    Err err;
    if (panel_drop(&app->panel, path, &err))
        return;
    if (path_ext_is(path, "cube") && !panel_takes_files(&app->panel))
        show_table(app, path);
    else
        app_notice(app, err.text);
}

/* What was dropped is looked at by an errand: the disk may be slow. */
typedef struct Drop {
    App *app;            /* the UI thread's */
    Dropped dropped;     /* owned */
    const char **images; /* the paths among them that are images or folders; owned */
    int n_images;
    bool *is_image; /* of each path; owned */
    char *first;    /* of a path that was chosen: the image to begin with; owned */
    char *typed;    /* the path, if it was typed; owned */
    bool chosen;    /* not dropped: to miss it is an error of its own */
    FileList files; /* of all images; empty: there is none */
    Err err;        /* why it is empty */
} Drop;

static void dropped_clear(Dropped *dropped)
{
    for (int i = 0; i < dropped->count; i++)
        SDL_free(dropped->paths[i]);
    mem_free(dropped->paths);
    *dropped = (Dropped){0};
}

static void drop_free(void *data)
{
    Drop *drop = data;
    dropped_clear(&drop->dropped);
    file_list_close(&drop->files);
    mem_free(drop->images);
    mem_free(drop->first);
    mem_free(drop->typed);
    mem_free(drop->is_image);
    mem_free(drop);
}

static bool is_image_or_folder(const char *path)
{
    struct stat about;
    return format_is_image_name(path) ||
           (stat(path, &about) == 0 && S_ISDIR(about.st_mode));
}

/* An image that was chosen stands for its folder. */
static bool look_at_chosen(Drop *drop)
{
    char **path = drop->dropped.paths;
    struct stat about;
    if (stat(*path, &about) != 0)
        return err_set_errno(&drop->err, ERR_FILE, errno, "%s", *path);
    if (!S_ISDIR(about.st_mode) && format_is_image_name(*path)) {
        char *folder = path_dir(*path);
        drop->first = mem_dup(*path);
        SDL_free(*path);
        *path = SDL_strdup(folder);
        mem_free(folder);
    }
    return true;
}

static void look_at_drop(void *data)
{
    Drop *drop = data;
    int count = drop->dropped.count;
    drop->images = mem_new((size_t)count, sizeof *drop->images);
    drop->is_image = mem_new((size_t)count, sizeof *drop->is_image);
    bool there = !drop->chosen || look_at_chosen(drop);
    for (int i = 0; i < count; i++) {
        const char *path = drop->dropped.paths[i];
        drop->is_image[i] = !there || is_image_or_folder(path);
        if (drop->is_image[i])
            drop->images[drop->n_images++] = path;
    }
    if (there && drop->n_images)
        file_list_open(&drop->files, drop->images, drop->n_images, &drop->err);
}

/* Has the user gone on to something else that takes the keys? */
static bool is_busy(const App *app)
{
    return number_field_is_open(&app->panel.field) || panel_is_covered(&app->panel) ||
           save_dialog_is_open(&app->save.dialog) || app->help.open ||
           app->opener.state != OPENER_CLOSED;
}

/* Instead of the files that are open. */
static void open_images(App *app, Drop *drop)
{
    if (!drop->files.count) {
        if (drop->typed && !is_busy(app))
            file_opener_ask_again(&app->opener, drop->typed, drop->err.text);
        app_notice(app, drop->err.text);
        return;
    }
    if (drop->first)
        file_list_go(&drop->files, drop->first);
    exchange_begin(app, &drop->files, drop->first);
}

static void take_drop(void *data)
{
    Drop *drop = data;
    App *app = drop->app;
    for (int i = 0; i < drop->dropped.count; i++) {
        const char *path = drop->dropped.paths[i];
        if (!drop->is_image[i] && path_ext_is(path, "py"))
            look_menu_want(&app->panel.looks, path);
        else if (!drop->is_image[i])
            give_to_parameter(app, path);
    }
    if (drop->n_images)
        open_images(app, drop);
}

/* Takes `content`. */
static void look_at(App *app, const Drop *content)
{
    Drop *drop = mem_new(1, sizeof *drop);
    *drop = *content;
    errands_do(app->errands, drop, &(Errand){look_at_drop, take_drop, drop_free, drop});
}

void drop_open(App *app, const char *path, bool typed)
{
    Dropped dropped = {mem_new(1, sizeof *dropped.paths), 1};
    dropped.paths[0] = SDL_strdup(path);
    look_at(app, &(Drop){.app = app,
                         .dropped = dropped,
                         .typed = typed ? mem_dup(path) : NULL,
                         .chosen = true});
}

void drop_end(App *app)
{
    Dropped *dropped = &app->dropped;
    if (!dropped->count) {
        app_notice(app, "What was dropped is no file of this machine.");
        return;
    }
    if (is_over_file_row(app)) {
        for (int i = 0; i < dropped->count; i++)
            give_to_parameter(app, dropped->paths[i]);
        dropped_clear(dropped);
        return;
    }
    look_at(app, &(Drop){.app = app, .dropped = *dropped});
    *dropped = (Dropped){0};
}
