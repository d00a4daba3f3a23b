/* keys — the window's bindings, with what is known of them while it is open.
 *
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_KEYS_KEYS_H
#define LUTIST_VIEWER_KEYS_KEYS_H

#include "base/watch/watch.h"
#include "viewer/keys/bindings.h"
#include "viewer/keys/key_list.h"

/* A key whose action waits for its release. */
typedef struct HeldKey {
    int code; /* SDL's scancode, or what stands for it; of a mouse's button its negative
                 MOUSE_ key; 0: none */
    int row;  /* of the table of actions */
} HeldKey;
enum { HELD_KEYS = 8 };

typedef struct Keys {
    Bindings bindings;
    KeyLine *lines; /* the same for the help; owned */
    char *path;     /* of keys.conf; owned; NULL: there is none */
    Watch *watch;   /* of that file */
    HeldKey held[HELD_KEYS];
    int modifiers; /* SDL's, at the event in work: those of now may be others */
    unsigned long
        thread;       /* SDL's number of the UI thread, set before the first event */
    bool opens_field; /* the key that SDL queued last does, when it is handled */
    double rolled;    /* steps of the wheel that no action has had */
    int lettered; /* the code of a key with AltGr that has no action: the character that
                     it makes may have one; 0: none */
} Keys;

#endif
