/* other_fonts — the system's fonts for characters that the window's font lacks.
 *
 * A frame tells which characters it misses; they are searched for on a thread, which
 * starts with the first. A character is searched for once.
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_FONTS_OTHER_FONTS_H
#define LUTIST_VIEWER_FONTS_OTHER_FONTS_H

#include "base/thread/dispatch.h"
#include "viewer/fonts/font_search.h"

enum { OTHER_FONTS_MOST = 16 };

typedef struct OtherFonts OtherFonts;

/* `searched` is called after each search: text may be wider now. `ui` is the caller's
 * queue, borrowed. */
OtherFonts *other_fonts_new(Dispatch *ui, dispatch_fn searched, void *context);
/* Also the files of the fonts. A search in work is left behind. Nobody may process `ui`
 * any more. NULL is fine. */
void other_fonts_free(OtherFonts *others);

/* The i-th font, in the order in which they are tried; NULL: there are no more. It
 * stays where it is. `others` NULL: there is none. */
const FoundFont *other_fonts_at(const OtherFonts *others, int i);
/* No font has `character`. NULL is fine, here and below. */
void other_fonts_miss(OtherFonts *others, uint32_t character);
/* Search for what was missed. */
void other_fonts_search(OtherFonts *others);

#endif
