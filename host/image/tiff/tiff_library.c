#include "image/tiff/tiff_library.h"

LIBRARY_DEFINE(tiff_library, TiffLibrary, TIFF_FUNCTIONS, "libtiff", "libtiff.so.6",
               "libtiff6")
