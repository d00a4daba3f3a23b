#include "viewer/action/opening.h"

#include <stdio.h>

#include "base/mem.h"
#include "base/path.h"
#include "viewer/action/actions.h"
#include "viewer/action/drop.h"

bool opening_is_open(const App *app)
{
    return app->opener.state != OPENER_CLOSED;
}

const char *opening_invitation(const App *app, char text[INVITATION_TEXT])
{
    if (app->files.count || app->file.follow)
        return NULL;
    char *keys = actions_keys(app, "open");
    snprintf(text, INVITATION_TEXT, "or click here to choose some%s%s%s",
             *keys ? " (" : "", keys, *keys ? ")" : "");
    mem_free(keys);
    return text;
}

void opening_begin(App *app)
{
    char *path = path_join(app->save.folder, app_file(app));
    panel_leave_field(&app->panel);
    file_opener_open(&app->opener, path);
    mem_free(path);
}

static void take_chosen(App *app)
{
    char *path = app->opener.chosen;
    app->opener.chosen = NULL;
    if (path)
        drop_open(app, path, app->opener.typed);
    mem_free(path);
}

void opening_key(App *app, SDL_Keysym key)
{
    bool lists = app->opener.state == OPENER_LISTS;
    app->clock.dirty = true;
    if (lists && actions_of(app, key) == ACTION_OPEN)
        file_opener_ask(&app->opener);
    else
        file_opener_key(&app->opener, key);
    take_chosen(app);
}

void opening_pass(App *app, Rect bounds, Rect room)
{
    file_opener_pass(&app->opener, &app->ui, bounds, room);
    take_chosen(app);
}
