#include "python/choice/script_file.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file/installed.h"
#include "base/file/regular.h"
#include "base/mem.h"
#include "base/path.h"

enum { FIRST_LINES = 10 };

static bool is_identifier(const char *text)
{
    bool good = *text && !isdigit((unsigned char)*text);
    for (; *text; text++)
        good = good && (isalnum((unsigned char)*text) || *text == '_' || *text & 0x80);
    return good;
}

/* New string: without ":FUNCTION". */
static char *without_function(const char *spec)
{
    char *place = mem_dup(spec), *colon = strrchr(place, ':');
    if (colon && colon > place && is_identifier(colon + 1) && access(spec, F_OK) != 0)
        *colon = '\0';
    return place;
}

char *script_file_own_folder(void)
{
    return path_own(PATH_DATA, "scripts");
}

/* Takes `folder`. */
static char *look_in(char *folder, const char *name)
{
    char *path = folder ? mem_printf("%s/%s.py", folder, name) : NULL;
    char *found = path ? realpath(path, NULL) : NULL;
    mem_free(folder);
    mem_free(path);
    return found;
}

char *script_file_find(const char *spec)
{
    char *place = without_function(spec);
    bool named = !strchr(place, '/') && !path_ext_is(place, "py");
    char *found =
        named ? look_in(script_file_own_folder(), place) : realpath(place, NULL);
    if (named && !found)
        found = look_in(installed_share("scripts"), place);
    mem_free(place);
    return found;
}

/* "# lutist: isolate", with other words before and behind. */
static bool line_asks(const char *line)
{
    while (*line == ' ' || *line == '\t' || *line == '\f')
        line++;
    const char *at = *line == '#' ? strstr(line, "lutist:") : NULL;
    if (!at)
        return false;
    at += strlen("lutist:");
    at += strspn(at, " \t");
    size_t length = strlen("isolate");
    return strncmp(at, "isolate", length) == 0 && !isalnum((unsigned char)at[length]) &&
           at[length] != '_';
}

bool script_file_asks(const char *path)
{
    FILE *file = regular_open(path, "the script", NULL, NULL);
    char line[512];
    bool asks = false;
    for (int n = 0; file && !asks && n < FIRST_LINES; n++) {
        if (!fgets(line, sizeof line, file))
            break;
        asks = line_asks(line);
    }
    if (file)
        fclose(file);
    return asks;
}
