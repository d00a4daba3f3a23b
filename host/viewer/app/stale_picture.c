#include "viewer/app/stale_picture.h"

/* Is anything under way that a newer picture may come from? */
static bool is_coming(const App *app)
{
    return app->clock.expected || app->panel.changed || app->values.changed ||
           app->view.changed || app->values.answer.waiting ||
           app->script_load.answer.waiting || app->file.answer.waiting;
}

const char *stale_picture_mark(const App *app)
{
    const PictureArea *picture = &app->picture;
    if (!picture->now.view.width || picture->now.view.original || app->file.err.kind ||
        !app->script_load.known || is_coming(app))
        return NULL;
    if (picture->now.view.image != picture->image)
        return "The file before: F5 tries again";
    return app->shown.serial != app->values.serial || !picture_area_is_exact(picture)
               ? "Earlier values: F5 tries again"
               : NULL;
}

void stale_picture_retry(App *app)
{
    app->values.changed = app->view.changed = app->clock.dirty = true;
}
