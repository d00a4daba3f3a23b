#include "viewer/load/loader.h"

#include <pthread.h>
#include <string.h>
#include <time.h>

#include "base/file/folder.h"
#include "base/limits.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/thread/thread.h"
#include "image/reader.h"
#include "viewer/load/first_look.h"
#include "viewer/load/picture_read.h"
#include "viewer/load/picture_store.h"
#include "viewer/load/read_ahead.h"
#include "viewer/load/wanted_paths.h"

enum {
    SWEEP_MS = 100, /* how often to see whether the window still holds a picture */
    SHOW_MS = 100,  /* from a picture's delivery to the screen */
    ROOM_MS = 20,   /* between looks whether the screen has let go of a picture */
    ROOM_TRIES = 50,
    /* Of reading in advance. At a still lower priority its last band, as a drag begins,
     * would hold the locks of the process's memory for long. */
    NICENESS = 10,
    MOST_OF_IT = 500, /* rows, of 1000: then the rest comes sooner than all again */
};
/* A newer request does not cancel the reading when the last picture is older. */
static const double PATIENCE_MS = 300;

struct Loader {
    /* immutable after start */
    LoaderConfig config;
    ReadOptions read;
    char *folder; /* the current folder at the start, ending in '/'; "" if unknown */
    pthread_t thread, ahead_thread;
    Dispatch *inbox; /* the load thread's */
    Dispatch *ahead; /* of the thread that reads in advance */
    DisplayColors colors;
    atomic_int done;     /* of a picture that is read to the disk: rows, of 1000 */
    atomic_int advanced; /* the same of the one that is read in advance */
    atomic_bool large;   /* the file in work is: as first_look has it */
    atomic_bool rests;   /* nothing is left to read: pictures that leave are no use */
    Cancel hurry;        /* its reading waits for no rest */
    Quiet quiet;         /* whether reading in advance may go on */
    PictureStore store;
    pthread_mutex_t lock;
    pthread_cond_t turn; /* signalled by what await_turn waits for */
    /* guarded by lock */
    bool starting;     /* the rest of the program */
    bool looked;       /* the first look at the file in work is over */
    uint64_t newest;   /* the number of the newest request */
    uint64_t served;   /* of the newest that was answered, or dropped for a newer one */
    WantedPaths paths; /* whole ones */
    Cancel *reading;   /* of the file in work; NULL: none */
    bool first_shown;  /* a rough picture of that file was delivered */
    bool first_whole;  /* it showed all of it */
    double last_ms;    /* when a picture was delivered last */
    Cancel *advance;   /* of the file that is read in advance; NULL: none */
    const char *advancing; /* its path; borrowed */
    bool awaited;          /* it is the wanted one */
    bool closed;
};

typedef struct Request {
    Loader *loader;
    uint64_t number;
    char *path;
    bool complete; /* no rough picture first */
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
    mem_free(result->loaded.path);
    pyramid_unref(&result->loaded.pyramid);
    picture_colors_clear(&result->loaded.colors);
    mem_free(result);
}

static void deliver(void *data)
{
    Result *result = data;
    const LoaderConfig *config = &result->loader->config;
    config->take(config->context, &result->loaded);
}

/* Rough pictures. */

/* A rough picture of the file in work, from the thread of its first look or the load
 * thread. */
typedef struct Rough {
    const Request *request;
    FileStamp stamp;
    Cancel *cancel; /* of the file */
    bool at_hand;   /* it had been made in advance */
} Rough;

/* A part does not take the place of a picture that shows all. */
static void deliver_rough(const Rough *rough, Pyramid *pyramid, bool whole)
{
    const Request *request = rough->request;
    Loader *loader = request->loader;
    Result *result = mem_new(1, sizeof *result);
    *result = (Result){.loader = loader,
                       .loaded = {.number = request->number,
                                  .path = mem_dup(request->path),
                                  .stamp = rough->stamp,
                                  .at_hand = rough->at_hand,
                                  .pyramid = pyramid,
                                  .colors = display_colors_for(&loader->colors,
                                                               pyramid_largest(pyramid),
                                                               request->number)}};
    DispatchItem item = {deliver, result_free, result};
    pthread_mutex_lock(&loader->lock);
    bool wanted = whole || !loader->first_whole;
    loader->first_shown = true;
    loader->first_whole = loader->first_whole || whole;
    loader->last_ms = thread_clock_ms();
    if (wanted)
        dispatch_post_newest(loader->config.ui, loader, &item);
    pthread_mutex_unlock(&loader->lock);
    if (!wanted)
        result_free(result);
}

