#include "image/sdl/sdl_library.h"

LIBRARY_DEFINE(sdl_library, SdlLibrary, SDL_FUNCTIONS, "SDL2_image",
               "libSDL2_image-2.0.so.0", "libsdl2-image-2.0-0")
