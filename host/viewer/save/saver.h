/* saver — the thread that writes the developed picture at full size, as a batch of one
 * file does, so that neither the window nor the script waits for it.
 *
 * What is asked for is written in order. Each request has one answer, whatever happens.
 * Nothing is replaced unless the request says so, and the input never.
 * Threads: saver_want and saver_refuse from any; the others from the UI thread. A wish
 *          belongs to one thread at a time.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_SAVE_SAVER_H
#define LUTIST_VIEWER_SAVE_SAVER_H

#include <stdint.h>

#include "base/thread/dispatch.h"
#include "base/watch/watch_files.h"
#include "pipe/develop_file.h"

typedef struct Saver Saver;

typedef struct SaveWish {
    char *input;    /* the picture's file, absolute; owned, as all strings */
    char *look;     /* the script's name, for a free name */
    char *values;   /* of the parameters when it was asked for, as setting_words */
    char *name;     /* typed; NULL: any free one */
    bool replace;   /* a file of that name */
    bool turned;    /* the view is, which the answer says is not saved */
    FileStamp seen; /* of the picture's file */
    int depth;      /* of the picture: 8 or 16 */
    int height;     /* in pixels, for the progress */
    int number;     /* of the request: saver_ticket */
} SaveWish;

SaveWish *save_wish_copy(const SaveWish *wish);
void save_wish_free(SaveWish *wish); /* NULL is fine */

/* To the UI thread: how a request has ended. */
typedef struct Saved {
    SaveWish *wish;  /* borrowed */
    char text[1024]; /* for people */
    bool exists;     /* a file of that name is there, and was not to be replaced */
    bool misplaced;  /* its place or name is at fault: another one may do */
    Err err;         /* why it is not written; ERR_NONE: it is */
} Saved;

typedef struct SaverConfig {
    DevelopFileWork *develop;          /* writes the file */
    uint64_t max_pixels, max_metadata; /* as ReadOptions has them */
    Dispatch *ui;                      /* the UI thread's; borrowed */
    void (*take)(void *context, const Saved *saved);
    void *context;
} SaverConfig;

/* Fails: ERR_ENV. */
Saver *saver_start(const SaverConfig *config, Err *err);
/* Stop the file in work, which leaves nothing, and end the thread. What comes later is
 * dropped. NULL is fine. */
void saver_stop(Saver *saver);
void saver_free(Saver *saver); /* stopped; NULL is fine */

/* The number of a new request. */
int saver_ticket(Saver *saver);
/* Write the picture with `plan`, a reference to one for its depth that is taken, as
 * `wish` is. The look has read `files`, which are copied: they are not replaced. */
void saver_want(Saver *saver, SaveWish *wish, Plan *plan, const WatchFiles *files);
/* Answer that it cannot be written. Takes `wish`. */
void saver_refuse(Saver *saver, SaveWish *wish, const Err *err);
/* Stop the file in work, and do not begin those that have a number by now. */
void saver_cancel(Saver *saver);
/* Is a picture with its plan there that has no answer yet? */
bool saver_is_at_work(Saver *saver);
/* The part of the file in work that is done, 0 to 1. Never decreases while one file is
 * in work. */
double saver_progress(Saver *saver);

#endif
