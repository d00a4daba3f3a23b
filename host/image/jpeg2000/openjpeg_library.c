#include "image/jpeg2000/openjpeg_library.h"

LIBRARY_DEFINE(openjpeg_library, OpenjpegLibrary, OPENJPEG_FUNCTIONS, "OpenJPEG",
               "libopenjp2.so.7", "libopenjp2-7")
