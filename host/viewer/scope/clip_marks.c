#include "viewer/scope/clip_marks.h"

enum { STRIP = 32, STRIPE = 4 }; /* rows; pixels of a stripe */

typedef struct Marking {
    const Image *image;
    ClipLimits limits;
    ClipColors colors;
    uint32_t *pixels;
} Marking;

/* The ends that a pixel's samples reach. */
typedef struct Ends {
    bool low, high;
} Ends;

static Ends ends_of(const Marking *marking, const uint8_t *row, int x)
{
    ImageInfo info = marking->image->info;
    const uint16_t *deep = (const uint16_t *)(const void *)row;
    int at = x * info.channels, colors = info.channels >= 3 ? 3 : 1;
    Ends ends = {false, false};
    if (image_has_alpha(info)) {
        int alpha = at + info.channels - 1;
        if ((info.depth == 8 ? row[alpha] : deep[alpha]) == 0)
            return ends;
    }
    for (int c = at; c < at + colors; c++) {
        unsigned value = info.depth == 8 ? row[c] : deep[c];
        ends.low |= value <= marking->limits.low;
        ends.high |= value >= marking->limits.high;
    }
    return ends;
}

static void mark_row(const Marking *marking, int y)
{
    int width = marking->image->info.width;
    const uint8_t *row = image_row(marking->image, y);
    uint32_t *out = marking->pixels + (size_t)y * (size_t)width;
    for (int x = 0; x < width; x++) {
        Ends ends = ends_of(marking, row, x);
        bool high = ends.high && (!ends.low || (x + y) / STRIPE % 2);
        if (ends.low || ends.high)
            out[x] = high ? marking->colors.high : marking->colors.low;
    }
}

static void mark_strip(void *arg, int index)
{
    const Marking *marking = arg;
    int height = marking->image->info.height;
    int end = (index + 1) * STRIP < height ? (index + 1) * STRIP : height;
    for (int y = index * STRIP; y < end; y++)
        mark_row(marking, y);
}

bool clip_marks_paint(const Image *image, ClipLimits limits, ClipColors colors,
                      uint32_t *pixels, Pool *pool, Cancel *cancel)
{
    Marking marking = {image, limits, colors, pixels};
    return pool_for(pool, (image->info.height + STRIP - 1) / STRIP, mark_strip,
                    &marking, cancel);
}
