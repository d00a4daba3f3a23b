/* frame_clock — when the window is drawn next.
 *
 * A picture is drawn at once. Any other change waits a moment for the picture that
 * belongs to it and for the next move of the mouse, so there is one frame, not two.
 * Threads: a value; the UI thread's. Times are thread_clock_ms.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_STATE_FRAME_CLOCK_H
#define LUTIST_VIEWER_STATE_FRAME_CLOCK_H

#include <stdbool.h>

typedef struct FrameClock {
    bool dirty;      /* something on screen is out of date */
    bool fresh;      /* the texture is newer than the screen */
    bool expected;   /* a picture is on its way */
    double asked_ms; /* when it was asked for */
    double drawn_ms; /* when the window was drawn last */
    double final_ms; /* when to draw a picture's times as they turned out; 0: no need */
} FrameClock;

/* A picture was asked for. */
void frame_clock_expect(FrameClock *clock, double now);
/* A picture has come. */
void frame_clock_take(FrameClock *clock);
/* The window is being drawn. */
void frame_clock_draw(FrameClock *clock, double now);
/* The window was drawn. True: with a new picture. */
bool frame_clock_present(FrameClock *clock, double now);
/* The times of a picture that was drawn are news for a later frame. */
void frame_clock_draw_later(FrameClock *clock, double now);

/* The earlier of two times, of which 0 or one that has passed is none. */
double frame_clock_sooner(double a, double b, double now);
/* Milliseconds until the window is to be drawn; -1: when something happens. `due`: when
 * something on screen changes by itself; 0: never. */
int frame_clock_wait(const FrameClock *clock, double due, double now);

#endif
