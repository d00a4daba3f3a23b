#include "image/codec/library.h"

#include <dlfcn.h>
#include <string.h>

#include "base/mem.h"

/* More addresses than a library takes with all that it needs. */
enum { ROOM = 64 << 20 };

/* dlsym knows only objects; a slot takes a function. */
static bool fill_slot(void *handle, const char *name, library_fn *slot)
{
    void *symbol = dlsym(handle, name);
    memcpy(slot, &symbol, sizeof symbol);
    return symbol;
}

static bool fill_slots(void *handle, const Library *library)
{
    for (int i = 0; library->functions[i]; i++)
        if (!fill_slot(handle, library->functions[i], &library->slots[i]))
            return false;
    return true;
}

static bool is_opened(const Library *library)
{
    void *handle = dlopen(library->file, RTLD_NOW | RTLD_LOCAL);
    if (handle && fill_slots(handle, library))
        return true;
    if (handle)
        dlclose(handle);
    return false;
}

bool library_open(Library *library, Err *err)
{
    pthread_mutex_lock(&library->lock);
    library->is_open = library->is_open || is_opened(library);
    bool is_open = library->is_open;
    pthread_mutex_unlock(&library->lock);
    /* dlopen has only words for the reason, in the user's language. */
    return is_open ||
           (mem_expect(ROOM, err) &&
            err_set(err, ERR_FILE, "%s cannot be opened (%s); install the package %s",
                    library->name, library->file, library->package));
}
