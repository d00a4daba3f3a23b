#include "viewer/x11/x11_displays.h"

#include <poll.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <X11/Xlib.h>
#include <X11/extensions/Xrandr.h>

#include "base/mem.h"
#include "base/thread/thread.h"
#include "image/codec/library.h"
#include "image/meta/meta.h"
#include "viewer/x11/x11_profile.h"

#define XLIB_FUNCTIONS(X)                                                              \
    X(XOpenDisplay)                                                                    \
    X(XCloseDisplay)                                                                   \
    X(XInternAtoms)                                                                    \
    X(XGetWindowProperty)                                                              \
    X(XFree)                                                                           \
    X(XSelectInput)                                                                    \
    X(XPending)                                                                        \
    X(XNextEvent)
#define XRANDR_FUNCTIONS(X)                                                            \
    X(XRRQueryExtension)                                                               \
    X(XRRQueryVersion)                                                                 \
    X(XRRSelectInput)                                                                  \
    X(XRRGetMonitors)                                                                  \
    X(XRRFreeMonitors)

LIBRARY_TABLE(Xlib, XLIB_FUNCTIONS);
LIBRARY_TABLE(Xrandr, XRANDR_FUNCTIONS);
static const Xlib *xlib_library(Err *err);
static const Xrandr *xrandr_library(Err *err);
LIBRARY_DEFINE(xlib_library, Xlib, XLIB_FUNCTIONS, "libX11", "libX11.so.6", "libx11-6")
LIBRARY_DEFINE(xrandr_library, Xrandr, XRANDR_FUNCTIONS, "libXrandr", "libXrandr.so.2",
               "libxrandr2")

struct X11Displays {
    /* immutable after open */
    const Xlib *xlib;
    const Xrandr *xrandr;
    Dispatch *ui;
    dispatch_fn changed;
    void *context;
    pthread_t thread;
    int wake; /* an eventfd: the end has come */
    /* the UI thread's until the other one is started */
    Display *server;
    int first_event; /* of RandR */
    Atom profiles[X11_DISPLAYS_MOST];
    X11DisplayList told;
    /* UI thread only */
    X11DisplayList now;
};

static void list_drop(X11DisplayList *list)
{
    for (int i = 0; i < list->count; i++)
        meta_drop(&list->all[i].icc);
    list->count = 0;
}

static bool list_copy(X11DisplayList *to, const X11DisplayList *from)
{
    bool whole = true;
    *to = *from;
    for (int i = 0; i < to->count; i++) {
        const Block *icc = &from->all[i].icc;
        to->all[i].icc = (Block){0};
        whole = meta_set(&to->all[i].icc, icc->data, icc->size, NULL) && whole;
    }
    return whole;
}

static bool is_same(const X11Display *a, const X11Display *b)
{
    return rect_is_same(a->at, b->at) && a->mm_wide == b->mm_wide &&
           a->icc.size == b->icc.size &&
           (!a->icc.size || memcmp(a->icc.data, b->icc.data, a->icc.size) == 0);
}

static bool list_is_same(const X11DisplayList *a, const X11DisplayList *b)
{
    bool same = a->count == b->count;
    for (int i = 0; same && i < a->count; i++)
        same = is_same(&a->all[i], &b->all[i]);
    return same;
}

/* The other thread. */

/* Televisions that know no size say 16 to 9, or that in centimetres. */
static int believed_mm(const XRRMonitorInfo *monitor)
{
    bool made_up =
        monitor->mwidth == 1600 || monitor->mwidth == 160 || monitor->mwidth == 16;
    return made_up ? 0 : monitor->mwidth;
}

/* Over the connection that is there: another one takes long to a machine far away. */
static Block read_profile(const X11Displays *displays, int number)
{
    Atom type;
    int format = 0;
    unsigned long count = 0, rest = 0;
    unsigned char *value = NULL;
    Block icc = {0};
    displays->xlib->XGetWindowProperty(
        displays->server, DefaultRootWindow(displays->server),
        displays->profiles[number], 0, X11_PROFILE_WORDS, False, AnyPropertyType, &type,
        &format, &count, &rest, &value);
    if (value && format == 8 && !rest)
        meta_set(&icc, value, count, NULL);
    if (value)
        displays->xlib->XFree(value);
    return icc;
}

static X11DisplayList read_list(const X11Displays *displays)
{
    X11DisplayList list = {0};
    int count = 0;
    XRRMonitorInfo *found = displays->xrandr->XRRGetMonitors(
        displays->server, DefaultRootWindow(displays->server), True, &count);
    for (int i = 0; found && i < count && i < X11_DISPLAYS_MOST; i++) {
        const XRRMonitorInfo *is = &found[i];
        list.all[list.count++] =
            (X11Display){.at = {is->x, is->y, is->width, is->height},
                         .mm_wide = believed_mm(is),
                         .icc = read_profile(displays, i)};
    }
    if (found)
        displays->xrandr->XRRFreeMonitors(found);
    return list;
}

