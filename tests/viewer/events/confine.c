/* confine — preloaded, it hides from lutist's lists every folder outside
 * $LUTIST_CONFINED: opendir() of one fails as that of a stranger's folder does, and a
 * line on stderr tells of it: "hidden PATH". Python's own lists, and those of
 * libraries, are what they are.
 *
 * Threads: any.
 * Python:  unaware. */
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef DIR *(*opendir_fn)(const char *path);

/* Does the code of the window call from there? */
static bool is_window(const void *caller)
{
    Dl_info from;
    return dladdr(caller, &from) && strstr(from.dli_fname, "/lutist/viewer.so");
}

static bool is_below(const char *path, const char *folder)
{
    size_t length = strlen(folder);
    return strncmp(path, folder, length) == 0 &&
           (path[length] == '/' || path[length] == '\0');
}

/* The C library's name of the parameter is reserved to it. */
/* NOLINTNEXTLINE(readability-inconsistent-declaration-parameter-name) */
DIR *opendir(const char *path)
{
    const char *inside = getenv("LUTIST_CONFINED");
    char *whole = realpath(path, NULL);
    bool hidden = inside && whole && !is_below(whole, inside) &&
                  !is_below(whole, "/proc") && is_window(__builtin_return_address(0));
    void *symbol = dlsym(RTLD_NEXT, "opendir");
    opendir_fn real;
    memcpy(&real, &symbol, sizeof real);
    if (hidden)
        dprintf(2, "hidden %s\n", whole);
    free(whole);
    if (!hidden)
        return real(path);
    errno = EACCES;
    return NULL;
}
