#include "base/path.h"

#include <errno.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

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
    while (name[0] == '.' && name[1] == '/')
        name += 1 + strspn(name + 1, "/");
    bool slash = dir[strlen(dir) - 1] == '/';
    return mem_printf("%s%s%s", dir, slash ? "" : "/", name);
}

/* NULL: it is unset, empty or relative. */
static const char *absolute(const char *variable)
{
    const char *path = getenv(variable);
    return path && path[0] == '/' ? path : NULL;
}

/* New; NULL: the system does not know the user, or no home for him. */
static char *known_home(void)
{
    enum { ROOM_FIRST = 1024, ROOM_MAX = 1 << 20 };
    struct passwd user, *found = NULL;
    char *home = NULL;
    int status = ERANGE;
    for (size_t room = ROOM_FIRST; status == ERANGE && room <= ROOM_MAX; room *= 4) {
        char *words = mem_new(room, 1);
        status = getpwuid_r(getuid(), &user, words, room, &found);
        if (status == 0 && found && user.pw_dir[0] == '/')
            home = mem_dup(user.pw_dir);
        mem_free(words);
    }
    return home;
}

char *path_home(void)
{
    const char *home = absolute("HOME");
    return home ? mem_dup(home) : known_home();
}

char *path_at_home(const char *path)
{
    char *home = strncmp(path, "~/", 2) == 0 ? path_home() : NULL;
    char *whole = home ? path_join(home, path + 2) : mem_dup(path);
    mem_free(home);
    return whole;
}

bool path_ext_is(const char *path, const char *ext)
{
    return strcasecmp(path_ext(path), ext) == 0;
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
    const char *base = absolute(folders[own].variable);
    const char *slash = name ? "/" : "", *rest = name ? name : "";
    if (base)
        return mem_printf("%s/lutist%s%s", base, slash, rest);
    char *home = path_home();
    const char *below = folders[own].below_home;
    char *path = home ? mem_printf("%s/%s/lutist%s%s", home, below, slash, rest) : NULL;
    mem_free(home);
    return path;
}
