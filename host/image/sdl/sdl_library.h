/* sdl_library — the functions of SDL2 and SDL2_image that lutist calls.
 *
 * They bring some sixty shared libraries. Nothing here initialises SDL: surfaces and
 * RWops need none of its subsystems.
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_SDL_SDL_LIBRARY_H
#define LUTIST_IMAGE_SDL_SDL_LIBRARY_H

#include <SDL.h>
#include <SDL_image.h>

#include "image/codec/library.h"

/* SDL2_image depends on SDL2, whose names are found through it, too. */
#define SDL_FUNCTIONS(X)                                                               \
    X(SDL_RWFromFP)                                                                    \
    X(SDL_GetError)                                                                    \
    X(SDL_ClearError)                                                                  \
    X(SDL_ConvertSurfaceFormat)                                                        \
    X(SDL_FreeSurface)                                                                 \
    X(IMG_LoadTyped_RW)                                                                \
    X(IMG_Linked_Version)

LIBRARY_TABLE(SdlLibrary, SDL_FUNCTIONS);
const SdlLibrary *sdl_library(Err *err);

#endif
