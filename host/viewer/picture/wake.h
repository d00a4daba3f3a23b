/* wake — how the other threads tell the UI thread that something has arrived.
 *
 * Threads: `call` must be callable from any.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_PICTURE_WAKE_H
#define LUTIST_VIEWER_PICTURE_WAKE_H

typedef struct Wake {
    void (*call)(void *context);
    void *context;
} Wake;

#endif
