/* session — what the window knows beside the picture and the look: how the last window
 * was left, which pictures are turned, and which values they have.
 *
 * Threads: a value; the UI thread's.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_SESSION_SESSION_H
#define LUTIST_VIEWER_SESSION_SESSION_H

#include "viewer/remember/remembered.h"
#include "viewer/sidecar/sidecars.h"
#include "viewer/turn/turns.h"

typedef struct Session {
    Remembered last;      /* immutable after the start */
    const char *fallback; /* the look if the last one cannot be loaded; borrowed; NULL:
                             none */
    double text_size;     /* text_size.h */
    Turns turns;
    Sidecars sidecars;
} Session;

#endif
