/* width_cache — the widths of short texts: to shape one costs far more than to find it.
 *
 * A width stays until another text needs its place.
 * Threads: one at a time for each cache.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_UI_WIDTH_CACHE_H
#define LUTIST_VIEWER_UI_WIDTH_CACHE_H

enum { WIDTH_CACHE_SLOTS = 512, WIDTH_CACHE_BYTES = 44 };

typedef struct WidthSlot {
    const void *font;             /* NULL: the slot is empty */
    char text[WIDTH_CACHE_BYTES]; /* with its NUL */
    int width;                    /* -1: not known yet */
} WidthSlot;

typedef struct WidthCache {
    WidthSlot slots[WIDTH_CACHE_SLOTS];
} WidthCache; /* zeroed memory is an empty one */

/* The width of `text` in `font`, -1 for the caller to set. A font is its address: it
 * must outlive the cache. NULL: the text is too long. Valid until the next call. */
int *width_cache_at(WidthCache *cache, const void *font, const char *text);

#endif
