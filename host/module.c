#include "module.h"

#include <dlfcn.h>
#include <string.h>

#include "base/file/installed.h"
#include "base/mem.h"
#include "debian_package.h"

/* The dynamic linker's "FILE: reason", where FILE is a library without a folder, as a
 * module names it, or a path. */
static bool cannot_open(const char *told, Err *err)
{
    size_t length = strcspn(told, ":");
    char *file = mem_printf("%.*s", (int)length, told);
    if (strchr(file, '/') || !strstr(file, ".so.") || !strstr(told, "cannot open")) {
        err_set(err, ERR_ENV, "%s; install lutist again", told);
    } else {
        char *package = debian_package(file);
        err_set(err, ERR_ENV, "%s is not found; the package %s has it", file, package);
        mem_free(package);
    }
    mem_free(file);
    return false;
}

/* It stays open: its threads and those of its libraries may outlive a command. NULL:
 * *err is set. */
static void *open_module(const char *name, int scope, Err *err)
{
    char *path = installed_module(name);
    void *module = dlopen(path, RTLD_LAZY | scope);
    if (!module)
        cannot_open(dlerror(), err);
    mem_free(path);
    return module;
}

bool module_check(const char *name, Err *err)
{
    const void *module = open_module(name, RTLD_LOCAL, err);
    return module != NULL;
}

/* Extension modules of Python look for libpython in the global scope, ctypes for
 * lutist's own names. */
bool module_run(const char *name, const Options *options, int *code, Err *err)
{
    void *module = open_module(name, RTLD_GLOBAL, err);
    void *symbol = module ? dlsym(module, "lutist_enter") : NULL;
    int (*enter)(const Options *);
    if (!symbol)
        return module ? err_set(err, ERR_ENV, "%s", dlerror()) : false;
    memcpy(&enter, &symbol, sizeof enter); /* dlsym knows only objects */
    *code = enter(options);
    return true;
}
