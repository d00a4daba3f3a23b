#include "viewer/tips/bar_tip.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/path.h"
#include "viewer/app/app_file.h"

static void add_keys(const App *app, TipText *tip, const char *label,
                     const char *action)
{
    tip_text_keys(tip, &app->keys.bindings, label, action);
}

static void tell_file(const App *app, TipText *tip)
{
    char *path = path_join(app->save.folder, app_file(app)), *folder = path_dir(path);
    char *where = mem_printf("In %s", folder);
    snprintf(tip->title, sizeof tip->title, "%s", path_name(app_file(app)));
    if (app->file.gone)
        tip_text_add(tip, "It was deleted, and its picture stays");
    tip_text_add(tip, where);
    add_keys(app, tip, "Histogram, then camera data (EXIF)", "info");
    add_keys(app, tip, "Save", "save");
    add_keys(app, tip, "Open others", "open");
    mem_free(where);
    mem_free(folder);
    mem_free(path);
}

static void tell_place(const App *app, TipText *tip)
{
    snprintf(tip->title, sizeof tip->title, "Image %d of %d",
             file_list_find(&app->files, app_file(app)) + 1, app->files.count);
    add_keys(app, tip, "Next", "next");
    add_keys(app, tip, "Previous", "previous");
    add_keys(app, tip, "First", "first");
    add_keys(app, tip, "Last", "last");
}

static void tell_size(const App *app, TipText *tip)
{
    ImageInfo info = app->shown.file.info;
    char text[64];
    snprintf(tip->title, sizeof tip->title, "%d × %d pixels", info.width, info.height);
    snprintf(text, sizeof text, "%.*f megapixels, %d bits a channel",
             info.width * (double)info.height < 1e6 ? 3 : 1,
             info.width * (double)info.height / 1e6, info.depth);
    tip_text_add(tip, text);
    add_keys(app, tip, "Histogram, then camera data (EXIF)", "info");
}

static void tell_zoom(const App *app, TipText *tip)
{
    snprintf(tip->title, sizeof tip->title, "Shown at %.3g%%",
             viewport_zoom(&app->picture.viewport) * 100);
    add_keys(app, tip, "Fit the window", "fit");
    add_keys(app, tip, "100%", "actual-size");
    add_keys(app, tip, "In", "zoom-in");
    add_keys(app, tip, "Out", "zoom-out");
}

static void tell_profile(const App *app, TipText *tip)
{
    snprintf(tip->title, sizeof tip->title, "%s", app->shown.file.profile);
    tip_text_add(tip, app->view.bare
                          ? "The picture's ICC profile, which is not used now"
                          : "The picture's ICC profile");
    add_keys(app, tip, "With or without it", "profile");
}

static void tell_times(const App *app, TipText *tip)
{
    snprintf(tip->title, sizeof tip->title, "Times");
    tip_text_add(tip, "Processed: the look, on the visible part of the picture. "
                      "Rendered: from your input to the screen");
    add_keys(app, tip, "Hide them", "times");
}

static void tell_mode(const App *app, TipText *tip)
{
    char text[TIMING_TEXT];
    snprintf(tip->title, sizeof tip->title, "Mode: %s", mode_name(app->view.mode));
    tip_text_add(tip,
                 "How the pixels are mapped. The picture is the same in all modes");
    if (app->shown.now.known)
        tip_text_add(tip, timing_text_now(&app->shown.now, 0, text));
    add_keys(app, tip, "List", "modes");
    add_keys(app, tip, "Next", "mode-next");
    add_keys(app, tip, app->times ? "Hide the times" : "Show the times", "times");
    if (param_find(app->panel.set, "mode") < 0)
        tip_text_own_keys(tip, &app->keys.bindings, "mode");
}

bool bar_tip(const App *app, const char *name, TipText *tip)
{
    static const struct {
        const char *name;
        void (*tell)(const App *app, TipText *tip);
    } fields[] = {{"bar:file", tell_file},   {"bar:place", tell_place},
                  {"bar:size", tell_size},   {"bar:zoom", tell_zoom},
                  {"bar:times", tell_times}, {"bar:profile", tell_profile},
                  {"modes", tell_mode},      {"bar:before", tell_times}};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        if (strcmp(name, fields[i].name) != 0)
            continue;
        fields[i].tell(app, tip);
        return true;
    }
    return false;
}