typedef struct News {
    X11Displays *displays;
    X11DisplayList list;
} News;

static void deliver(void *data)
{
    News *news = data;
    X11Displays *displays = news->displays;
    list_drop(&displays->now);
    displays->now = news->list;
    news->list.count = 0;
    displays->changed(displays->context);
}

static void drop(void *data)
{
    News *news = data;
    list_drop(&news->list);
    mem_free(news);
}

static void tell(X11Displays *displays)
{
    X11DisplayList list = read_list(displays);
    if (list_is_same(&list, &displays->told)) {
        list_drop(&list);
        return;
    }
    News *news = mem_new(1, sizeof *news);
    news->displays = displays;
    if (list_copy(&news->list, &list))
        dispatch_post_newest(displays->ui, displays,
                             &(DispatchItem){deliver, drop, news});
    else
        drop(news);
    list_drop(&displays->told);
    displays->told = list;
}

static bool concerns(const X11Displays *displays, const XEvent *event)
{
    if (event->type != PropertyNotify)
        return event->type == ConfigureNotify ||
               (event->type >= displays->first_event &&
                event->type < displays->first_event + RRNumberEvents);
    bool found = false;
    for (int i = 0; i < X11_DISPLAYS_MOST; i++)
        found = found || event->xproperty.atom == displays->profiles[i];
    return found;
}

static void watch(void *data)
{
    X11Displays *displays = data;
    struct pollfd files[] = {
        {.fd = ConnectionNumber(displays->server), .events = POLLIN},
        {.fd = displays->wake, .events = POLLIN}};
    while (!(files[1].revents & POLLIN)) {
        bool changed = false;
        while (displays->xlib->XPending(displays->server) > 0) {
            XEvent event;
            displays->xlib->XNextEvent(displays->server, &event);
            changed = concerns(displays, &event) || changed;
        }
        if (changed)
            tell(displays);
        else
            poll(files, 2, -1);
    }
}

/* The UI thread. */

static bool connect_to_server(X11Displays *displays)
{
    int error, major, minor;
    char names[X11_DISPLAYS_MOST][X11_PROFILE_NAME], *list[X11_DISPLAYS_MOST];
    displays->server = displays->xlib->XOpenDisplay(NULL);
    Display *server = displays->server;
    const Xrandr *xrandr = displays->xrandr;
    if (!server || !xrandr->XRRQueryExtension(server, &displays->first_event, &error) ||
        !xrandr->XRRQueryVersion(server, &major, &minor) || (major == 1 && minor < 5))
        return false;
    for (int i = 0; i < X11_DISPLAYS_MOST; i++) {
        x11_profile_name(i, names[i]);
        list[i] = names[i];
    }
    displays->xlib->XInternAtoms(server, list, X11_DISPLAYS_MOST, False,
                                 displays->profiles);
    Window root = DefaultRootWindow(server);
    displays->xlib->XSelectInput(server, root,
                                 PropertyChangeMask | StructureNotifyMask);
    xrandr->XRRSelectInput(server, root,
                           RRScreenChangeNotifyMask | RRCrtcChangeNotifyMask |
                               RROutputChangeNotifyMask);
    displays->told = read_list(displays);
    return list_copy(&displays->now, &displays->told);
}

static void displays_free(X11Displays *displays)
{
    if (displays->server)
        displays->xlib->XCloseDisplay(displays->server);
    if (displays->wake >= 0)
        close(displays->wake);
    list_drop(&displays->told);
    list_drop(&displays->now);
    mem_free(displays);
}

X11Displays *x11_displays_open(Dispatch *ui, dispatch_fn changed, void *context)
{
    Err err;
    const Xlib *xlib = xlib_library(NULL);
    const Xrandr *xrandr = xrandr_library(NULL);
    if (!xlib || !xrandr)
        return NULL;
    X11Displays *displays = mem_new(1, sizeof *displays);
    *displays = (X11Displays){.xlib = xlib,
                              .xrandr = xrandr,
                              .ui = ui,
                              .changed = changed,
                              .context = context,
                              .wake = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)};
    if (displays->wake >= 0 && connect_to_server(displays) &&
        thread_start(&displays->thread, "lutist-screens", watch, displays, &err))
        return displays;
    displays_free(displays);
    return NULL;
}

void x11_displays_close(X11Displays *displays)
{
    if (!displays)
        return;
    eventfd_write(displays->wake, 1);
    pthread_join(displays->thread, NULL);
    displays_free(displays);
}

const X11DisplayList *x11_displays_now(const X11Displays *displays)
{
    return &displays->now;
}
