/* sidecars — the window's side of --sidecar: each picture has its own values.
 *
 * A picture that comes gets the values that the window has begun with, then those of
 * its sidecar. When it goes, or the window closes, they are written if they have
 * changed. The look itself is never loaded by a sidecar: its file may come from
 * anywhere.
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_SIDECAR_SIDECARS_H
#define LUTIST_VIEWER_SIDECAR_SIDECARS_H

#include "viewer/panel/panel.h"
#include "viewer/sidecar/sidecar_keeper.h"

/* Zeroed: without --sidecar. */
typedef struct Sidecars {
    SidecarKeeper *keeper; /* owned; NULL: values are not kept */
    char *picture;    /* whose values the panel has, or will have; owned; NULL: none */
    bool awaited;     /* its sidecar is being read */
    bool applied;     /* the panel has its values */
    bool refused;     /* its sidecar is damaged: it is not written */
    bool told;        /* that one could not be written */
    Sidecar *found;   /* of the picture; owned; NULL: none */
    char *start;      /* the values that the window has begun with, as words; owned */
    char *words;      /* those that the panel got for the picture; owned */
    char *left;       /* the picture that went last while it was on the screen; owned */
    char *left_words; /* its values then; owned */
} Sidecars;

/* The window has begun with these values. */
void sidecars_begin(Sidecars *sidecars, const Panel *panel);
/* Another picture comes; NULL: none. The one before goes, though it may stay on the
 * screen until the other is developed: `shown` is there now; NULL: none. Both are
 * absolute paths. `script` is the look's name. */
void sidecars_show(Sidecars *sidecars, const char *picture, const char *shown,
                   const Panel *panel, const char *script);
/* New: the values of the picture on the screen, as words; NULL: the panel has them. */
char *sidecars_words_of(const Sidecars *sidecars, const char *shown);
/* True: *notice, if it is not empty, is for the user. */
bool sidecars_take(Sidecars *sidecars, SidecarNews *news, char *notice, size_t size);
/* The values of the picture are not on the panel yet: what is shown has to wait. */
bool sidecars_wait(const Sidecars *sidecars);
/* Put them there, once they and the look are known. True: done now. *notice as above.
 */
bool sidecars_apply(Sidecars *sidecars, Panel *panel, const char *script, char *notice,
                    size_t size);
/* Writes what has changed, and ends. */
void sidecars_end(Sidecars *sidecars, const Panel *panel, const char *script);

#endif
