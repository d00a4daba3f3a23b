#include "viewer/state/frame_clock.h"

/* How long after a picture its times are drawn, if nothing else happens. */
static const double FINAL_MS = 40;
/* How long a change waits for its picture, and the least time between two frames. */
static const double MERGE_MS = 12, FRAME_MS = 6;

void frame_clock_expect(FrameClock *clock, double now)
{
    clock->expected = true;
    clock->asked_ms = now;
}

void frame_clock_take(FrameClock *clock)
{
    clock->fresh = clock->dirty = true;
    clock->expected = false;
}

void frame_clock_draw(FrameClock *clock, double now)
{
    clock->dirty = false;
    clock->drawn_ms = now;
}

bool frame_clock_present(FrameClock *clock, double now)
{
    bool fresh = clock->fresh;
    if (clock->final_ms && now >= clock->final_ms)
        clock->final_ms = 0;
    clock->fresh = false;
    return fresh;
}

void frame_clock_draw_later(FrameClock *clock, double now)
{
    clock->final_ms = now + FINAL_MS;
}

double frame_clock_sooner(double a, double b, double now)
{
    if (b <= now)
        return a;
    return a <= now || b < a ? b : a;
}

/* Rounded up: a wait that ends early would need a second one. */
static int until(double at, double now)
{
    return at > now ? (int)(at - now) + 1 : 0;
}

int frame_clock_wait(const FrameClock *clock, double due, double now)
{
    if (clock->dirty && clock->fresh)
        return 0;
    if (clock->dirty)
        return until(clock->expected ? clock->asked_ms + MERGE_MS
                                     : clock->drawn_ms + FRAME_MS,
                     now);
    if (clock->final_ms && clock->final_ms <= now)
        return 1;
    double at = frame_clock_sooner(due, clock->final_ms, now);
    return at > now ? until(at, now) : -1;
}
