#include "viewer/x11/x11_loss.h"

#include <pthread.h>
#include <unistd.h>

#include <X11/Xlib.h>

#include "image/codec/library.h"

#define LOSS_FUNCTIONS(X) X(XSetIOErrorHandler)

LIBRARY_TABLE(Xlib, LOSS_FUNCTIONS);
static const Xlib *xlib_library(Err *err);
LIBRARY_DEFINE(xlib_library, Xlib, LOSS_FUNCTIONS, "libX11", "libX11.so.6", "libx11-6")

/* Of x11_loss_watch. */
static struct {
    pthread_t thread;
    x11_loss_fn *end;
    void *context;
} ui;

/* If it returned, Xlib would call exit(). */
static int note_loss(Display *connection)
{
    (void)connection;
    if (ui.end && pthread_equal(pthread_self(), ui.thread))
        ui.end(ui.context);
    while (ui.end)
        pause();
    return 0;
}

void x11_loss_watch(x11_loss_fn *end, void *context)
{
    const Xlib *xlib = xlib_library(NULL);
    ui.thread = pthread_self();
    ui.end = end;
    ui.context = context;
    if (xlib)
        xlib->XSetIOErrorHandler(note_loss);
}
