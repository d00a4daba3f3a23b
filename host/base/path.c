#include "base/path.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"

const char *path_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* The dot that starts the extension, or the end of the string. */
static const char *ext_dot(const char *path)
{
    const char *name = path_name(path);
    const char *dot = strrchr(name, '.');
    return dot && dot != name ? dot : path + strlen(path);
}

const char *path_ext(const char *path)
{
    const char *dot = ext_dot(path);
    return *dot ? dot + 1 : dot;
}

char *path_dir(const char *path)
{
    const char *name = path_name(path);
    if (name == path)
        return mem_dup(".");
    int length = (int)(name - path) - 1;
    return length ? mem_printf("%.*s", length, path) : mem_dup("/");
}

char *path_stem(const char *path)
{
    const char *name = path_name(path);
    return mem_printf("%.*s", (int)(ext_dot(path) - name), name);
}

char *path_join(const char *dir, const char *name)
{
    if (name[0] == '/' || dir[0] == '\0')
        return mem_dup(name);
    bool slash = dir[strlen(dir) - 1] == '/';
    return mem_printf("%s%s%s", dir, slash ? "" : "/", name);
}

char *path_at_home(const char *path)
{
    const char *home = strncmp(path, "~/", 2) == 0 ? getenv("HOME") : NULL;
    return home && home[0] == '/' ? path_join(home, path + 2) : mem_dup(path);
}

bool path_ext_is(const char *path, const char *ext)
{
    return strcasecmp(path_ext(path), ext) == 0;
}

/* NULL: it is unset, empty or relative. */
static const char *absolute(const char *variable)
{
    const char *path = getenv(variable);
    return path && path[0] == '/' ? path : NULL;
}

char *path_own(PathOwn own, const char *name)
{
    static const struct {
        const char *variable, *below_home;
    } folders[] = {
        [PATH_CONFIG] = {"XDG_CONFIG_HOME", ".config"},
        [PATH_DATA] = {"XDG_DATA_HOME", ".local/share"},
        [PATH_STATE] = {"XDG_STATE_HOME", ".local/state"},
        [PATH_CACHE] = {"XDG_CACHE_HOME", ".cache"},
    };
    const char *base = absolute(folders[own].variable), *home = absolute("HOME");
    const char *slash = name ? "/" : "", *rest = name ? name : "";
    if (base)
        return mem_printf("%s/lutist%s%s", base, slash, rest);
    return home ? mem_printf("%s/%s/lutist%s%s", home, folders[own].below_home, slash,
                             rest)
                : NULL;
}
