/* shape — small anti-aliased figures: discs, rounded boxes, check marks, arrows.
 *
 * SDL draws only hard-edged rectangles. A figure is computed once for its size, as
 * coverage from a distance, kept as a white texture and tinted when drawn.
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_UI_SHAPE_H
#define LUTIST_VIEWER_UI_SHAPE_H

#include <SDL.h>

typedef enum ShapeKind {
    SHAPE_DISC,
    SHAPE_CHECK,
    SHAPE_DOWN, /* a chevron */
    SHAPE_LEFT, /* chevrons */
    SHAPE_RIGHT,
} ShapeKind;

enum { SHAPE_CACHE = 32 };

typedef struct ShapeSlot {
    SDL_Texture *texture; /* owned; NULL: free */
    ShapeKind kind;
    int size; /* pixels a side */
} ShapeSlot;

typedef struct Shapes {
    SDL_Renderer *renderer; /* borrowed */
    ShapeSlot slots[SHAPE_CACHE];
    int next; /* the slot that the next new figure takes */
} Shapes;

void shape_init(Shapes *shapes, SDL_Renderer *renderer);
void shape_term(Shapes *shapes); /* also forgets: shapes may be drawn again */

/* Into a square of `size` pixels at (x, y). */
void shape_draw(Shapes *shapes, ShapeKind kind, int x, int y, int size,
                SDL_Color color);
void shape_rect(Shapes *shapes, SDL_Rect rect, SDL_Color color);
/* A filled box with rounded corners. */
void shape_box(Shapes *shapes, SDL_Rect rect, int radius, SDL_Color color);
/* The same with an edge of `line` pixels inside it. */
void shape_frame(Shapes *shapes, SDL_Rect rect, int radius, int line, SDL_Color edge,
                 SDL_Color ground);

#endif