static void take_rough(void *context, Pyramid *pyramid)
{
    const Rough *rough = context;
    Loader *loader = rough->request->loader;
    if (pyramid)
        deliver_rough(rough, pyramid, true);
    pthread_mutex_lock(&loader->lock);
    loader->looked = true;
    pthread_cond_broadcast(&loader->turn);
    pthread_mutex_unlock(&loader->lock);
}

static void take_part(void *context, Pyramid *pyramid)
{
    deliver_rough(context, pyramid, false);
}

/* NULL: there is none, or one was at hand. */
static FirstLook *begin_look(Rough *rough, const char *path)
{
    const Request *request = rough->request;
    Loader *loader = request->loader;
    if (request->complete)
        return NULL;
    Pyramid *kept = picture_store_find_rough(&loader->store, path, rough->stamp);
    if (!kept)
        return first_look_begin(path, &loader->read, loader->store.budget,
                                &loader->large, take_rough, rough);
    rough->at_hand = true;
    deliver_rough(rough, kept, true);
    return NULL;
}

/* The load thread. */

/* The pictures that are neither wanted nor expected go. With the lock held. */
static void drop_others(Loader *loader)
{
    char *paths[PICTURE_STORE_MOST];
    int count = wanted_paths_all(&loader->paths, paths);
    picture_store_only(&loader->store, paths, count);
}

/* The picture on the screen is kept while it is at hand, whatever it takes. */
static void keep(void *context, const char *path, FileStamp stamp, Pyramid *pyramid)
{
    Loader *loader = context;
    pthread_mutex_lock(&loader->lock);
    drop_others(loader);
    if (wanted_paths_has(&loader->paths, path))
        picture_store_keep(&loader->store, path, stamp, pyramid);
    pthread_mutex_unlock(&loader->lock);
}

/* The screen soon lets go of the picture before for a rough one that was at hand. */
static bool is_room_coming(const Rough *rough, ImageInfo info)
{
    const PictureStore *store = &rough->request->loader->store;
    return rough->at_hand && !cancel_is_set(rough->cancel) &&
           picture_store_bytes(info) <= store->budget;
}

static bool fits_wanted(void *context, ImageInfo info, Pyramid **spare)
{
    const Rough *rough = context;
    PictureStore *store = &rough->request->loader->store;
    const struct timespec nap = {.tv_nsec = ROOM_MS * 1000000L};
    bool fits = picture_store_make_room(store, info, NULL, 0);
    for (int i = 0; !fits && i < ROOM_TRIES && is_room_coming(rough, info); i++) {
        nanosleep(&nap, NULL);
        fits = picture_store_make_room(store, info, NULL, 0);
    }
    *spare = fits ? picture_store_take_spare(store, info) : NULL;
    picture_store_sweep(store);
    return fits;
}

static Pyramid *read_wanted(Rough *rough, const char *path, Err *err)
{
    Cancel *cancel = rough->cancel;
    Loader *loader = rough->request->loader;
    ReadOptions options = loader->read;
    options.cancel = cancel;
    PictureReading how = {.options = &options,
                          .fits = fits_wanted,
                          .bands = {.memory = loader->store.budget, /* immutable */
                                    .pool = loader->config.pool,
                                    .cancel = cancel,
                                    .done = &loader->done,
                                    .take = rough->request->complete ? NULL : take_part,
                                    .context = rough}};
    return picture_read(path, &how, err);
}

/* Until the first look is over and, for a moment, until its picture is on the screen,
 * while the program starts. */
