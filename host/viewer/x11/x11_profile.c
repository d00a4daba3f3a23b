#include "viewer/x11/x11_profile.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "image/meta/meta.h"
#include "viewer/x11/xcb_library.h"

static xcb_window_t root_of(const XcbLibrary *xcb, xcb_connection_t *server, int screen)
{
    xcb_screen_iterator_t at =
        xcb->xcb_setup_roots_iterator(xcb->xcb_get_setup(server));
    for (; screen > 0 && at.rem > 1; screen--)
        xcb->xcb_screen_next(&at);
    return at.rem > 0 ? at.data->root : XCB_NONE;
}

void x11_profile_name(int display, char name[X11_PROFILE_NAME])
{
    snprintf(name, X11_PROFILE_NAME, display ? "_ICC_PROFILE_%d" : "_ICC_PROFILE",
             display);
}

static xcb_atom_t atom_of(const XcbLibrary *xcb, xcb_connection_t *server)
{
    char name[X11_PROFILE_NAME];
    x11_profile_name(0, name);
    xcb_intern_atom_cookie_t asked =
        xcb->xcb_intern_atom(server, 1, (uint16_t)strlen(name), name);
    xcb_intern_atom_reply_t *reply = xcb->xcb_intern_atom_reply(server, asked, NULL);
    xcb_atom_t atom = reply ? reply->atom : XCB_NONE;
    free(reply);
    return atom;
}

static Block read_property(const XcbLibrary *xcb, xcb_connection_t *server,
                           xcb_window_t root, xcb_atom_t atom)
{
    Block icc = {0};
    xcb_get_property_cookie_t asked = xcb->xcb_get_property(
        server, 0, root, atom, XCB_GET_PROPERTY_TYPE_ANY, 0, X11_PROFILE_WORDS);
    xcb_get_property_reply_t *reply = xcb->xcb_get_property_reply(server, asked, NULL);
    if (reply && reply->format == 8 && reply->bytes_after == 0)
        meta_set(&icc, xcb->xcb_get_property_value(reply),
                 (size_t)xcb->xcb_get_property_value_length(reply), NULL);
    free(reply);
    return icc;
}

Block x11_profile(void)
{
    Block icc = {0};
    const char *display = getenv("DISPLAY");
    const XcbLibrary *xcb = display && *display ? xcb_library(NULL) : NULL;
    if (!xcb)
        return icc;
    int screen = 0;
    xcb_connection_t *server = xcb->xcb_connect(NULL, &screen);
    if (!xcb->xcb_connection_has_error(server)) {
        xcb_atom_t atom = atom_of(xcb, server);
        xcb_window_t root = root_of(xcb, server, screen);
        if (atom && root)
            icc = read_property(xcb, server, root, atom);
    }
    xcb->xcb_disconnect(server);
    return icc;
}
