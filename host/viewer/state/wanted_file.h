/* wanted_file — the file that the user wants to see, and why it cannot be shown.
 *
 * Threads: a value; the UI thread's. Times are thread_clock_ms.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_STATE_WANTED_FILE_H
#define LUTIST_VIEWER_STATE_WANTED_FILE_H

#include <stdint.h>

#include "base/err.h"
#include "base/watch/watch_files.h"
#include "viewer/state/pending.h"

typedef struct WantedFile {
    uint64_t number; /* of the newest request; 0: there is none */
    uint64_t shown;  /* of the newest one that brought a picture */
    Pending answer;  /* to that request */
    Err err;         /* why there is no picture of the file that was read last, which is
                        told until another one's comes; ERR_NONE: it is there */
    bool again;      /* it may not be complete yet: a failure keeps the picture */
    double partial_ms; /* when to tell that the rest of the file does not come; 0: it
                          was told, or nothing is missing */
    Err partial;       /* why it could not be read so far */
    FileStamp stamp;   /* of the file that was read last, from before that */
    bool rough;        /* its picture is not the full one yet */
    bool at_hand;      /* it, rough or not, had been read before */
    bool only;         /* the window opened while its only one was being read, and has
                          not been used */
    bool gone;         /* the file of the picture on the screen is not there any more */
    const char *follow; /* the followed folder; borrowed; NULL: none */
    int64_t newest_ns;  /* of a followed folder: when its newest file was written */
} WantedFile;

/* Is it being read? A rough picture may be there. */
static inline bool wanted_file_is_read(const WantedFile *file)
{
    return file->answer.waiting || (file->rough && !file->err.kind);
}

/* Request `number` has been sent. */
void wanted_file_send(WantedFile *file, uint64_t number, double now);
/* The load thread's answer. False: it does not count: it is older than the picture that
 * is shown, or the failure of a file that is not wanted any more. A picture of an older
 * request is shown until the newest one's comes. */
bool wanted_file_answer(WantedFile *file, uint64_t number, const Err *err);

#endif
