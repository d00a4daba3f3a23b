#include "python/venv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file/regular.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/path.h"

/* The value of "version = 3.11.2" in a pyvenv.cfg line, or NULL. */
static const char *version_in(const char *line)
{
    static const char *const keys[] = {"version_info", "version"};
    for (int i = 0; i < 2; i++) {
        size_t length = strlen(keys[i]);
        if (strncmp(line, keys[i], length) == 0 && strchr(" =", line[length])) {
            const char *value = strchr(line, '=');
            return value ? value + 1 + strspn(value + 1, " ") : NULL;
        }
    }
    return NULL;
}

static void read_version(FILE *file, char *version, size_t size)
{
    char line[512];
    while (fgets(line, sizeof line, file)) {
        const char *value = version_in(line);
        if (value)
            snprintf(version, size, "%.*s", (int)strcspn(value, "\r\n"), value);
    }
}

static bool same_minor(const char *found, const char *wanted)
{
    size_t length = strlen(wanted);
    return strncmp(found, wanted, length) == 0 && strchr(".", found[length]);
}

static bool check(const char *folder, const char *version, Err *err)
{
    char found[64] = "";
    char *path = mem_printf("%s/pyvenv.cfg", folder);
    FILE *file = regular_open(path, "it", NULL, NULL);
    mem_free(path);
    if (!file)
        return err_set(err, ERR_ENV,
                       "%s: not a virtual environment (it has no pyvenv.cfg); make one "
                       "with: " LUTIST_PYTHON " -m venv %s",
                       folder, folder);
    read_version(file, found, sizeof found);
    fclose(file);
    if (!found[0] || same_minor(found, version))
        return true;
    return err_set(err, ERR_ENV,
                   "%s: made for Python %s, but lutist embeds Python %s; make one "
                   "with: " LUTIST_PYTHON " -m venv DIR, or build lutist with "
                   "-DPython3_ROOT_DIR=DIR",
                   folder, found, version);
}

char *venv_around(const char *program)
{
    char *bin = path_dir(program);
    char *folder = path_dir(bin);
    char *mark = path_join(folder, "pyvenv.cfg");
    bool found = access(mark, R_OK) == 0;
    mem_free(mark);
    mem_free(bin);
    if (found)
        return folder;
    mem_free(folder);
    return NULL;
}

char *venv_executable(const char *folder, const char *version, const char *fallback,
                      Err *err)
{
    const char *active = getenv("VIRTUAL_ENV");
    const char *chosen = folder ? folder : active && active[0] ? active : NULL;
    if (!chosen)
        return mem_dup(fallback);
    if (check(chosen, version, err))
        return mem_printf("%s/bin/python", chosen);
    if (folder)
        return NULL;
    log_info("VIRTUAL_ENV is ignored: %s", err->text);
    return mem_dup(fallback);
}
