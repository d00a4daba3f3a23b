/* script_source — the script as its files have it: loaded, and loaded again when they
 * change.
 *
 * A load that fails leaves the script before it in force. The files that either has
 * read are watched. The script runs in a process of its own where the command line or
 * the script asks for it, or where it has crashed the viewer before.
 * Threads: script thread only.
 * Python:  started, and the GIL is free.
 */
#ifndef LUTIST_VIEWER_SCRIPT_SCRIPT_SOURCE_H
#define LUTIST_VIEWER_SCRIPT_SCRIPT_SOURCE_H

#include "base/watch/watch.h"
#include "python/choice/crash_mark.h"
#include "python/script.h"

typedef struct ScriptPlace {
    Isolation how; /* of a process of its own */
    bool always;   /* in a process of its own */
    bool never;
} ScriptPlace;

typedef struct ScriptSource {
    char *spec;   /* of the wanted script: NAME or PATH[:FUNCTION]; owned */
    char *loaded; /* of the one in force; owned; NULL: there is none yet */
    ScriptPlace place;
    CrashMark mark;     /* of the script in this process */
    const char *notice; /* for people, why it is in a process of its own; NULL: none */
    Script *script;     /* in force; NULL: none was loaded yet */
    char *about;        /* the first line of its docstring; owned; "": it has none */
    Err err;            /* of the last load; ERR_FILE: the script's file is not there */
    int loads;          /* how many have ended */
    Watch *watch;       /* NULL: files cannot be watched */
    WatchFiles files;   /* watched */
} ScriptSource;

/* `changed` is called on a thread of its own when a file has changed. */
void script_source_init(ScriptSource *source, const char *spec,
                        const ScriptPlace *place, void (*changed)(void *context),
                        void *context);
void script_source_term(ScriptSource *source);
/* Want another script from now on. */
void script_source_choose(ScriptSource *source, const char *spec);
/* Load the script. False: source->err, and the script in force is the same. */
bool script_source_load(ScriptSource *source);
/* script_plan_after of the script in force; watches the files that it has named
 * meanwhile. */
Plan *script_source_plan(ScriptSource *source, const ParamValue *values, int depth,
                         const ColorConversion *after, Err *err);

#endif
