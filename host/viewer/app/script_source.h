/* script_source — the script as its files have it: loaded, and loaded again when they
 * change.
 *
 * A load that fails leaves the script before it in force. The files that either has
 * read are watched.
 * Threads: script thread only.
 * Python:  started, and the GIL is free.
 */
#ifndef LUTIST_VIEWER_APP_SCRIPT_SOURCE_H
#define LUTIST_VIEWER_APP_SCRIPT_SOURCE_H

#include "base/watch/watch.h"
#include "python/script.h"

typedef struct ScriptSource {
    const char *spec; /* NAME or PATH[:FUNCTION]; borrowed */
    Script *script;   /* in force; NULL: none was loaded yet */
    Err err;          /* of the last load; ERR_FILE: the script's file is not there */
    int loads;        /* how many have ended */
    Watch *watch;     /* NULL: files cannot be watched */
    WatchFiles files; /* watched */
} ScriptSource;

/* `changed` is called on a thread of its own when a file has changed. */
void script_source_init(ScriptSource *source, const char *spec,
                        void (*changed)(void *context), void *context);
void script_source_term(ScriptSource *source);
/* Load the script. False: source->err, and the script in force is the same. */
bool script_source_load(ScriptSource *source);
/* The script has been called: watch the files that it has named. */
void script_source_called(ScriptSource *source);

#endif
