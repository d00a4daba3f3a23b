/* shown — the picture on screen: its file, its values and its times.
 *
 * Threads: a value; the UI thread's. Times are thread_clock_ms.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_STATE_SHOWN_H
#define LUTIST_VIEWER_STATE_SHOWN_H

#include <stdint.h>

#include "base/watch/watch_files.h"
#include "image/image.h"
#include "viewer/state/timing_text.h"

/* The file of a picture. */
typedef struct ShownFile {
    char *path;       /* as it was wanted; NULL: there is none */
    FileStamp stamp;  /* from before it was read */
    ImageInfo info;   /* zeros: it cannot be read */
    char profile[80]; /* the name of its ICC profile; "": it has none */
    bool converted;   /* from that profile to the display's colours */
} ShownFile;

typedef struct Shown {
    ShownFile file;  /* owned */
    uint64_t serial; /* of the values; 0: the unprocessed image */
    double since;    /* when the user asked for it */
    Timing now;      /* of the newest processed picture */
    Timing earlier;  /* of the last picture in another mode */
} Shown;

void shown_term(Shown *shown);
/* The screen shows a picture of this file now, or why there is none. Copied. True: it
 * is another file than before. */
bool shown_file(Shown *shown, const ShownFile *file);
/* A picture has come. `timing` holds its processing time; the rendering time is known
 * when it is presented. */
void shown_take(Shown *shown, uint64_t serial, double since, const Timing *timing);
/* The picture is on the screen. True: its times are new. */
bool shown_present(Shown *shown, double now);
/* The mode to go back to when `mode` cannot run. */
Mode shown_mode_before(const Shown *shown, Mode mode);

#endif
