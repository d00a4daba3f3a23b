/* turn — a picture that the user has turned on the screen, by quarters of a circle.
 *
 * The room host/viewer/turn: places in the file and as they are seen (here), the
 * screen's pixels (screen_turn), and which pictures are turned (turns). The file, what
 * is made of it and all numbers about it stay as they are: only what is seen turns.
 * Threads: pure.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_TURN_TURN_H
#define LUTIST_VIEWER_TURN_TURN_H

#include <stdbool.h>

#include "pipe/scale/scale.h"

typedef struct Turn {
    int quarters;      /* clockwise, 0 to 3 */
    int width, height; /* of what is turned, in pixels of the file */
} Turn;

/* Are width and height exchanged? */
static inline bool turn_swaps(int quarters)
{
    return quarters % 2 == 1;
}

/* `quarters` more, or with a negative number less; 0 to 3. */
static inline int turn_by(int from, int quarters)
{
    return (from + quarters) & 3;
}

/* Where an area of the file is seen, in pixels of the file from the turned picture's
 * upper left corner. */
ScaleArea turn_seen(Turn turn, ScaleArea area);
/* The area of the file that is seen there. */
ScaleArea turn_stored(Turn turn, ScaleArea seen);

#endif
