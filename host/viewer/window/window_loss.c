#include "viewer/window/window_loss.h"

#include <stdlib.h>

#include <SDL_syswm.h>
#include <wayland-client-core.h>

#include "image/codec/library.h"

#define WAYLAND_FUNCTIONS(X) X(wl_display_get_error)

LIBRARY_TABLE(Wayland, WAYLAND_FUNCTIONS);
static const Wayland *wayland_library(Err *err);
LIBRARY_DEFINE(wayland_library, Wayland, WAYLAND_FUNCTIONS, "libwayland-client",
               "libwayland-client.so.0", "libwayland-client0")

static bool is_of(SDL_Window *window, SDL_SYSWM_TYPE system, SDL_SysWMinfo *info)
{
    SDL_VERSION(&info->version);
    return window && SDL_GetWindowWMInfo(window, info) && info->subsystem == system;
}

void window_loss_watch(SDL_Window *window, x11_loss_fn *end, void *context)
{
    SDL_SysWMinfo info;
    if (is_of(window, SDL_SYSWM_X11, &info))
        x11_loss_watch(end, context);
}

bool window_loss_has_come(SDL_Window *window)
{
    SDL_SysWMinfo info;
    const Wayland *wayland =
        is_of(window, SDL_SYSWM_WAYLAND, &info) ? wayland_library(NULL) : NULL;
    return wayland && wayland->wl_display_get_error(info.info.wl.display) != 0;
}

void window_loss_tell(Err *err)
{
    const char *x11 = getenv("DISPLAY"), *wayland = getenv("WAYLAND_DISPLAY");
    bool is_x11 = SDL_GetCurrentVideoDriver()[0] == 'x';
    const char *name = is_x11 ? x11 : wayland;
    err_set(err, ERR_ENV, "the connection to the display has ended: %s=%s",
            is_x11 ? "DISPLAY" : "WAYLAND_DISPLAY", name ? name : "");
}
