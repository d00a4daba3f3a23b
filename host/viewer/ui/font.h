/* font — text in three sizes, kept as textures.
 *
 * One font file (DejaVu Sans, or the one that LUTIST_FONT names). A drawn string stays
 * a texture until FONT_CACHE others have been used after it. Text that is not valid
 * UTF-8, such as a file name, is shown as far as it can be.
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_UI_FONT_H
#define LUTIST_VIEWER_UI_FONT_H

#include <SDL.h>

#include "base/err.h"

typedef enum FontSize { FONT_SMALL, FONT_BODY, FONT_HEAD, FONT_SIZES } FontSize;

enum { FONT_TEXT = 512 }; /* bytes of a line that are looked at */

typedef struct Font Font;

/* `scale`: pixels a point. Fails: ERR_ENV naming the package to install. */
Font *font_open(SDL_Renderer *renderer, double scale, Err *err);
void font_close(Font *font); /* NULL is fine */
/* Drop the textures: the renderer has lost them. */
void font_forget(Font *font);

int font_height(const Font *font, FontSize size);
int font_width(const Font *font, FontSize size, const char *text);
/* `text` itself if it is at most `width` pixels wide, else its start and "…". Returns
 * `out`, which has FONT_TEXT bytes. */
char *font_fit(const Font *font, FontSize size, const char *text, int width, char *out);
/* One line starting at (x, y), the top of its height. */
void font_draw(Font *font, FontSize size, const char *text, int x, int y,
               SDL_Color color);

/* The next line of `*text` that fits `width`, broken at blanks where there are any;
 * moves *text behind it. `last`: no line follows, the rest is fitted with "…". Returns
 * `out` (FONT_TEXT bytes), or NULL at the end. */
char *font_wrap(const Font *font, FontSize size, const char **text, int width,
                bool last, char *out);

#endif
