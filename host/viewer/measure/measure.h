/* measure — a thread that uses the window as a hand does, and takes the times.
 *
 * The room host/viewer/measure: the thread (here), its hand (hand), when the screen
 * answered (latency), and the results (measured).
 * It drags a slider with the picture fitted, at 100% and processed as a whole, goes to
 * the next images, and closes the window. The UI thread tells it of its frames.
 * Threads: begin, end and the hooks: the UI thread.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_MEASURE_MEASURE_H
#define LUTIST_VIEWER_MEASURE_MEASURE_H

#include "base/err.h"
#include "image/image.h"
#include "viewer/measure/measured.h"
#include "viewer/ui/rect.h"

typedef struct Measure Measure;

/* A frame with a new picture, as it got to the screen. */
typedef struct MeasuredFrame {
    double now, since; /* its picture is of events until then */
    uint64_t image;    /* the number of the picture's image */
    bool settled;      /* the picture is that of the newest values, view and image */
    bool whole;
    bool at_hand; /* the image, rough or not, had been read before it was wanted */
    double zoom, megapixels;
    double made_ms; /* what the picture took the render thread */
    double made_at; /* when that was done */
    Rect slider;    /* in SDL's window units; empty: there is none */
    Rect window;    /* in pixels */
    ImageInfo info;
} MeasuredFrame;

/* `into` must outlive it; renderer, cache, began_ms and first_only are set by the
 * caller. Fails: ERR_ENV. */
Measure *measure_begin(Measured *into, Err *err);
/* After the window was closed. Fails: ERR_ENV if that was before all was measured. NULL
 * is fine. */
bool measure_end(Measure *measure, Err *err);

/* Hooks; NULL is fine. */
void measure_frame(Measure *measure, const MeasuredFrame *frame);
/* The UI thread has got an event, or waited for one long enough; and it looks for the
 * next one. */
void measure_turn_begin(Measure *measure);
void measure_turn_end(Measure *measure);

#endif
