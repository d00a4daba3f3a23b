/* sidecar_keeper — the thread that reads and writes sidecars, in the order of the
 * requests.
 *
 * What cannot be written is kept in memory, and is what the next request for that
 * picture reads: nothing is lost while the window is open.
 * Threads: the functions from the UI thread.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_SIDECAR_SIDECAR_KEEPER_H
#define LUTIST_VIEWER_SIDECAR_SIDECAR_KEEPER_H

#include "base/thread/dispatch.h"
#include "viewer/sidecar/sidecar.h"

typedef struct SidecarKeeper SidecarKeeper;

/* To the UI thread: a picture's sidecar was read, or one could not be written. */
typedef struct SidecarNews {
    const char *picture; /* its path; borrowed */
    bool written;        /* false: it was read */
    Sidecar *sidecar;    /* whoever keeps it nulls it; NULL: there is none, or err */
    Err err;             /* why it cannot be read, or written; one line */
} SidecarNews;

typedef struct SidecarKeeperConfig {
    Dispatch *ui; /* borrowed */
    void (*take)(void *context, SidecarNews *news);
    void *context;
} SidecarKeeperConfig;

/* Fails: ERR_ENV. */
SidecarKeeper *sidecar_keeper_start(const SidecarKeeperConfig *config, Err *err);
/* Writes what was asked for, and ends the thread. NULL is fine. */
void sidecar_keeper_stop(SidecarKeeper *keeper);

/* There is an answer, whatever happens. */
void sidecar_keeper_read(SidecarKeeper *keeper, const char *picture);
/* Takes `text`. There is an answer only if it fails. */
void sidecar_keeper_write(SidecarKeeper *keeper, const char *picture, char *text);

#endif
