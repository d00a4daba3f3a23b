/* scripter_config — what the script thread begins with, and what it tells the UI
 * thread.
 *
 * Threads: values; filled on one thread, read on the other.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_SCRIPT_SCRIPTER_CONFIG_H
#define LUTIST_VIEWER_SCRIPT_SCRIPTER_CONFIG_H

#include <stdint.h>

#include "pipe/preset_list.h"
#include "python/script.h"
#include "viewer/export/exporter.h"
#include "viewer/picture/render.h"

/* To the UI thread: the values have become a plan or an error. */
typedef struct ScripterAnswer {
    uint64_t serial;      /* of the values, as given to scripter_want */
    int plan_depth;       /* of the newest plan sent to the render thread; 0: none */
    uint64_t plan_colors; /* the number of the conversion in it; 0: none */
    Err err;              /* why the script failed; ERR_NONE: it did not */
} ScripterAnswer;

/* To the UI thread: the script in force, and the last load. */
typedef struct ScripterNews {
    ParamSet *set; /* of the script in force; borrowed; NULL: none was loaded yet */
    const char *name, *about; /* its name, its docstring's first line; borrowed */
    const char *folder;       /* where it lies; borrowed */
    const char *spec;         /* what it was loaded by; borrowed */
    bool loading;             /* a load is in work */
    int loads;                /* how many have ended */
    Err err;            /* of the last one; ERR_NONE: it succeeded, or none has ended */
    const char *notice; /* for people, about the script in force; NULL: none */
    /* of `set`, as the command line asks for them; borrowed; NULL: values_err */
    const ParamValue *values;
    Err values_err;
} ScripterNews;

/* To the UI thread: the presets of a script that has been loaded, or whose presets were
 * to be changed. */
typedef struct ScripterPresets {
    ParamSet *set;    /* of the script; borrowed */
    PresetList *list; /* whoever keeps it nulls it; NULL: err */
    char done[160];   /* what was done, for people; "" */
    Err err;          /* why something was not */
    char *refused;    /* under this name nothing could be saved; owned; NULL: none */
} ScripterPresets;

typedef struct ScripterConfig {
    const char *script;        /* NAME or PATH[:FUNCTION]; borrowed until stop */
    const char *preset;        /* a name; NULL: none; borrowed, as params */
    const char *const *params; /* "NAME=VALUE" */
    int n_params;
    const char *venv;         /* borrowed; NULL: VIRTUAL_ENV, else none */
    bool isolate, no_isolate; /* ScriptPlace.always and never */
    Pool *pool;               /* borrowed, as all that follows */
    Dispatch *inbox;          /* the script thread's; closed by scripter_stop */
    Render *render;           /* gets the plans */
    Exporter *exporter;       /* gets the looks to export */
    Dispatch *ui;
    /* on the UI thread */
    void (*take)(void *context, const ScripterAnswer *answer);
    void (*take_news)(void *context, const ScripterNews *news);
    void (*take_presets)(void *context, ScripterPresets *presets);
    void *context;
} ScripterConfig;

#endif
