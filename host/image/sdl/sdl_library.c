#include "image/sdl/sdl_library.h"

#include <dlfcn.h>
#include <pthread.h>
#include <string.h>

static SdlLibrary library;
static bool found;

/* The slots take functions of any type; dlsym knows only objects. */
static bool find(void *handle, const char *name, void *slot)
{
    void *symbol = dlsym(handle, name);
    memcpy(slot, &symbol, sizeof symbol);
    return symbol;
}

static void open_library(void)
{
    /* It depends on SDL2, whose names are found through it, too. */
    void *handle = dlopen("libSDL2_image-2.0.so.0", RTLD_NOW | RTLD_LOCAL);
    found = handle && find(handle, "SDL_RWFromFP", &library.rw_from_file) &&
            find(handle, "SDL_GetError", &library.get_error) &&
            find(handle, "SDL_ClearError", &library.clear_error) &&
            find(handle, "SDL_ConvertSurfaceFormat", &library.convert) &&
            find(handle, "SDL_FreeSurface", &library.free_surface) &&
            find(handle, "IMG_LoadTyped_RW", &library.load) &&
            find(handle, "IMG_Linked_Version", &library.version);
}

const SdlLibrary *sdl_library(Err *err)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, open_library);
    if (found)
        return &library;
    err_set(err, ERR_FILE, "it needs SDL2_image (package libsdl2-image-2.0-0)");
    return NULL;
}
