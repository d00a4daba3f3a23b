/* texture_cache — textures of shapes and lines of text, kept from frame to frame.
 *
 * A texture stays until TEXTURE_CACHE_SLOTS others have been used after it.
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_PAINT_TEXTURE_CACHE_H
#define LUTIST_VIEWER_PAINT_TEXTURE_CACHE_H

#include <SDL.h>

enum { TEXTURE_CACHE_SLOTS = 192 };

/* What a texture shows. */
typedef struct TextureKey {
    const char *text; /* NULL: a shape */
    int kind;         /* the ShapeKind, or the FontSize of the text */
    int size;         /* of a shape, in pixels a side; of a text 0 */
} TextureKey;

typedef struct TextureSlot {
    TextureKey key;       /* with its own copy of the text */
    SDL_Texture *texture; /* owned, white; NULL: not made yet */
    int width, height;    /* of the texture */
    unsigned used;        /* the clock when it was last asked for; 0: never */
} TextureSlot;

typedef struct TextureCache {
    TextureSlot slots[TEXTURE_CACHE_SLOTS];
    unsigned clock;
} TextureCache; /* zeroed memory is an empty one */

void texture_cache_clear(TextureCache *cache);
/* The slot of `key`. If it has no texture, the caller makes one. */
TextureSlot *texture_cache_slot(TextureCache *cache, TextureKey key);

#endif
