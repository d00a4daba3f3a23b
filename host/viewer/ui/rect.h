/* rect — rectangles of whole pixels, and the arithmetic of their sides.
 *
 * Threads: values.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_UI_RECT_H
#define LUTIST_VIEWER_UI_RECT_H

#include <stdbool.h>

enum { RECTS = 8 };

typedef struct Rect {
    int x, y, w, h; /* upper left corner and size; y grows downwards */
} Rect;

typedef struct Rects {
    Rect list[RECTS];
    int count;
} Rects;

static inline int rect_min(int a, int b)
{
    return a < b ? a : b;
}

static inline int rect_max(int a, int b)
{
    return a > b ? a : b;
}

/* `x`, not above `high` and not below `low`, which wins where they cross. */
static inline int rect_clamp(int x, int low, int high)
{
    return rect_max(rect_min(x, high), low);
}

static inline Rect rect_inset(Rect rect, int by)
{
    return (Rect){rect.x + by, rect.y + by, rect.w - 2 * by, rect.h - 2 * by};
}

/* A square of `size` in the middle. */
static inline Rect rect_middle_square(Rect rect, int size)
{
    return (Rect){rect.x + (rect.w - size) / 2, rect.y + (rect.h - size) / 2, size,
                  size};
}

static inline bool rect_is_empty(Rect rect)
{
    return rect.w <= 0 || rect.h <= 0;
}

static inline bool rect_is_same(Rect a, Rect b)
{
    return a.x == b.x && a.y == b.y && a.w == b.w && a.h == b.h;
}

static inline bool rect_has(Rect rect, int x, int y)
{
    return x >= rect.x && x < rect.x + rect.w && y >= rect.y && y < rect.y + rect.h;
}

static inline bool rect_is_inside(Rect rect, Rect other)
{
    return rect.x >= other.x && rect.x + rect.w <= other.x + other.w &&
           rect.y >= other.y && rect.y + rect.h <= other.y + other.h;
}

/* The part that two rectangles share; an empty one where they do not meet. */
static inline Rect rect_common(Rect a, Rect b)
{
    int x = rect_max(a.x, b.x), y = rect_max(a.y, b.y);
    int right = rect_min(a.x + a.w, b.x + b.w), end = rect_min(a.y + a.h, b.y + b.h);
    return (Rect){x, y, rect_max(right - x, 0), rect_max(end - y, 0)};
}

static inline bool rect_meets(Rect a, Rect b)
{
    return !rect_is_empty(rect_common(a, b));
}

/* One for which there is no place is left out. */
static inline void rects_add(Rects *rects, Rect rect)
{
    if (rects->count < RECTS)
        rects->list[rects->count++] = rect;
}

#endif
