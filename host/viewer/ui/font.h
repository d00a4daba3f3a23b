/* font — the text's font, in three sizes: measured for the layout, rendered for the
 * painter.
 *
 * One font file: DejaVu Sans, or the one that LUTIST_FONT names.
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_UI_FONT_H
#define LUTIST_VIEWER_UI_FONT_H

#include <SDL_ttf.h>

#include "base/err.h"
#include "viewer/ui/text_line.h"

typedef struct Font Font;

/* `scale`: pixels a point. Fails: ERR_ENV naming the package to install. */
Font *font_open(double scale, Err *err);
void font_close(Font *font); /* NULL is fine */

/* Valid as long as the font is open. */
TextMeasure font_measure(const Font *font);
/* One line in white (SDL_FreeSurface); NULL: it cannot be drawn. */
SDL_Surface *font_render(const Font *font, FontSize size, const char *text);

#endif
