#include "viewer/fonts/fontconfig_library.h"

LIBRARY_DEFINE(fontconfig_library, FontconfigLibrary, FONTCONFIG_FUNCTIONS,
               "libfontconfig", "libfontconfig.so.1", "libfontconfig1")
