/* type_ahead — the beginning of a name, typed in an open list.
 *
 * Letters that follow each other within a second belong together. One that leads
 * nowhere with those before it begins anew, so the same letter again goes to the next
 * name. Case does not count, and any punctuation stands for any other: with a key comes
 * the sign that it has without Shift.
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_WIDGET_TYPE_AHEAD_H
#define LUTIST_VIEWER_WIDGET_TYPE_AHEAD_H

#include <SDL_keycode.h>

/* {0}: nothing is typed. */
typedef struct TypeAhead {
    char text[64];
    double ms; /* of its last letter, as thread_clock_ms */
} TypeAhead;

typedef struct TypeAheadList {
    const void *names;
    int count;
    const char *(*name)(const void *names, int entry);
} TypeAheadList;

/* The entry that `key` leads to, or `current`, which may be -1, before all. A key
 * without a sign ends what is typed. */
int type_ahead_key(TypeAhead *ahead, const TypeAheadList *list, int current,
                   SDL_Keycode key, double now);

#endif
