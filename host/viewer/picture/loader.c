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
    char *folder; /* the current one at the start, ending in '/'; "" if unknown */
    pthread_t thread;
    Dispatch *inbox; /* the load thread's */
    pthread_mutex_t lock;
    /* guarded by lock */
    uint64_t newest; /* the number of the newest wish */
    Cancel *reading; /* of the file that is being read; NULL: none is */
    bool closed;
};

typedef struct Wish {
    Loader *loader;
    uint64_t number;
    char *path;
} Wish;

typedef struct Result {
    Loader *loader;
    Loaded loaded;
} Result;

static void wish_free(void *data)
{
    Wish *wish = data;
    mem_free(wish->path);
    mem_free(wish);
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

/* Errors name the file as the user did. */
static void shorten(const Loader *loader, const char *path, Err *err)
{
    size_t length = strlen(loader->folder);
    if (path[0] != '/' && strncmp(err->text, loader->folder, length) == 0)
        memmove(err->text, err->text + length, strlen(err->text + length) + 1);
}

static void load(const Wish *wish, Cancel *cancel, Loaded *loaded)
{
    ReadOptions options = wish->loader->read;
    char *path = path_join(wish->loader->folder, wish->path);
    options.cancel = cancel;
    loaded->wish = wish->number;
    loaded->image = reader_load(path, &options, &loaded->err);
    if (!loaded->image)
        shorten(wish->loader, wish->path, &loaded->err);
    mem_free(path);
}

/* From here on, newer wishes set `cancel`. False: one has already come. */
static bool begin(const Wish *wish, Cancel *cancel)
{
    Loader *loader = wish->loader;
    pthread_mutex_lock(&loader->lock);
    bool wanted = wish->number == loader->newest && !loader->closed;
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
    const Wish *wish = data;
    Cancel cancel = {0};
    if (!begin(wish, &cancel))
        return;
    Result *result = mem_new(1, sizeof *result);
    result->loader = wish->loader;
    load(wish, &cancel, &result->loaded);
    end(wish->loader);
    dispatch_post_newest(wish->loader->config.ui, wish->loader,
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
    Wish *wish = mem_new(1, sizeof *wish);
    *wish = (Wish){.loader = loader, .path = mem_dup(path)};
    pthread_mutex_lock(&loader->lock);
    uint64_t number = wish->number = ++loader->newest;
    cancel_reading(loader, CANCEL_NEWER);
    pthread_mutex_unlock(&loader->lock);
    dispatch_post_newest(loader->inbox, loader,
                         &(DispatchItem){serve, wish_free, wish});
    return number;
}
