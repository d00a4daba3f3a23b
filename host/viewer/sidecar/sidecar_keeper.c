#include "viewer/sidecar/sidecar_keeper.h"

#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/thread/errands.h"
#include "viewer/sidecar/sidecar_file.h"

/* A text that could not be written. */
typedef struct Unsaved {
    char *picture, *text, *why; /* owned */
    struct Unsaved *next;
} Unsaved;

struct SidecarKeeper {
    /* immutable after start */
    SidecarKeeperConfig config;
    Errands *errands;
    /* their thread only */
    Unsaved *unsaved;
};

typedef struct Request {
    SidecarKeeper *keeper;
    char *picture; /* owned */
    char *text;    /* owned; NULL: read */
    SidecarNews news;
} Request;

static void request_free(void *data)
{
    Request *request = data;
    sidecar_free(request->news.sidecar);
    mem_free(request->picture);
    mem_free(request->text);
    mem_free(request);
}

/* A text that was written is no news. */
static void deliver(void *data)
{
    Request *request = data;
    const SidecarKeeperConfig *config = &request->keeper->config;
    if (!request->text || request->news.err.kind)
        config->take(config->context, &request->news);
}

/* Its thread. */

static Unsaved **find(SidecarKeeper *keeper, const char *picture)
{
    Unsaved **at = &keeper->unsaved;
    while (*at && strcmp((*at)->picture, picture) != 0)
        at = &(*at)->next;
    return at;
}

static void forget(Unsaved **at)
{
    Unsaved *old = *at;
    if (!old)
        return;
    *at = old->next;
    mem_free(old->picture);
    mem_free(old->text);
    mem_free(old->why);
    mem_free(old);
}

/* The error of a text names its file. */
static void name_file(Err *err, const char *picture)
{
    char *path = mem_printf("%s.lutist", picture);
    err_in(err, path);
    mem_free(path);
}

static void read_one(void *data)
{
    Request *request = data;
    Err *err = &request->news.err;
    const Unsaved *unsaved = *find(request->keeper, request->picture);
    char *text =
        unsaved ? mem_dup(unsaved->text) : sidecar_file_read(request->picture, err);
    Sidecar *sidecar = text ? sidecar_parse(text, err) : NULL;
    if (text && !sidecar)
        name_file(err, request->picture);
    mem_free(text);
    request->news.sidecar = sidecar;
}

/* The text that takes the place of `older`, which is freed; NULL: there is none. False:
 * that is none of ours. */
static bool merge(Request *request, char *older)
{
    char *text = older ? sidecar_merge(request->text, older, &request->news.err) : NULL;
    bool fine = text || !older;
    mem_free(older);
    if (text) {
        mem_free(request->text);
        request->text = text;
    }
    return fine;
}

/* Another program may have written it since it was read: what only that text has
 * stays. */
static bool write_merged(Request *request)
{
    Err *err = &request->news.err;
    char *there = sidecar_file_read(request->picture, err);
    if (err->kind)
        return false;
    if (merge(request, there))
        return sidecar_file_write(request->picture, request->text, err);
    name_file(err, request->picture);
    return false;
}

static void write_one(void *data)
{
    Request *request = data;
    SidecarKeeper *keeper = request->keeper;
    Unsaved **before = find(keeper, request->picture);
    if (*before)
        merge(request, mem_dup((*before)->text));
    forget(before);
    if (write_merged(request))
        return;
    Unsaved *unsaved = mem_new(1, sizeof *unsaved);
    *unsaved = (Unsaved){mem_dup(request->picture), mem_dup(request->text),
                         mem_dup(request->news.err.text), keeper->unsaved};
    keeper->unsaved = unsaved;
}

/* The UI thread. */

SidecarKeeper *sidecar_keeper_start(const SidecarKeeperConfig *config, Err *err)
{
    ErrandsConfig errands = {.name = "lutist-sidecar", .ui = config->ui};
    SidecarKeeper *keeper = mem_new(1, sizeof *keeper);
    keeper->config = *config;
    keeper->errands = errands_start(&errands, err);
    if (keeper->errands)
        return keeper;
    mem_free(keeper);
    return NULL;
}

/* They end with the window. */
static void tell_unsaved(const SidecarKeeper *keeper)
{
    int more = -1;
    for (const Unsaved *at = keeper->unsaved; at; at = at->next)
        more++;
    if (more == 0)
        log_error("The values of %s are lost: %s", keeper->unsaved->picture,
                  keeper->unsaved->why);
    else if (more > 0)
        log_error("The values of %s and %d more are lost: %s", keeper->unsaved->picture,
                  more, keeper->unsaved->why);
}

void sidecar_keeper_stop(SidecarKeeper *keeper)
{
    if (!keeper)
        return;
    errands_finish(keeper->errands);
    tell_unsaved(keeper);
    while (keeper->unsaved)
        forget(&keeper->unsaved);
    mem_free(keeper);
}

/* Each request is a key of its own. */
static void ask(SidecarKeeper *keeper, const char *picture, char *text)
{
    Request *request = mem_new(1, sizeof *request);
    *request = (Request){.keeper = keeper, .picture = mem_dup(picture), .text = text};
    request->news.picture = request->picture;
    request->news.written = text;
    errands_do(keeper->errands, request,
               &(Errand){text ? write_one : read_one, deliver, request_free, request});
}

void sidecar_keeper_read(SidecarKeeper *keeper, const char *picture)
{
    ask(keeper, picture, NULL);
}

void sidecar_keeper_write(SidecarKeeper *keeper, const char *picture, char *text)
{
    ask(keeper, picture, text);
}
