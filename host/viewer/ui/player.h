/* player — draws a frame's draw list through SDL; the only file that does.
 *
 * Shapes and lines of text become textures when they are first drawn.
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_UI_PLAYER_H
#define LUTIST_VIEWER_UI_PLAYER_H

#include <SDL.h>

#include "base/err.h"
#include "viewer/ui/draw_list.h"
#include "viewer/ui/font.h"
#include "viewer/ui/texture_cache.h"

typedef struct Player {
    SDL_Renderer *renderer; /* borrowed */
    Font *font;             /* owned */
    TextureCache cache;
    SDL_Texture *picture; /* owned; NULL: there is none */
    int width, height;    /* of the picture */
} Player;

/* Fails: ERR_ENV (no font). */
bool player_init(Player *player, SDL_Renderer *renderer, double scale, Err *err);
void player_term(Player *player); /* zeroed memory is fine */
/* Another size of text. On failure the old one stays. */
bool player_rescale(Player *player, double scale, Err *err);
/* The renderer has lost its textures, the picture too. */
void player_forget(Player *player);

/* The picture that DRAW_PICTURE shows: 0xAARRGGBB, rows without padding. Fails: ERR_ENV
 * (no texture of that size); the old picture stays. */
bool player_set_picture(Player *player, const uint32_t *pixels, int width, int height,
                        Err *err);

/* Draw and present the frame. */
void player_play(Player *player, const DrawList *list);

#endif
