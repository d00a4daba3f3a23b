/* window_facts — what a row of `lutist bench viewer` has beside its median.
 *
 * Threads: a value.
 * Python:  unaware.
 */
#ifndef LUTIST_BENCH_FACTS_WINDOW_FACTS_H
#define LUTIST_BENCH_FACTS_WINDOW_FACTS_H

#include <stdint.h>

#include "base/text/json.h"

typedef struct WindowFacts {
    const char *view;     /* fitted, 100%, whole; NULL: the row has none */
    const char *renderer; /* SDL's: "software" */
    int width, height;    /* of the window, in pixels */
    int image_width, image_height;
    double megapixels; /* processed for a frame; 0: not measured */
    int events;
    double p95_ms, p99_ms, max_ms; /* from event to present */
    double made_ms, made_max_ms;   /* what its pictures took to be made: the median and
                                      the longest; < 0: not measured */
    double shown_ms; /* the median time from then until they were on the screen; < 0:
                        not measured */
    double stall_ms; /* the longest that the UI thread did not look for events; < 0: not
                        measured */
    double own_ms;   /* the longest without its waits for a processor; < 0: the same */
    int at_hand; /* pictures that were read before they were wanted; < 0: the same */
    uint64_t peak_bytes;  /* the process's memory until then */
    uint64_t cache_bytes; /* memory for pictures */
} WindowFacts;

/* As members of the row's object. */
void window_facts_save(Json *json, const WindowFacts *facts);
/* The columns' names, and a row as a line. */
void window_facts_heading(void);
void window_facts_print(const char *op, double ms, const WindowFacts *facts);

#endif
