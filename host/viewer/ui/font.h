/* font — the text's font, in three sizes: measured for the layout, rendered for the
 * painter.
 *
 * DejaVu Sans, or the file that LUTIST_FONT names; characters that it lacks come from
 * others of the system, when these are found. Where there is none, a box stands for
 * one.
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_UI_FONT_H
#define LUTIST_VIEWER_UI_FONT_H

#include <SDL_ttf.h>

#include "base/err.h"
#include "viewer/fonts/other_fonts.h"
#include "viewer/ui/text_line.h"

typedef struct Font Font;

/* `scale`: pixels a point. `others` is borrowed until it is closed, and hears of what
 * is missing; NULL: no others. Fails: ERR_ENV naming the package to install. */
Font *font_open(double scale, OtherFonts *others, Err *err);
void font_close(Font *font); /* NULL is fine */

/* Valid as long as the font is open. */
TextMeasure font_measure(const Font *font);
/* One line in white, emoji in their colours (SDL_FreeSurface); NULL: it cannot be
 * drawn. */
SDL_Surface *font_render(const Font *font, FontSize size, const char *text);

#endif
