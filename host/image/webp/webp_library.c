#include "image/webp/webp_library.h"

LIBRARY_DEFINE(webp_library, WebpLibrary, WEBP_FUNCTIONS, "libwebp", "libwebp.so.7",
               "libwebp7")
