#include "viewer/picture/loader.h"

#include <pthread.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/path.h"
#include "base/thread/mailbox.h"
#include "base/thread/thread.h"

struct Loader {
    /* immutable after start */
    ReadOptions read;
    Wake wake;
    char *folder; /* the current one at the start, ending in '/'; "" if unknown */
    pthread_t thread;
    Mailbox *wishes;  /* of Wish: UI thread to load thread */
    Mailbox *results; /* of Loaded: back */
    /* UI thread only */
    uint64_t last_wish;
};

typedef struct Wish {
    uint64_t number;
    char *path;
} Wish;

static void wish_free(void *message)
{
    Wish *wish = message;
    mem_free(wish->path);
    mem_free(wish);
}

void loaded_free(Loaded *loaded)
{
    if (loaded)
        image_unref(&loaded->image);
    mem_free(loaded);
}

static void result_free(void *message)
{
    loaded_free(message);
}

/* Errors name the file as the user did. */
static void shorten(const Loader *loader, const char *path, Err *err)
{
    size_t length = strlen(loader->folder);
    if (path[0] != '/' && strncmp(err->text, loader->folder, length) == 0)
        memmove(err->text, err->text + length, strlen(err->text + length) + 1);
}

static Loaded *load(Loader *loader, const Wish *wish)
{
    double start = thread_clock_ms();
    Loaded *loaded = mem_new(1, sizeof *loaded);
    ReadOptions options = loader->read;
    char *path = path_join(loader->folder, wish->path);
    options.cancel = mailbox_cancel(loader->wishes);
    loaded->wish = wish->number;
    loaded->image = image_load(path, &options, &loaded->err);
    if (!loaded->image)
        shorten(loader, wish->path, &loaded->err);
    loaded->ms = thread_clock_ms() - start;
    mem_free(path);
    return loaded;
}

static void loader_thread(void *arg)
{
    Loader *loader = arg;
    for (Wish *wish; (wish = mailbox_take(loader->wishes));) {
        mailbox_put(loader->results, load(loader, wish));
        loader->wake.call(loader->wake.context);
        wish_free(wish);
    }
}

static char *current_folder(void)
{
    char *folder = getcwd(NULL, 0);
    char *text = folder ? mem_printf("%s/", folder) : mem_dup("");
    mem_free(folder);
    return text;
}

static void loader_free(Loader *loader)
{
    mailbox_free(loader->wishes);
    mailbox_free(loader->results);
    mem_free(loader->folder);
    mem_free(loader);
}

Loader *loader_start(const ReadOptions *read, Wake wake, Err *err)
{
    Loader *loader = mem_new(1, sizeof *loader);
    loader->read = *read;
    loader->wake = wake;
    loader->folder = current_folder();
    loader->wishes = mailbox_new(wish_free);
    loader->results = mailbox_new(result_free);
    if (thread_start(&loader->thread, "lutist-load", loader_thread, loader, err))
        return loader;
    loader_free(loader);
    return NULL;
}

void loader_stop(Loader *loader)
{
    if (!loader)
        return;
    mailbox_close(loader->wishes);
    pthread_join(loader->thread, NULL);
    loader_free(loader);
}

uint64_t loader_want(Loader *loader, const char *path)
{
    Wish *wish = mem_new(1, sizeof *wish);
    wish->number = ++loader->last_wish;
    wish->path = mem_dup(path);
    mailbox_put(loader->wishes, wish); /* from here on it is the thread's */
    return loader->last_wish;
}

Loaded *loader_poll(Loader *loader)
{
    return mailbox_poll(loader->results);
}

Loaded *loader_wait(Loader *loader)
{
    return mailbox_take(loader->results);
}
