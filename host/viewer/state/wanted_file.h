/* wanted_file — the file that the user wants to see, and why it cannot be shown.
 *
 * Threads: a value; the UI thread's. Times are thread_clock_ms.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_STATE_WANTED_FILE_H
#define LUTIST_VIEWER_STATE_WANTED_FILE_H

#include <stdint.h>

#include "base/err.h"
#include "viewer/state/pending.h"

typedef struct WantedFile {
    uint64_t number; /* of the newest request; 0: there is none */
    Pending answer;  /* to that request */
    Err err; /* why it could not be loaded; ERR_NONE: it was, or is still being */
} WantedFile;

/* Request `number` has been sent. */
void wanted_file_send(WantedFile *file, uint64_t number, double now);
/* The load thread's answer. False: it belongs to an older request. */
bool wanted_file_answer(WantedFile *file, uint64_t number, const Err *err);

#endif
