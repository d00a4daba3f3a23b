#include "viewer/x11/x11_screen.h"

#include <stdbool.h>
#include <sys/ipc.h>
#include <sys/shm.h>

#include <SDL_syswm.h>
#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/XShm.h>

#include "base/mem.h"
#include "image/codec/library.h"

#define XLIB_FUNCTIONS(X)                                                              \
    X(XOpenDisplay)                                                                    \
    X(XCloseDisplay)                                                                   \
    X(XGetWindowAttributes)                                                            \
    X(XCreateGC)                                                                       \
    X(XFreeGC)                                                                         \
    X(XSetErrorHandler)                                                                \
    X(XSync)
#define XEXT_FUNCTIONS(X)                                                              \
    X(XShmQueryExtension)                                                              \
    X(XShmCreateImage)                                                                 \
    X(XShmAttach)                                                                      \
    X(XShmDetach)                                                                      \
    X(XShmPutImage)

LIBRARY_TABLE(Xlib, XLIB_FUNCTIONS);
LIBRARY_TABLE(Xext, XEXT_FUNCTIONS);
static const Xlib *xlib_library(Err *err);
static const Xext *xext_library(Err *err);
LIBRARY_DEFINE(xlib_library, Xlib, XLIB_FUNCTIONS, "libX11", "libX11.so.6", "libx11-6")
LIBRARY_DEFINE(xext_library, Xext, XEXT_FUNCTIONS, "libXext", "libXext.so.6",
               "libxext6")

struct X11Screen {
    const Xlib *xlib;
    const Xext *xext;
    Display *display;
    Window window;
    GC gc;
    XImage *image;
    XShmSegmentInfo memory;
};

static bool refused; /* the server; UI thread only */

/* Xlib's own handler would end the process. */
static int note_error(Display *display, XErrorEvent *event)
{
    (void)display;
    (void)event;
    refused = true;
    return 0;
}

/* A server of another machine, or in a container of its own, has no part in the memory.
 */
static bool attach(X11Screen *screen)
{
    refused = false;
    screen->xext->XShmAttach(screen->display, &screen->memory);
    screen->xlib->XSync(screen->display, False);
    return !refused;
}

/* The memory goes with the last of both that leaves it, however they end. */
static bool share(X11Screen *screen)
{
    size_t size = (size_t)screen->image->bytes_per_line * (size_t)screen->image->height;
    int id = shmget(IPC_PRIVATE, size, IPC_CREAT | 0600);
    void *data = id < 0 ? NULL : shmat(id, NULL, 0);
    screen->memory = (XShmSegmentInfo){.shmid = id};
    bool good = data && (intptr_t)data != -1;
    if (good) {
        screen->memory.shmaddr = screen->image->data = data;
        good = attach(screen);
    }
    if (id >= 0)
        shmctl(id, IPC_RMID, NULL);
    return good;
}

static bool is_usual(const XImage *image)
{
    const uint32_t one = 1;
    int own = *(const uint8_t *)&one ? LSBFirst : MSBFirst;
    return image->bits_per_pixel == 32 && image->byte_order == own &&
           image->bytes_per_line == 4 * image->width && image->red_mask == 0xff0000 &&
           image->green_mask == 0xff00 && image->blue_mask == 0xff;
}

static int larger(int a, int b)
{
    return a > b ? a : b;
}

static bool prepare(X11Screen *screen)
{
    XWindowAttributes is;
    const Xext *xext = screen->xext;
    if (!xext->XShmQueryExtension(screen->display) ||
        !screen->xlib->XGetWindowAttributes(screen->display, screen->window, &is))
        return false;
    int width = larger(WidthOfScreen(is.screen), is.width);
    int height = larger(HeightOfScreen(is.screen), is.height);
    screen->image =
        xext->XShmCreateImage(screen->display, is.visual, (unsigned)is.depth, ZPixmap,
                              NULL, &screen->memory, (unsigned)width, (unsigned)height);
    if (!screen->image || !is_usual(screen->image) || !share(screen))
        return false;
    screen->gc = screen->xlib->XCreateGC(screen->display, screen->window, 0, NULL);
    return true;
}

/* In another connection the window has the same name. */
static Display *connect_to(const Xlib *xlib, SDL_Window *window, Window *name)
{
    SDL_SysWMinfo info;
    SDL_VERSION(&info.version);
    if (!SDL_GetWindowWMInfo(window, &info) || info.subsystem != SDL_SYSWM_X11)
        return NULL;
    *name = info.info.x11.window;
    return xlib->XOpenDisplay(DisplayString(info.info.x11.display));
}

X11Screen *x11_screen_open(SDL_Window *window)
{
    Window name;
    const Xlib *xlib = xlib_library(NULL);
    const Xext *xext = xext_library(NULL);
    Display *display = xlib && xext ? connect_to(xlib, window, &name) : NULL;
    if (!display)
        return NULL;
    X11Screen *screen = mem_new(1, sizeof *screen);
    *screen = (X11Screen){xlib, xext, .display = display, .window = name};
    XErrorHandler before = xlib->XSetErrorHandler(note_error);
    bool good = prepare(screen);
    xlib->XSetErrorHandler(before);
    if (good)
        return screen;
    x11_screen_close(screen);
    return NULL;
}

void x11_screen_close(X11Screen *screen)
{
    if (!screen)
        return;
    if (screen->gc) {
        screen->xlib->XFreeGC(screen->display, screen->gc);
        screen->xext->XShmDetach(screen->display, &screen->memory);
    }
    screen->xlib->XCloseDisplay(screen->display);
    if (screen->memory.shmaddr)
        shmdt(screen->memory.shmaddr);
    if (screen->image) {
        screen->image->data = NULL;
        XDestroyImage(screen->image);
    }
    mem_free(screen);
}

uint32_t *x11_screen_pixels(const X11Screen *screen)
{
    return (uint32_t *)(void *)screen->image->data;
}

int x11_screen_width(const X11Screen *screen)
{
    return screen->image->width;
}

int x11_screen_height(const X11Screen *screen)
{
    return screen->image->height;
}

void x11_screen_put(X11Screen *screen, const Damage *damage)
{
    Rect all = {0, 0, screen->image->width, screen->image->height};
    for (int i = 0; i < damage->count; i++) {
        Rect part = rect_common(damage->parts[i], all);
        if (rect_is_empty(part))
            continue;
        screen->xext->XShmPutImage(screen->display, screen->window, screen->gc,
                                   screen->image, part.x, part.y, part.x, part.y,
                                   (unsigned)part.w, (unsigned)part.h, False);
    }
    screen->xlib->XSync(screen->display, False);
}
