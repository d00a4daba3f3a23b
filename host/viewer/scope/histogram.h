/* histogram — how often each tone occurs in a picture, and how much of it is clipped.
 *
 * Transparent pixels do not count. A gray picture's samples count for all three
 * channels.
 * Threads: any; rows go to the pool.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_SCOPE_HISTOGRAM_H
#define LUTIST_VIEWER_SCOPE_HISTOGRAM_H

#include <stdint.h>

#include "base/thread/pool.h"
#include "image/image.h"
#include "viewer/scope/clip.h"

enum { HISTOGRAM_BINS = 256 };

typedef struct Histogram {
    uint32_t bins[3][HISTOGRAM_BINS]; /* red, green, blue; from black to white */
    uint64_t low[3], high[3];         /* clipped samples */
    uint64_t pixels;                  /* that count */
    bool gray;                        /* the picture is: the channels are equal */
} Histogram;

/* False: cancelled, *out is then not set. */
bool histogram_count(const Image *image, ClipLimits limits, Pool *pool, Cancel *cancel,
                     Histogram *out);
/* The clipped share of a channel, 0 to 1; 0 of a picture without pixels. */
double histogram_low(const Histogram *histogram, int channel);
double histogram_high(const Histogram *histogram, int channel);

#endif
