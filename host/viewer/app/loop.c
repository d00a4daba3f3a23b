#include "viewer/app/loop.h"

#include "base/thread/thread.h"
#include "viewer/app/events.h"
#include "viewer/app/frame.h"
#include "viewer/app/saving.h"
#include "viewer/app/seeing.h"

void loop_run(App *app)
{
    events_watch_typing(app);
    app->clock.dirty = true;
    while (!app->quit) {
        SDL_Event event;
        int timeout = app_wait(app, thread_clock_ms());
        int got =
            timeout < 0 ? SDL_WaitEvent(&event) : SDL_WaitEventTimeout(&event, timeout);
        measure_turn_begin(app->measure);
        if (got)
            events_handle(app, &event);
        else
            app->clock.dirty = true;
        if (frame_collect(app)) /* what it shows does not change until it is seen */
            app_collect(app);
        saving_collect(app);
        seeing_update(app);
        app_update(app);
        if (app->clock.dirty && !app->quit && app_wait(app, thread_clock_ms()) == 0)
            frame_draw(app);
        seeing_update(app);
        app_update(app);
        measure_turn_end(app->measure);
    }
    events_unwatch_typing(app);
}
