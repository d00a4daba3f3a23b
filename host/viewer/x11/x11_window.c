#include "viewer/x11/x11_window.h"

#include <SDL_syswm.h>
#include <X11/Xlib.h>
#include <X11/Xutil.h>

#include "image/codec/library.h"

#define XLIB_FUNCTIONS(X)                                                              \
    X(XGetWMNormalHints)                                                               \
    X(XTranslateCoordinates)                                                           \
    X(XSetWMNormalHints)                                                               \
    X(XFlush)                                                                          \
    X(XSetErrorHandler)

LIBRARY_TABLE(Xlib, XLIB_FUNCTIONS);
static const Xlib *xlib_library(Err *err);
LIBRARY_DEFINE(xlib_library, Xlib, XLIB_FUNCTIONS, "libX11", "libX11.so.6", "libx11-6")

/* NULL: it is not X11's. */
static const Xlib *library_for(SDL_Window *window, Display **server, Window *name)
{
    SDL_SysWMinfo info;
    SDL_VERSION(&info.version);
    if (!SDL_GetWindowWMInfo(window, &info) || info.subsystem != SDL_SYSWM_X11)
        return NULL;
    *server = info.info.x11.display;
    *name = info.info.x11.window;
    return xlib_library(NULL);
}

/* Of x11_window_bear_others; Xlib has one handler for the process. */
static struct {
    Window ours;
    XErrorHandler before;
} errors;

static int bear(Display *server, XErrorEvent *error)
{
    bool of_others = error->error_code == BadWindow && error->resourceid != errors.ours;
    return of_others ? 0 : errors.before(server, error);
}

void x11_window_bear_others(SDL_Window *window)
{
    Display *server;
    Window name;
    const Xlib *xlib = library_for(window, &server, &name);
    if (!xlib)
        return;
    errors.ours = name;
    errors.before = xlib->XSetErrorHandler(bear);
}

bool x11_window_set_least(SDL_Window *window, int width, int height)
{
    Display *server;
    Window name;
    long given;
    XSizeHints hints = {0};
    const Xlib *xlib = library_for(window, &server, &name);
    if (!xlib)
        return false;
    xlib->XGetWMNormalHints(server, name, &hints, &given);
    hints.flags |= PMinSize;
    hints.min_width = width;
    hints.min_height = height;
    xlib->XSetWMNormalHints(server, name, &hints);
    xlib->XFlush(server);
    return true;
}

bool x11_window_corner(SDL_Window *window, int *x, int *y)
{
    Display *server;
    Window name, child;
    const Xlib *xlib = library_for(window, &server, &name);
    return xlib && xlib->XTranslateCoordinates(server, name, DefaultRootWindow(server),
                                               0, 0, x, y, &child);
}
