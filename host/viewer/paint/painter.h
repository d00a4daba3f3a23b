/* painter — draws a frame's draw list through SDL; the only file that does.
 *
 * Shapes and lines of text become textures when they are first drawn.
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_PAINT_PAINTER_H
#define LUTIST_VIEWER_PAINT_PAINTER_H

#include <SDL.h>

#include "base/err.h"
#include "viewer/paint/damage.h"
#include "viewer/paint/texture_cache.h"
#include "viewer/ui/draw_list.h"
#include "viewer/ui/font.h"

typedef struct PaintedPicture {
    SDL_Texture *texture; /* owned; NULL: there is none */
    int width, height;
} PaintedPicture;

typedef struct Painter {
    SDL_Renderer *renderer; /* borrowed */
    bool keeps;             /* what was drawn stays on its surface */
    Font *font;             /* owned */
    OtherFonts *others;     /* owned; NULL: none */
    TextureCache cache;
    PaintedPicture pictures[PICTURES];
    PaintedPicture rest; /* of PICTURE_NOW, which shows it if it `has_rest` */
    bool has_rest;
    SDL_Texture *curve;   /* owned; of the curve drawn last; NULL: none yet */
    int curve_size;       /* pixels a side */
    DrawList there;       /* the frame that was drawn last */
    Rect window;          /* for which it was recorded */
    DamagePictures fresh; /* set after that */
    bool spoilt; /* not all of it is to be seen: the next frame is drawn whole */
} Painter;

/* Takes `others`, also on failure: as for font_open; what a frame misses is searched
 * for. Fails: ERR_ENV (no font). */
bool painter_init(Painter *painter, double scale, OtherFonts *others, Err *err);
void painter_term(Painter *painter); /* zeroed memory is fine */
/* Another size of text. On failure the old one stays. */
bool painter_rescale(Painter *painter, double scale, Err *err);
/* Draw through another renderer, after painter_forget. It `keeps` a frame until the
 * next one is drawn over it, or may lose it when it presents it. */
void painter_set_renderer(Painter *painter, SDL_Renderer *renderer, bool keeps);
/* The renderer has lost its textures, the pictures too. */
void painter_forget(Painter *painter);

/* A picture that DRAW_PICTURE shows: 0xAARRGGBB, rows without padding. Fails: ERR_ENV
 * (no texture of that size); the old picture stays. */
bool painter_set_picture(Painter *painter, DrawPicture which, const uint32_t *pixels,
                         int width, int height, Err *err);

/* What PICTURE_NOW lacks in steps of 1/255, 255 being a step; as large. For a screen of
 * more bits. NULL: nothing. Fails: as above. */
bool painter_set_rest(Painter *painter, const uint32_t *rest, Err *err);

/* Draw the frame; where the renderer keeps the one before, no more than what differs
 * from that. Returns the parts that were drawn. */
Damage painter_play(Painter *painter, const DrawList *list, Rect window);
/* There are more fonts: lines of text are made anew. */
void painter_take_fonts(Painter *painter);
/* The window has lost what it showed, or never got it. */
void painter_spoil(Painter *painter);
/* Show what was drawn, where the renderer does that itself. */
void painter_present(const Painter *painter);

#endif
