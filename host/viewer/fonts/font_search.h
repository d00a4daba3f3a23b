/* font_search — which of the system's fonts have some characters.
 *
 * fontconfig has the list of fonts, in the order in which the user's language and
 * settings prefer them.
 * Threads: any; a search may take seconds, where fontconfig reads all fonts anew.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_FONTS_FONT_SEARCH_H
#define LUTIST_VIEWER_FONTS_FONT_SEARCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { FONT_SEARCH_CHARACTERS = 64, FONT_SEARCH_FONTS = 8 };

/* A font, and its file's bytes, which are owned. */
typedef struct FoundFont {
    char *file;
    size_t bytes;
    long index;    /* of the font in the file */
    bool is_color; /* pictures of one size: emoji */
} FoundFont;

typedef struct FontSearch {
    uint32_t characters[FONT_SEARCH_CHARACTERS]; /* Unicode's numbers */
    int count;
    FoundFont
        fonts[FONT_SEARCH_FONTS]; /* each has at least one that those before lack */
    int found;
} FontSearch;

/* Fills `fonts`. Where fontconfig is missing, or a file cannot be read, there are fewer
 * or none. */
void font_search_run(FontSearch *search);
/* Frees the files. */
void font_search_clear(FontSearch *search);

#endif
