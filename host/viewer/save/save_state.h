/* save_state — the pictures that are being saved, as the window knows of them.
 *
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_SAVE_SAVE_STATE_H
#define LUTIST_VIEWER_SAVE_SAVE_STATE_H

#include "viewer/save/save_dialog.h"

typedef struct SaveState {
    Saver *saver; /* owned */
    char *folder; /* that relative paths count from; owned */
    SaveDialog dialog;
    int waiting;     /* pictures that were asked for, without an answer yet */
    double since_ms; /* when the first of them was asked for */
    bool closing;    /* the window closes when they are saved */
    char text[96];   /* how far that is, for the status bar; "": none is saved */
} SaveState;

#endif
