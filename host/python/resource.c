#include "python/resource.h"

#include <limits.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/path.h"

/* New string: the program's folder. */
static char *bin_folder(void)
{
    char program[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    program[length > 0 ? length : 0] = '\0';
    return path_dir(program);
}

char *resource_python(void)
{
    char *bin = bin_folder();
    char *path = path_join(bin, "lutist-python");
    mem_free(bin);
    return path;
}

char *resource_folder(const char *name)
{
    char *bin = bin_folder();
    char *prefix = path_dir(bin);
    char *folder = mem_printf("%s/share/lutist/%s", prefix, name);
    mem_free(prefix);
    mem_free(bin);
    return folder;
}
