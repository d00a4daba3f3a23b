#include "image/webp/webp_library.h"

LIBRARY_DEFINE(webp_library, WebpLibrary, WEBP_FUNCTIONS, "libwebp", "libwebp.so.7",
               "libwebp7")
LIBRARY_DEFINE(webp_mux_library, WebpMuxLibrary, WEBP_MUX_FUNCTIONS, "libwebpmux",
               "libwebpmux.so.3", "libwebpmux3")
