#include "base/file/font_file.h"

#include <stdlib.h>
#include <unistd.h>

static const char *const PLACES[] = {
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/dejavu-sans-fonts/DejaVuSans.ttf",
    "/usr/share/fonts/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/TTF/DejaVuSans.ttf",
    "/usr/local/share/fonts/DejaVuSans.ttf",
    "/opt/homebrew/share/fonts/DejaVuSans.ttf",
};

const char *font_file(Err *err)
{
    const char *named = getenv("LUTIST_FONT");
    if (named && *named)
        return named;
    for (size_t i = 0; i < sizeof PLACES / sizeof *PLACES; i++)
        if (access(PLACES[i], R_OK) == 0)
            return PLACES[i];
    err_set(err, ERR_ENV,
            "no font: install fonts-dejavu-core, or set LUTIST_FONT to a .ttf file");
    return NULL;
}
