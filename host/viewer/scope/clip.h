/* clip — which samples count as clipped: those at the ends of the range.
 *
 * The room viewer/scope: what is measured of a picture. Clipped samples (here,
 * clip_marks), the histogram (histogram), the look's curves (tone_plot), both as pixels
 * (graph), the value of one pixel (pixel_value), and the facts of the file
 * (picture_facts).
 * Threads: values.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_SCOPE_CLIP_H
#define LUTIST_VIEWER_SCOPE_CLIP_H

#include <stdbool.h>

#include "base/err.h"

/* The thresholds as normalised values, 0 to 1. */
typedef struct Clip {
    double low;  /* at and below it a sample has lost its shadows */
    double high; /* at and above it, its highlights */
} Clip;

/* The same as samples of one depth. */
typedef struct ClipLimits {
    unsigned low, high;
} ClipLimits;

ClipLimits clip_limits(Clip clip, int depth);
/* "LOW,HIGH", as 0.02,0.98; NULL is 0,1. Fails: ERR_USAGE. */
bool clip_read(const char *text, Clip *clip, Err *err);

#endif
