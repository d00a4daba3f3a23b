#include "viewer/x11/x11_loss.h"

#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

#include <X11/Xlib.h>

#include "image/codec/library.h"

#define LOSS_FUNCTIONS(X) X(XSetIOErrorHandler)

LIBRARY_TABLE(Xlib, LOSS_FUNCTIONS);
static const Xlib *xlib_library(Err *err);
LIBRARY_DEFINE(xlib_library, Xlib, LOSS_FUNCTIONS, "libX11", "libX11.so.6", "libx11-6")

/* Of x11_loss_watch. */
static struct {
    pthread_t thread;
    x11_loss_fn *_Atomic end; /* any thread */
    void *context;
} ui;

/* When it returns, Xlib calls exit(). */
static int note_loss(Display *connection)
{
    static const struct timespec MOMENT = {.tv_nsec = 50000000};
    (void)connection;
    x11_loss_fn *end = atomic_load(&ui.end);
    if (end && pthread_equal(pthread_self(), ui.thread))
        end(ui.context);
    while (
        atomic_load(&ui.end)) /* until the UI thread notices, or has ended in order */
        nanosleep(&MOMENT, NULL);
    return 0;
}

void x11_loss_watch(x11_loss_fn *end, void *context)
{
    const Xlib *xlib = xlib_library(NULL);
    ui.thread = pthread_self();
    ui.context = context;
    atomic_store(&ui.end, end);
    if (xlib)
        xlib->XSetIOErrorHandler(note_loss);
}
