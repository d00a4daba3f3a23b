#include "image/jxl/jxl_library.h"

LIBRARY_DEFINE(jxl_library, JxlLibrary, JXL_FUNCTIONS, "libjxl", "libjxl.so.0.7",
               "libjxl0.7")
