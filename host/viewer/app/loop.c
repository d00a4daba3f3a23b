#include "viewer/app/loop.h"

#include "base/thread/thread.h"
#include "viewer/app/events.h"
#include "viewer/app/frame.h"

void loop_run(App *app)
{
    app->clock.dirty = true;
    while (!app->quit) {
        SDL_Event event;
        int timeout = app_wait(app, thread_clock_ms());
        int got =
            timeout < 0 ? SDL_WaitEvent(&event) : SDL_WaitEventTimeout(&event, timeout);
        if (got)
            events_handle(app, &event);
        else
            app->clock.dirty = true;
        app_collect(app);
        app_update(app);
        if (app->clock.dirty && !app->quit && app_wait(app, thread_clock_ms()) == 0)
            frame_draw(app);
        app_update(app);
    }
}
