/* dropped — paths that are dropped on the window together.
 *
 * Threads: a value; the UI thread's.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_LOAD_DROPPED_H
#define LUTIST_VIEWER_LOAD_DROPPED_H

typedef struct Dropped {
    char **paths; /* owned; each is SDL's */
    int count;
} Dropped;

#endif
