/* exporter — the thread that writes a look as a table, so that neither the window nor
 * the script waits for it.
 *
 * The file gets a name that is free when it is written; nothing is ever replaced.
 * Threads: exporter_want from any; the others from the UI thread.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_EXPORT_EXPORTER_H
#define LUTIST_VIEWER_EXPORT_EXPORTER_H

#include "base/thread/dispatch.h"
#include "pipe/export/export.h"

typedef struct Exporter Exporter;

/* To the UI thread: how an export has ended. */
typedef struct Exported {
    char text[1024]; /* for people */
    Err err;         /* ERR_NONE: it is written */
} Exported;

typedef struct ExporterConfig {
    Pool *pool;   /* borrowed, as all that follows */
    Dispatch *ui; /* the UI thread's */
    void (*take)(void *context, const Exported *exported);
    void *context;
} ExporterConfig;

/* Fails: ERR_ENV. */
Exporter *exporter_start(const ExporterConfig *config, Err *err);
/* Drop what waits, stop the file in work, which leaves nothing, and end the thread.
 * Later wishes are dropped. NULL is fine. */
void exporter_stop(Exporter *exporter);
void exporter_free(Exporter *exporter); /* stopped; NULL is fine */

/* Write the look as a .cube file beside `picture`, or in the working folder where that
 * folder cannot be written. The plans are asked for in the calling thread. */
void exporter_want(Exporter *exporter, const ExportLook *look, const char *picture);

#endif
