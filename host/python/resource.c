#include "python/resource.h"

#include <limits.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/path.h"

char *resource_folder(const char *name)
{
    char program[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    program[length > 0 ? length : 0] = '\0';
    char *bin = path_dir(program);
    char *prefix = path_dir(bin);
    char *folder = mem_printf("%s/share/lutist/%s", prefix, name);
    mem_free(prefix);
    mem_free(bin);
    return folder;
}
