#include "image/raw/libraw_library.h"

LIBRARY_DEFINE(libraw_library, LibrawLibrary, LIBRAW_FUNCTIONS, "LibRaw",
               "libraw_r.so.20", "libraw20")
