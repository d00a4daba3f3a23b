#include "cmd/cmd_view.h"

#include <dlfcn.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "cmd/cmd.h"
#include "python/resource.h"

typedef struct Library {
    const char *file, *package;
} Library;

static const Library LIBRARIES[] = {
    {"libSDL2-2.0.so.0", "libsdl2-2.0-0"},
    {"libSDL2_ttf-2.0.so.0", "libsdl2-ttf-2.0-0"},
};

static bool check_library(const Library *library, Err *err)
{
    void *handle = dlopen(library->file, RTLD_LAZY | RTLD_LOCAL);
    if (!handle)
        return err_set(err, ERR_ENV,
                       "the viewer needs %s (package %s); batch and run do not",
                       library->file, library->package);
    dlclose(handle);
    return true;
}

bool cmd_view_check(Err *err)
{
    char *viewer = resource_viewer();
    bool there = access(viewer, X_OK) == 0 ||
                 err_set(err, ERR_ENV, "%s: %s", viewer, strerror(errno));
    mem_free(viewer);
    for (int i = 0; i < 2 && there; i++)
        there = check_library(&LIBRARIES[i], err);
    return there;
}

/* Goes on as lutist-view, with the same arguments, and returns only where it cannot. */
bool cmd_view(const Options *options, int *code, Err *err)
{
    (void)code;
    if (!cmd_view_check(err))
        return false;
    char *viewer = resource_viewer();
    execv(viewer, options->argv);
    err_set(err, ERR_ENV, "%s: %s", viewer, strerror(errno));
    mem_free(viewer);
    return false;
}
