/* frame_clock — when the window is drawn next.
 *
 * A new picture is drawn at once. Any other change waits a moment for its picture and
 * for the next move of the mouse: one frame then shows both.
 * Threads: a value; the UI thread's. Times are thread_clock_ms.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_STATE_FRAME_CLOCK_H
#define LUTIST_VIEWER_STATE_FRAME_CLOCK_H

#include <stdbool.h>

typedef struct FrameClock {
    bool dirty;      /* something on screen is out of date */
    bool fresh;      /* the newest picture is not on screen yet */
    bool expected;   /* a picture is on its way */
    double asked_ms; /* when it was asked for */
    double drawn_ms; /* when the window was drawn last */
    double final_ms; /* when to draw the last picture's times; 0: not needed */
} FrameClock;

/* A picture was asked for. */
void frame_clock_expect(FrameClock *clock, double now);
/* A picture has come. */
void frame_clock_take(FrameClock *clock);
/* The window is being drawn. */
void frame_clock_draw(FrameClock *clock, double now);
/* The window was drawn. True: with a new picture. */
bool frame_clock_present(FrameClock *clock, double now);
/* A later frame must show the times of the picture just drawn. */
void frame_clock_draw_later(FrameClock *clock, double now);

/* The earlier of two times. A time that has passed, such as 0, does not count. */
double frame_clock_sooner(double a, double b, double now);
/* Milliseconds until the window must be drawn; -1: not before the next event. `due`:
 * when something on screen changes by itself; 0: never. */
int frame_clock_wait(const FrameClock *clock, double due, double now);

#endif