static void await_turn(Loader *loader, Cancel *cancel)
{
    pthread_mutex_lock(&loader->lock);
    while (loader->starting && !loader->looked && !cancel_is_set(cancel))
        pthread_cond_wait(&loader->turn, &loader->lock);
    struct timespec limit = thread_in_ms(CLOCK_REALTIME, SHOW_MS);
    int failed = 0;
    while (loader->starting && loader->first_shown && !cancel_is_set(cancel) && !failed)
        failed = pthread_cond_timedwait(&loader->turn, &loader->lock, &limit);
    pthread_mutex_unlock(&loader->lock);
}

/* A new reference; NULL: it is not read in advance, or that was in vain. */
static Pyramid *await_advance(Loader *loader, const char *path, FileStamp stamp,
                              Cancel *cancel)
{
    bool known;
    pthread_mutex_lock(&loader->lock);
    while (loader->awaited && loader->advance && !cancel_is_set(cancel))
        pthread_cond_wait(&loader->turn, &loader->lock);
    pthread_mutex_unlock(&loader->lock);
    return picture_store_find(&loader->store, path, stamp, &known);
}

/* The picture that is not at hand. `path` is the whole one. */
static Pyramid *load_from(Rough *rough, const char *path, Err *err)
{
    const Request *request = rough->request;
    Loader *loader = request->loader;
    atomic_store(&loader->done, 0);
    pthread_mutex_lock(&loader->lock);
    drop_others(loader);
    pthread_mutex_unlock(&loader->lock);
    FirstLook *first = begin_look(rough, path);
    if (first)
        await_turn(loader, rough->cancel);
    Pyramid *pyramid = await_advance(loader, path, rough->stamp, rough->cancel);
    if (!pyramid && (pyramid = read_wanted(rough, path, err)))
        keep(loader, path, rough->stamp, pyramid);
    first_look_end(first);
    return pyramid;
}

static void load(const Request *request, Cancel *cancel, Loaded *loaded)
{
    bool known;
    Loader *loader = request->loader;
    char *path = path_join(loader->folder, request->path);
    FileStamp stamp = watch_files_stamp(path);
    loaded->number = request->number;
    loaded->stamp = stamp;
    loaded->path = mem_dup(request->path);
    loaded->pyramid = picture_store_find(&loader->store, path, stamp, &known);
    loaded->at_hand = loaded->pyramid;
    if (!loaded->pyramid)
        loaded->pyramid =
            load_from(&(Rough){request, stamp, cancel, false}, path, &loaded->err);
    if (loaded->pyramid)
        loaded->colors = display_colors_for(
            &loader->colors, pyramid_image(loaded->pyramid), request->number);
    else
        err_without(&loaded->err, request->path[0] == '/' ? "" : loader->folder);
    mem_free(path);
}

/* From here on a newer request may set `cancel`. False: one has already come. */
static bool begin(const Request *request, Cancel *cancel)
{
    Loader *loader = request->loader;
    pthread_mutex_lock(&loader->lock);
    bool wanted = request->number == loader->newest && !loader->closed;
    if (wanted)
        loader->reading = cancel;
    loader->first_shown = loader->first_whole = loader->looked = false;
    atomic_store(&loader->large, false);
    pthread_mutex_unlock(&loader->lock);
    return wanted;
}

static void end(Loader *loader, const Loaded *loaded)
{
    pthread_mutex_lock(&loader->lock);
    loader->reading = NULL;
    loader->served = loaded->number;
    if (loaded->pyramid)
        loader->last_ms = thread_clock_ms();
    pthread_mutex_unlock(&loader->lock);
}

static void look_ahead(void *data);

static void wake_ahead(Loader *loader)
{
    dispatch_post_newest(loader->ahead, loader,
                         &(DispatchItem){look_ahead, NULL, loader});
}

static void serve(void *data)
{
    const Request *request = data;
    Loader *loader = request->loader;
    Cancel cancel = {0};
    if (!begin(request, &cancel))
        return;
    Result *result = mem_new(1, sizeof *result);
    result->loader = loader;
    load(request, &cancel, &result->loaded);
    end(loader, &result->loaded);
    if (result->loaded.err.kind == ERR_CANCELLED)
        result_free(result);
    else
        dispatch_post_newest(loader->config.ui, loader,
                             &(DispatchItem){deliver, result_free, result});
    wake_ahead(loader);
}

