#include "image/heif/heif_library.h"

LIBRARY_DEFINE(heif_library, HeifLibrary, HEIF_FUNCTIONS, "libheif", "libheif.so.1",
               "libheif1")
