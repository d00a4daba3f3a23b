/* sdl_library — SDL2_image, opened when the first file needs it.
 *
 * It brings some sixty shared libraries; a machine without it reads all other formats.
 * Nothing here initialises SDL: surfaces and RWops need none of its subsystems.
 * Threads: any; the library is opened once.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_SDL_SDL_LIBRARY_H
#define LUTIST_IMAGE_SDL_SDL_LIBRARY_H

#include <SDL.h>
#include <SDL_image.h>

#include "base/err.h"

typedef struct SdlLibrary {
    __typeof__(&SDL_RWFromFP) rw_from_file;
    __typeof__(&SDL_GetError) get_error;
    __typeof__(&SDL_ClearError) clear_error;
    __typeof__(&SDL_ConvertSurfaceFormat) convert;
    __typeof__(&SDL_FreeSurface) free_surface;
    __typeof__(&IMG_LoadTyped_RW) load;
    __typeof__(&IMG_Linked_Version) version;
} SdlLibrary;

/* Borrowed for the process's life. NULL: *err is ERR_FILE and names what is missing. */
const SdlLibrary *sdl_library(Err *err);

#endif
