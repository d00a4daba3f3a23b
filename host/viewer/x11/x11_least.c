#include "viewer/x11/x11_least.h"

#include <SDL_syswm.h>
#include <X11/Xlib.h>
#include <X11/Xutil.h>

#include "image/codec/library.h"

#define XLIB_FUNCTIONS(X)                                                              \
    X(XGetWMNormalHints)                                                               \
    X(XSetWMNormalHints)                                                               \
    X(XFlush)

LIBRARY_TABLE(Xlib, XLIB_FUNCTIONS);
static const Xlib *xlib_library(Err *err);
LIBRARY_DEFINE(xlib_library, Xlib, XLIB_FUNCTIONS, "libX11", "libX11.so.6", "libx11-6")

bool x11_least_set(SDL_Window *window, int width, int height)
{
    SDL_SysWMinfo info;
    SDL_VERSION(&info.version);
    const Xlib *xlib = xlib_library(NULL);
    if (!xlib || !SDL_GetWindowWMInfo(window, &info) || info.subsystem != SDL_SYSWM_X11)
        return false;
    long given;
    XSizeHints hints = {0};
    Display *server = info.info.x11.display;
    xlib->XGetWMNormalHints(server, info.info.x11.window, &hints, &given);
    hints.flags |= PMinSize;
    hints.min_width = width;
    hints.min_height = height;
    xlib->XSetWMNormalHints(server, info.info.x11.window, &hints);
    xlib->XFlush(server);
    return true;
}
