/* xcb_library — libxcb, opened when it is first needed: only a window on X11 needs it.
 *
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_X11_XCB_LIBRARY_H
#define LUTIST_VIEWER_X11_XCB_LIBRARY_H

#include <xcb/xcb.h>

#include "image/codec/library.h"

#define XCB_FUNCTIONS(X)                                                               \
    X(xcb_connect)                                                                     \
    X(xcb_connection_has_error)                                                        \
    X(xcb_disconnect)                                                                  \
    X(xcb_get_file_descriptor)                                                         \
    X(xcb_get_setup)                                                                   \
    X(xcb_setup_roots_iterator)                                                        \
    X(xcb_screen_next)                                                                 \
    X(xcb_generate_id)                                                                 \
    X(xcb_create_window)                                                               \
    X(xcb_intern_atom)                                                                 \
    X(xcb_intern_atom_reply)                                                           \
    X(xcb_convert_selection)                                                           \
    X(xcb_flush)                                                                       \
    X(xcb_poll_for_event)                                                              \
    X(xcb_get_property)                                                                \
    X(xcb_get_property_reply)                                                          \
    X(xcb_get_property_value)                                                          \
    X(xcb_get_property_value_length)

LIBRARY_TABLE(XcbLibrary, XCB_FUNCTIONS);

/* As library_open. */
const XcbLibrary *xcb_library(Err *err);

#endif
