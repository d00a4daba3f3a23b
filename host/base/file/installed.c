#include "base/file/installed.h"

#include <limits.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/path.h"

/* New string: the folder above bin/, where the program is. */
static char *prefix(void)
{
    char program[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    program[length > 0 ? length : 0] = '\0';
    char *bin = path_dir(program);
    char *above = path_dir(bin);
    mem_free(bin);
    return above;
}

/* New string: PREFIX/`below`/`name``ending`. */
static char *installed(const char *below, const char *name, const char *ending)
{
    char *from = prefix();
    char *path = mem_printf("%s/%s/%s%s", from, below, name, ending);
    mem_free(from);
    return path;
}

char *installed_share(const char *name)
{
    return installed("share/lutist", name, "");
}

char *installed_program(void)
{
    return installed("bin", "lutist", "");
}

char *installed_python(void)
{
    return installed("bin", "lutist-python", "");
}

char *installed_module(const char *name)
{
    return installed("lib/lutist", name, ".so");
}
