#include "viewer/x11/x11_frames.h"

#include "base/mem.h"
#include "base/thread/errands.h"

struct X11Frames {
    /* immutable after open */
    X11Screen *screen;
    Dispatch *inbox; /* the UI thread's, for these answers alone */
    Errands *errands;
    /* the UI thread; the other one while a frame is on its way */
    Damage damage;
    /* UI thread only */
    bool busy;
};

X11Frames *x11_frames_open(struct SDL_Window *window, dispatch_fn wake, void *context)
{
    Err err;
    X11Screen *screen = x11_screen_open(window);
    if (!screen)
        return NULL;
    X11Frames *frames = mem_new(1, sizeof *frames);
    frames->screen = screen;
    frames->inbox = dispatch_new();
    dispatch_on_wake(frames->inbox, wake, context);
    ErrandsConfig config = {.name = "lutist-frames", .ui = frames->inbox};
    frames->errands = errands_start(&config, &err);
    if (frames->errands)
        return frames;
    x11_frames_close(frames);
    return NULL;
}

void x11_frames_close(X11Frames *frames)
{
    if (!frames)
        return;
    dispatch_close(frames->inbox);
    errands_stop(frames->errands);
    dispatch_free(frames->inbox);
    x11_screen_close(frames->screen);
    mem_free(frames);
}

const X11Screen *x11_frames_screen(const X11Frames *frames)
{
    return frames->screen;
}

static void put(void *data)
{
    const X11Frames *frames = data;
    x11_screen_put(frames->screen, &frames->damage);
}

static void take(void *data)
{
    X11Frames *frames = data;
    frames->busy = false;
}

static void drop(void *data)
{
    (void)data;
}

void x11_frames_send(X11Frames *frames, const Damage *damage)
{
    REQUIRE(!frames->busy);
    frames->busy = true;
    frames->damage = *damage;
    errands_do(frames->errands, frames, &(Errand){put, take, drop, frames});
}

bool x11_frames_is_busy(const X11Frames *frames)
{
    return frames->busy;
}

bool x11_frames_collect(X11Frames *frames)
{
    bool busy = frames->busy;
    while (dispatch_process(frames->inbox, 0) == DISPATCH_RAN)
        ;
    return busy && !frames->busy;
}