static void sweep(void *data)
{
    Loader *loader = data;
    picture_store_sweep(&loader->store);
}

/* Until all is read that is expected, a picture that leaves is memory for it. */
static void loader_thread(void *arg)
{
    Loader *loader = arg;
    bool leaving = false;
    while (dispatch_process(loader->inbox, leaving ? SWEEP_MS : -1) != DISPATCH_CLOSED)
        leaving = atomic_load(&loader->rests) && picture_store_sweep(&loader->store);
}

/* The thread that reads in advance. */

/* New: the next path to read; from here on a request sets `cancel`. NULL: there is
 * nothing to do. */
static char *begin_ahead(Loader *loader, int index, Cancel *cancel)
{
    char *path = NULL;
    pthread_mutex_lock(&loader->lock);
    bool idle = !loader->closed && loader->served == loader->newest;
    bool more = index < loader->paths.n_expected;
    atomic_store(&loader->rests, idle && !more);
    if (idle && more) {
        path = mem_dup(loader->paths.expected[index]);
        loader->advance = cancel;
        loader->advancing = path;
        atomic_store(&loader->advanced, 0);
        cancel_clear(&loader->hurry);
    }
    pthread_mutex_unlock(&loader->lock);
    return path;
}

/* Of a low priority, the thread frees nothing itself. */
static void sweep_later(void *context)
{
    Loader *loader = context;
    dispatch_post_newest(loader->inbox, &loader->store,
                         &(DispatchItem){sweep, NULL, loader});
}

static bool make_room_ahead(void *context, ImageInfo info)
{
    Loader *loader = context;
    char *paths[PICTURE_STORE_MOST];
    pthread_mutex_lock(&loader->lock);
    int count = wanted_paths_before(&loader->paths, loader->advancing, paths);
    bool fits = picture_store_make_room(&loader->store, info, paths, count);
    pthread_mutex_unlock(&loader->lock);
    return fits;
}

static void look_ahead(void *data)
{
    Loader *loader = data;
    for (int i = 0;; i++) {
        Cancel cancel = {0};
        char *path = begin_ahead(loader, i, &cancel);
        if (!path)
            break;
        read_ahead(&(ReadAhead){.store = &loader->store,
                                .options = &loader->read,
                                .quiet = &loader->quiet,
                                .cancel = &cancel,
                                .hurry = &loader->hurry,
                                .done = &loader->advanced,
                                .make_room = make_room_ahead,
                                .sweep = sweep_later,
                                .keep = keep,
                                .context = loader},
                   path);
        pthread_mutex_lock(&loader->lock);
        loader->advance = NULL;
        pthread_cond_broadcast(&loader->turn);
        pthread_mutex_unlock(&loader->lock);
        mem_free(path);
    }
    sweep_later(loader);
}

/* At the start it has nothing to read: it asks the display, which takes a moment, while
 * the first picture is decoded. */
static void ahead_thread(void *arg)
{
    Loader *loader = arg;
    display_colors_prepare(&loader->colors);
    thread_be_nicer(NICENESS);
    while (dispatch_process(loader->ahead, -1) != DISPATCH_CLOSED)
        ;
}

/* The UI thread. */

static void loader_free(Loader *loader)
{
    dispatch_free(loader->inbox);
    dispatch_free(loader->ahead);
    display_colors_term(&loader->colors);
    picture_store_term(&loader->store);
    wanted_paths_term(&loader->paths);
    pthread_cond_destroy(&loader->turn);
    pthread_mutex_destroy(&loader->lock);
    mem_free(loader->folder);
    mem_free(loader);
}

static Loader *loader_new(const LoaderConfig *config)
{
    Loader *loader = mem_new(1, sizeof *loader);
    loader->config = *config;
    loader->read = *config->read;
    loader->starting = config->starting;
    display_colors_init(&loader->colors, config->display);
    if (!config->memory)
        loader->config.memory = limits_memory("") / 4;
    /* The rest is for what is made of them. */
    picture_store_init(&loader->store, loader->config.memory / 4 * 3);
    char *folder = folder_working();
    loader->folder = path_join(folder, "");
    mem_free(folder);
    loader->inbox = dispatch_new();
    loader->ahead = dispatch_new();
    pthread_mutex_init(&loader->lock, NULL);
    pthread_cond_init(&loader->turn, NULL);
    return loader;
}

