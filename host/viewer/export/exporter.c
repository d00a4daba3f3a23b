#include "viewer/export/exporter.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file/folder.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/thread/thread.h"

struct Exporter {
    /* immutable after start */
    ExporterConfig config;
    pthread_t thread;
    Dispatch *inbox; /* of the exporter's thread; owned */
    char *folder;    /* the working folder; owned */
    /* any thread */
    Cancel cancel; /* set: the end has come */
};

/* The outcome, for the UI thread. */

typedef struct Outcome {
    Exporter *exporter;
    Exported exported;
} Outcome;

static void deliver(void *data)
{
    const Outcome *outcome = data;
    const ExporterConfig *config = &outcome->exporter->config;
    config->take(config->context, &outcome->exported);
}

/* `err`: why there is no file; ERR_NONE: there is one. */
static void tell(Exporter *exporter, const char *text, const Err *err)
{
    Outcome *outcome = mem_new(1, sizeof *outcome);
    outcome->exporter = exporter;
    outcome->exported.err = *err;
    snprintf(outcome->exported.text, sizeof outcome->exported.text, "%s", text);
    dispatch_post_newest(exporter->config.ui, outcome, /* a key of its own */
                         &(DispatchItem){deliver, mem_free, outcome});
}

static void tell_failure(Exporter *exporter, const Err *err)
{
    char *text = mem_printf("The look was not exported: %s", err->text);
    tell(exporter, text, err);
    mem_free(text);
}

/* The exporter's thread. */

enum { TRIES = 100 };

typedef struct Wish {
    Exporter *exporter;
    Export *export; /* owned, as what follows */
    char *folder;   /* absolute */
    char *name;     /* of the table, without its ending */
} Wish;

static void wish_free(void *data)
{
    Wish *wish = data;
    export_free(wish->export);
    mem_free(wish->folder);
    mem_free(wish->name);
    mem_free(wish);
}

/* New: FOLDER/NAME.cube, or with -2, -3, … behind the name: a path that is free. */
static char *free_path(const char *folder, const char *name)
{
    struct stat there;
    char *path = mem_printf("%s/%s.cube", folder, name);
    for (int number = 2; lstat(path, &there) == 0; number++) {
        mem_free(path);
        path = mem_printf("%s/%s-%d.cube", folder, name, number);
    }
    return path;
}

/* New: the path of the file. Another program may take a free name meanwhile; then the
 * next one is tried. NULL: *err. */
static char *write_free(const Wish *wish, ExportReport *report, Err *err)
{
    Exporter *exporter = wish->exporter;
    ExportPlace place = {.pool = exporter->config.pool, .cancel = &exporter->cancel};
    for (int tries = 0; tries < TRIES; tries++) {
        char *path = free_path(wish->folder, wish->name);
        export_move(wish->export, path);
        if (export_write(wish->export, &place, report, err))
            return path;
        mem_free(path);
        if (err->code != EEXIST)
            break;
    }
    return NULL;
}

static void serve(void *data)
{
    const Wish *wish = data;
    ExportReport report;
    Err err = {0};
    char *path = write_free(wish, &report, &err);
    if (!path) {
        tell_failure(wish->exporter, &err);
        return;
    }
    char *text = mem_printf("Exported %s (error at most %.3f of 255) in %s",
                            path_name(path), report.largest, wish->folder);
    tell(wish->exporter, text, &(Err){0});
    mem_free(text);
    mem_free(path);
}

static void exporter_thread(void *arg)
{
    const Exporter *exporter = arg;
    while (dispatch_process(exporter->inbox, -1) != DISPATCH_CLOSED)
        ;
}

/* Wishes. */

/* New: the folder for a table of `picture`, absolute. */
static char *folder_for(const Exporter *exporter, const char *picture)
{
    char *near = path_dir(picture);
    bool here = strcmp(near, ".") == 0;
    char *folder = here ? mem_dup(exporter->folder) : path_join(exporter->folder, near);
    mem_free(near);
    if (access(folder, W_OK | X_OK) == 0)
        return folder;
    mem_free(folder);
    return mem_dup(exporter->folder);
}

void exporter_want(Exporter *exporter, const ExportLook *look, const char *picture)
{
    Err err = {0};
    char *path = mem_printf("%s.cube", look->script);
    Export *export = export_new(path, &(ExportWish){.format = "cube"}, look, &err);
    mem_free(path);
    if (!export) {
        tell_failure(exporter, &err);
        return;
    }
    Wish *wish = mem_new(1, sizeof *wish);
    *wish =
        (Wish){exporter, export, folder_for(exporter, picture), mem_dup(look->script)};
    dispatch_post_newest(exporter->inbox, wish, /* a key of its own */
                         &(DispatchItem){serve, wish_free, wish});
}

Exporter *exporter_start(const ExporterConfig *config, Err *err)
{
    Exporter *exporter = mem_new(1, sizeof *exporter);
    char *folder = folder_working();
    exporter->config = *config;
    exporter->folder = mem_dup(*folder ? folder : ".");
    mem_free(folder);
    exporter->inbox = dispatch_new();
    if (thread_start(&exporter->thread, "lutist-export", exporter_thread, exporter,
                     err))
        return exporter;
    exporter_free(exporter);
    return NULL;
}

void exporter_stop(Exporter *exporter)
{
    if (!exporter)
        return;
    cancel_set(&exporter->cancel, CANCEL_CLOSED);
    dispatch_close(exporter->inbox);
    pthread_join(exporter->thread, NULL);
}

void exporter_free(Exporter *exporter)
{
    if (!exporter)
        return;
    dispatch_free(exporter->inbox);
    mem_free(exporter->folder);
    mem_free(exporter);
}
