#include "viewer/x11/xcb_library.h"

LIBRARY_DEFINE(xcb_library, XcbLibrary, XCB_FUNCTIONS, "libxcb", "libxcb.so.1",
               "libxcb1")
