#include "viewer/x11/x11_clipboard.h"

#include <poll.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/thread/errands.h"
#include "base/thread/thread.h"
#include "viewer/x11/xcb_library.h"

enum {
    MOST_WORDS = 256 << 10, /* of the text, of four bytes */
    PATIENCE_MS = 60000,    /* with its owner */
    SLICE_MS = 20           /* between looks whether there is a newer question */
};

struct X11Clipboard {
    Errands *errands;
    atomic_uint newest; /* the number of the question that is still of use */
};

typedef struct Question {
    X11Clipboard *clipboard;
    x11_clipboard_fn *take;
    void *context;
    unsigned number;
    char *text; /* owned; NULL: none */
} Question;

static bool is_newest(const Question *question)
{
    return atomic_load(&question->clipboard->newest) == question->number;
}

/* The thread's connection, with a window that texts come to. */
typedef struct Asker {
    const XcbLibrary *xcb;
    xcb_connection_t *server;
    xcb_window_t window;
    xcb_atom_t clipboard, utf8, place;
} Asker;

static xcb_atom_t atom(const Asker *asker, const char *name)
{
    const XcbLibrary *xcb = asker->xcb;
    xcb_intern_atom_cookie_t asked =
        xcb->xcb_intern_atom(asker->server, 0, (uint16_t)strlen(name), name);
    xcb_intern_atom_reply_t *reply =
        xcb->xcb_intern_atom_reply(asker->server, asked, NULL);
    xcb_atom_t found = reply ? reply->atom : XCB_NONE;
    free(reply);
    return found;
}

static bool begin(Asker *asker)
{
    const XcbLibrary *xcb = asker->xcb;
    asker->server = xcb->xcb_connect(NULL, NULL);
    if (xcb->xcb_connection_has_error(asker->server))
        return false;
    xcb_window_t root =
        xcb->xcb_setup_roots_iterator(xcb->xcb_get_setup(asker->server)).data->root;
    asker->window = xcb->xcb_generate_id(asker->server);
    xcb->xcb_create_window(asker->server, 0, asker->window, root, 0, 0, 1, 1, 0,
                           XCB_WINDOW_CLASS_INPUT_ONLY, XCB_COPY_FROM_PARENT, 0, NULL);
    asker->clipboard = atom(asker, "CLIPBOARD");
    asker->utf8 = atom(asker, "UTF8_STRING");
    asker->place = atom(asker, "LUTIST_PASTED");
    return asker->clipboard && asker->utf8 && asker->place;
}

/* The owner's answer. False: it gives no text, or not in time. */
static bool await_owner(const Asker *asker, const Question *question)
{
    const XcbLibrary *xcb = asker->xcb;
    double end = thread_clock_ms() + PATIENCE_MS;
    struct pollfd file = {.fd = xcb->xcb_get_file_descriptor(asker->server),
                          .events = POLLIN};
    while (is_newest(question) && thread_clock_ms() < end &&
           !xcb->xcb_connection_has_error(asker->server)) {
        xcb_generic_event_t *event = xcb->xcb_poll_for_event(asker->server);
        bool answer = event && (event->response_type & 0x7f) == XCB_SELECTION_NOTIFY;
        bool given = answer && ((xcb_selection_notify_event_t *)event)->property;
        free(event);
        if (answer)
            return given;
        if (!event)
            poll(&file, 1, SLICE_MS);
    }
    return false;
}

/* New; NULL: it is too long, or no text. */
static char *read_text(const Asker *asker)
{
    char *text = NULL;
    const XcbLibrary *xcb = asker->xcb;
    xcb_get_property_cookie_t asked =
        xcb->xcb_get_property(asker->server, 1, asker->window, asker->place,
                              XCB_GET_PROPERTY_TYPE_ANY, 0, MOST_WORDS);
    xcb_get_property_reply_t *reply =
        xcb->xcb_get_property_reply(asker->server, asked, NULL);
    if (reply && reply->type == asker->utf8 && reply->format == 8 &&
        !reply->bytes_after)
        text = mem_printf("%.*s", xcb->xcb_get_property_value_length(reply),
                          (const char *)xcb->xcb_get_property_value(reply));
    free(reply);
    return text;
}

static void ask(void *data)
{
    Question *question = data;
    Asker asker = {.xcb = xcb_library(NULL)};
    const XcbLibrary *xcb = asker.xcb;
    if (!xcb)
        return;
    if (begin(&asker)) {
        xcb->xcb_convert_selection(asker.server, asker.window, asker.clipboard,
                                   asker.utf8, asker.place, XCB_CURRENT_TIME);
        xcb->xcb_flush(asker.server);
        if (await_owner(&asker, question))
            question->text = read_text(&asker);
    }
    xcb->xcb_disconnect(asker.server);
}

static void take(void *data)
{
    const Question *question = data;
    if (question->text || is_newest(question))
        question->take(question->context, question->text);
}

static void drop(void *data)
{
    Question *question = data;
    mem_free(question->text);
    mem_free(question);
}

X11Clipboard *x11_clipboard_open(Dispatch *ui)
{
    Err err;
    X11Clipboard *clipboard = mem_new(1, sizeof *clipboard);
    ErrandsConfig config = {.name = "lutist-clip", .ui = ui};
    clipboard->errands = errands_start(&config, &err);
    if (clipboard->errands)
        return clipboard;
    mem_free(clipboard);
    return NULL;
}

void x11_clipboard_close(X11Clipboard *clipboard)
{
    if (!clipboard)
        return;
    atomic_fetch_add(&clipboard->newest, 1);
    errands_stop(clipboard->errands);
    mem_free(clipboard);
}

void x11_clipboard_ask(X11Clipboard *clipboard, x11_clipboard_fn *taker, void *context)
{
    Question *question = mem_new(1, sizeof *question);
    *question = (Question){.clipboard = clipboard,
                           .take = taker,
                           .context = context,
                           .number = atomic_fetch_add(&clipboard->newest, 1) + 1};
    errands_do(clipboard->errands, clipboard, &(Errand){ask, take, drop, question});
}
