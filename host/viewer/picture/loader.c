#include "viewer/picture/loader.h"

#include <pthread.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/path.h"
#include "base/thread/thread.h"
#include "image/reader.h"

struct Loader {
    /* immutable after start */
    LoaderConfig config;
    ReadOptions read;
    char *folder; /* the current folder at the start, ending in '/'; "" if unknown */
    pthread_t thread;
    Dispatch *inbox; /* the load thread's */
    pthread_mutex_t lock;
    /* guarded by lock */
    uint64_t newest; /* the number of the newest request */
    Cancel *reading; /* of the file in work; NULL: none */
    bool closed;
};

typedef struct Request {
    Loader *loader;
    uint64_t number;
    char *path;
} Request;

typedef struct Result {
    Loader *loader;
    Loaded loaded;
} Result;

static void request_free(void *data)
{
    Request *request = data;
    mem_free(request->path);
    mem_free(request);
}

static void result_free(void *data)
{
    Result *result = data;
    image_unref(&result->loaded.image);
    mem_free(result);
}

static void deliver(void *data)
{
    Result *result = data;
    const LoaderConfig *config = &result->loader->config;
    config->take(config->context, &result->loaded);
}

/* The load thread. */

/* Errors name the file by the path that the user gave. */
static void shorten(const Loader *loader, const char *path, Err *err)
{
    size_t length = strlen(loader->folder);
    if (path[0] != '/' && strncmp(err->text, loader->folder, length) == 0)
        memmove(err->text, err->text + length, strlen(err->text + length) + 1);
}

static void load(const Request *request, Cancel *cancel, Loaded *loaded)
{
    ReadOptions options = request->loader->read;
    char *path = path_join(request->loader->folder, request->path);
    options.cancel = cancel;
    loaded->number = request->number;
    loaded->image = reader_load(path, &options, &loaded->err);
    if (!loaded->image)
        shorten(request->loader, request->path, &loaded->err);
    mem_free(path);
}

/* From here on a newer request sets `cancel`. False: one has already come. */
static bool begin(const Request *request, Cancel *cancel)
{
    Loader *loader = request->loader;
    pthread_mutex_lock(&loader->lock);
    bool wanted = request->number == loader->newest && !loader->closed;
    if (wanted)
        loader->reading = cancel;
    pthread_mutex_unlock(&loader->lock);
    return wanted;
}

static void end(Loader *loader)
{
    pthread_mutex_lock(&loader->lock);
    loader->reading = NULL;
    pthread_mutex_unlock(&loader->lock);
}

static void serve(void *data)
{
    const Request *request = data;
    Cancel cancel = {0};
    if (!begin(request, &cancel))
        return;
    Result *result = mem_new(1, sizeof *result);
    result->loader = request->loader;
    load(request, &cancel, &result->loaded);
    end(request->loader);
    dispatch_post_newest(request->loader->config.ui, request->loader,
                         &(DispatchItem){deliver, result_free, result});
}

static void loader_thread(void *arg)
{
    const Loader *loader = arg;
    while (dispatch_process(loader->inbox, -1) != DISPATCH_CLOSED)
        ;
}

/* The UI thread. */

static char *current_folder(void)
{
    char *folder = getcwd(NULL, 0);
    char *text = folder ? mem_printf("%s/", folder) : mem_dup("");
    mem_free(folder);
    return text;
}

static void loader_free(Loader *loader)
{
    dispatch_free(loader->inbox);
    pthread_mutex_destroy(&loader->lock);
    mem_free(loader->folder);
    mem_free(loader);
}

Loader *loader_start(const LoaderConfig *config, Err *err)
{
    Loader *loader = mem_new(1, sizeof *loader);
    loader->config = *config;
    loader->read = *config->read;
    loader->folder = current_folder();
    loader->inbox = dispatch_new();
    pthread_mutex_init(&loader->lock, NULL);
    if (thread_start(&loader->thread, "lutist-load", loader_thread, loader, err))
        return loader;
    loader_free(loader);
    return NULL;
}

/* With the lock held. */
static void cancel_reading(Loader *loader, CancelReason reason)
{
    if (loader->reading)
        cancel_set(loader->reading, reason);
}

void loader_stop(Loader *loader)
{
    if (!loader)
        return;
    pthread_mutex_lock(&loader->lock);
    loader->closed = true;
    cancel_reading(loader, CANCEL_CLOSED);
    pthread_mutex_unlock(&loader->lock);
    dispatch_close(loader->inbox);
    pthread_join(loader->thread, NULL);
    loader_free(loader);
}

uint64_t loader_want(Loader *loader, const char *path)
{
    Request *request = mem_new(1, sizeof *request);
    *request = (Request){.loader = loader, .path = mem_dup(path)};
    pthread_mutex_lock(&loader->lock);
    uint64_t number = request->number = ++loader->newest;
    cancel_reading(loader, CANCEL_NEWER);
    pthread_mutex_unlock(&loader->lock);
    dispatch_post_newest(loader->inbox, loader,
                         &(DispatchItem){serve, request_free, request});
    return number;
}
