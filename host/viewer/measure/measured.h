/* measured — what `lutist bench viewer` finds out about the window.
 *
 * Threads: a value.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_MEASURE_MEASURED_H
#define LUTIST_VIEWER_MEASURE_MEASURED_H

#include <stdbool.h>
#include <stdint.h>

/* Milliseconds from events to the frames that answer them. */
typedef struct Latency {
    int count; /* events */
    double least, p50, p95, p99, most;
} Latency;

/* Of the window, where the display has room; in SDL's units. */
enum { MEASURED_WIDTH = 1440, MEASURED_HEIGHT = 900 };

typedef enum MeasuredView {
    VIEW_FITTED,
    VIEW_ACTUAL,
    VIEW_WHOLE,
    MEASURED_VIEWS
} MeasuredView;

/* The longest that the UI thread did not look for events. */
typedef struct MeasuredStall {
    double ms;
    double own_ms; /* the longest without what it waited for a processor; < 0: the
                      kernel does not tell */
} MeasuredStall;

/* A drag of a slider. */
typedef struct MeasuredDrag {
    Latency latency;
    MeasuredStall stall; /* since the drag before */
    double megapixels;   /* processed for a frame */
    Latency made;        /* what its pictures took the render thread */
    Latency shown;       /* from then on until they were on the screen */
    uint64_t memory;     /* the process's peak until then, in bytes */
} MeasuredDrag;

enum { MEASURED_STEPS = 3 }; /* from image to image */

typedef struct Measured {
    int width, height; /* of the window, in pixels */
    int image_width, image_height, channels, depth;
    char renderer[32];     /* SDL's */
    uint64_t cache;        /* memory for pictures, in bytes */
    uint64_t first_memory; /* peak until then, in bytes */
    double began_ms; /* the process began by then; thread_clock_ms, by the caller */
    bool first_only; /* close the window with the first picture; by the caller */
    double first_ms; /* from the process's start to the first picture */
    MeasuredDrag drags[MEASURED_VIEWS];
    Latency next; /* from key to picture, each image having had time */
    int at_hand;  /* of these: read before they were wanted, rough or not */
    MeasuredStall next_stall;
    uint64_t memory; /* peak, in bytes */
} Measured;

#endif
