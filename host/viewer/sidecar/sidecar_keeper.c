#include "viewer/sidecar/sidecar_keeper.h"

#include <string.h>

#include "base/mem.h"
#include "base/thread/thread.h"
#include "viewer/sidecar/sidecar_file.h"

/* A text that could not be written. */
typedef struct Unsaved {
    char *picture, *text; /* owned */
    struct Unsaved *next;
} Unsaved;

struct SidecarKeeper {
    /* immutable after start */
    SidecarKeeperConfig config;
    Dispatch *inbox;
    pthread_t thread;
    /* its thread only */
    Unsaved *unsaved;
    bool ended;
};

typedef struct Request {
    SidecarKeeper *keeper;
    char *picture; /* owned */
    char *text;    /* owned; NULL: read */
} Request;

typedef struct Answer {
    SidecarKeeper *keeper;
    SidecarNews news;
    char *picture; /* owned */
} Answer;

static void request_free(void *data)
{
    Request *request = data;
    mem_free(request->picture);
    mem_free(request->text);
    mem_free(request);
}

static void answer_free(void *data)
{
    Answer *answer = data;
    sidecar_free(answer->news.sidecar);
    mem_free(answer->picture);
    mem_free(answer);
}

static void deliver(void *data)
{
    Answer *answer = data;
    const SidecarKeeperConfig *config = &answer->keeper->config;
    config->take(config->context, &answer->news);
}

/* Takes `sidecar`. */
static void tell(const Request *request, Sidecar *sidecar, const Err *err)
{
    Answer *answer = mem_new(1, sizeof *answer);
    answer->keeper = request->keeper;
    answer->picture = mem_dup(request->picture);
    answer->news = (SidecarNews){.picture = answer->picture,
                                 .written = request->text,
                                 .sidecar = sidecar,
                                 .err = *err};
    dispatch_post_newest(request->keeper->config.ui, answer, /* a key of its own */
                         &(DispatchItem){deliver, answer_free, answer});
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
    mem_free(old);
}

static void read_one(void *data)
{
    const Request *request = data;
    const Unsaved *unsaved = *find(request->keeper, request->picture);
    Err err = {0};
    char *text =
        unsaved ? mem_dup(unsaved->text) : sidecar_file_read(request->picture, &err);
    Sidecar *sidecar = text ? sidecar_parse(text, &err) : NULL;
    if (text && !sidecar) {
        char *path = mem_printf("%s.lutist", request->picture);
        err_in(&err, path);
        mem_free(path);
    }
    mem_free(text);
    tell(request, sidecar, &err);
}

static void write_one(void *data)
{
    const Request *request = data;
    SidecarKeeper *keeper = request->keeper;
    Err err = {0};
    forget(find(keeper, request->picture));
    if (sidecar_file_write(request->picture, request->text, &err))
        return;
    Unsaved *unsaved = mem_new(1, sizeof *unsaved);
    *unsaved =
        (Unsaved){mem_dup(request->picture), mem_dup(request->text), keeper->unsaved};
    keeper->unsaved = unsaved;
    tell(request, NULL, &err);
}

static void end(void *data)
{
    SidecarKeeper *keeper = data;
    keeper->ended = true;
}

static void keeper_thread(void *arg)
{
    SidecarKeeper *keeper = arg;
    while (!keeper->ended)
        dispatch_process(keeper->inbox, -1);
}

/* The UI thread. */

SidecarKeeper *sidecar_keeper_start(const SidecarKeeperConfig *config, Err *err)
{
    SidecarKeeper *keeper = mem_new(1, sizeof *keeper);
    keeper->config = *config;
    keeper->inbox = dispatch_new();
    if (thread_start(&keeper->thread, "lutist-sidecar", keeper_thread, keeper, err))
        return keeper;
    dispatch_free(keeper->inbox);
    mem_free(keeper);
    return NULL;
}

void sidecar_keeper_stop(SidecarKeeper *keeper)
{
    if (!keeper)
        return;
    dispatch_post_newest(keeper->inbox, keeper, &(DispatchItem){end, NULL, keeper});
    pthread_join(keeper->thread, NULL);
    dispatch_free(keeper->inbox);
    while (keeper->unsaved)
        forget(&keeper->unsaved);
    mem_free(keeper);
}

static void ask(SidecarKeeper *keeper, const char *picture, char *text)
{
    Request *request = mem_new(1, sizeof *request);
    *request = (Request){keeper, mem_dup(picture), text};
    dispatch_post_newest(
        keeper->inbox, request, /* a key of its own */
        &(DispatchItem){text ? write_one : read_one, request_free, request});
}

void sidecar_keeper_read(SidecarKeeper *keeper, const char *picture)
{
    ask(keeper, picture, NULL);
}

void sidecar_keeper_write(SidecarKeeper *keeper, const char *picture, char *text)
{
    ask(keeper, picture, text);
}
