#include "python/resource.h"

#include <limits.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/path.h"

/* New string: where the program is installed. The viewer is a program of its own in
 * lib/lutist, the others are in bin. */
static char *prefix(void)
{
    static const char lib[] = "/lib/lutist";
    char program[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    program[length > 0 ? length : 0] = '\0';
    char *folder = path_dir(program);
    size_t used = strlen(folder), below = sizeof lib - 1;
    if (used > below && strcmp(folder + used - below, lib) == 0) {
        folder[used - below] = '\0';
        return folder;
    }
    char *above = path_dir(folder);
    mem_free(folder);
    return above;
}

/* New string: PREFIX/`below`/`name`. */
static char *installed(const char *below, const char *name)
{
    char *from = prefix();
    char *path = mem_printf("%s/%s/%s", from, below, name);
    mem_free(from);
    return path;
}

char *resource_python(void)
{
    return installed("bin", "lutist-python");
}

char *resource_viewer(void)
{
    return installed("lib/lutist", "lutist-view");
}

char *resource_folder(const char *name)
{
    return installed("share/lutist", name);
}