Loader *loader_start(const LoaderConfig *config, Err *err)
{
    Loader *loader = loader_new(config);
    if (!thread_start(&loader->thread, "lutist-load", loader_thread, loader, err)) {
        loader_free(loader);
        return NULL;
    }
    if (thread_start(&loader->ahead_thread, "lutist-ahead", ahead_thread, loader, err))
        return loader;
    dispatch_close(loader->inbox);
    pthread_join(loader->thread, NULL);
    loader_free(loader);
    return NULL;
}

/* With the lock held. */
static void cancel_both(Loader *loader, CancelReason reason)
{
    double age = thread_clock_ms() - loader->last_ms;
    if (loader->reading &&
        (reason == CANCEL_CLOSED || loader->first_shown || age < PATIENCE_MS))
        cancel_set(loader->reading, reason);
    if (loader->advance)
        cancel_set(&loader->hurry, reason);
    if (loader->advance && !loader->awaited)
        cancel_set(loader->advance, reason);
    pthread_cond_broadcast(&loader->turn);
}

void loader_stop(Loader *loader)
{
    if (!loader)
        return;
    pthread_mutex_lock(&loader->lock);
    loader->closed = true;
    loader->awaited = false;
    cancel_both(loader, CANCEL_CLOSED);
    pthread_mutex_unlock(&loader->lock);
    dispatch_close(loader->inbox);
    dispatch_close(loader->ahead);
    pthread_join(loader->thread, NULL);
    pthread_join(loader->ahead_thread, NULL);
    loader_free(loader);
}

bool loader_use_profile(Loader *loader, const Block *icc)
{
    return display_colors_use(&loader->colors, icc);
}

void loader_put_off(Loader *loader)
{
    quiet_disturb(&loader->quiet);
}

void loader_go_on(Loader *loader)
{
    pthread_mutex_lock(&loader->lock);
    loader->starting = false;
    pthread_cond_broadcast(&loader->turn);
    pthread_mutex_unlock(&loader->lock);
}

uint64_t loader_want(Loader *loader, const char *path, bool complete)
{
    Request *request = mem_new(1, sizeof *request);
    *request = (Request){.loader = loader, .path = mem_dup(path), .complete = complete};
    pthread_mutex_lock(&loader->lock);
    uint64_t number = request->number = ++loader->newest;
    wanted_paths_want(&loader->paths, path_join(loader->folder, path));
    atomic_store(&loader->rests, false);
    loader->awaited = loader->advance && atomic_load(&loader->advanced) >= MOST_OF_IT &&
                      strcmp(loader->advancing, loader->paths.wanted) == 0;
    cancel_both(loader, CANCEL_NEWER);
    pthread_mutex_unlock(&loader->lock);
    dispatch_post_newest(loader->inbox, loader,
                         &(DispatchItem){serve, request_free, request});
    return number;
}

bool loader_is_large(const Loader *loader)
{
    return atomic_load(&loader->large);
}

int loader_progress(Loader *loader)
{
    return atomic_load(&loader->done) / 10;
}

int loader_advanced(Loader *loader)
{
    pthread_mutex_lock(&loader->lock);
    int rows = loader->advance ? atomic_load(&loader->advanced) : 0;
    pthread_mutex_unlock(&loader->lock);
    return rows / 10;
}

uint64_t loader_memory(const Loader *loader)
{
    return loader->config.memory;
}

void loader_expect(Loader *loader, const char *const *paths, int count)
{
    pthread_mutex_lock(&loader->lock);
    wanted_paths_forget(&loader->paths);
    for (int i = 0; i < count; i++)
        wanted_paths_expect(&loader->paths, path_join(loader->folder, paths[i]));
    drop_others(loader);
    pthread_mutex_unlock(&loader->lock);
    wake_ahead(loader);
}
