#include "debian_package.h"

#include <ctype.h>
#include <string.h>

#include "base/mem.h"

/* Packages that do not keep the rule. */
static const char *const OTHERS[][2] = {
    {"libjpeg.so.62", "libjpeg62-turbo"},
    {"libz.so.1", "zlib1g"},
};

static const char *other(const char *library)
{
    for (size_t i = 0; i < sizeof OTHERS / sizeof *OTHERS; i++)
        if (strcmp(library, OTHERS[i][0]) == 0)
            return OTHERS[i][1];
    return NULL;
}

char *debian_package(const char *library)
{
    const char *known = other(library);
    if (known)
        return mem_dup(known);
    const char *end = strstr(library, ".so.");
    const char *version = strncmp(library, "libpython", 9) == 0 ? "" : end + 4;
    const char *dash = *version && isdigit((unsigned char)end[-1]) ? "-" : "";
    char *name = mem_printf("%.*s%s%s", (int)(end - library), library, dash, version);
    for (char *p = name; *p; p++)
        *p = (char)(*p == '_' ? '-' : tolower((unsigned char)*p));
    return name;
}
