#include "viewer/load/folder_watch.h"

#include <pthread.h>
#include <string.h>

#include "base/file/folder.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/watch/watch.h"

struct FolderWatch {
    /* immutable after start */
    Dispatch *ui;
    void (*take)(void *context, FolderNews *news);
    void *context;
    char *follow; /* owned; NULL: none */
    char *folder; /* the current folder at the start */
    Watch *watch;
    pthread_mutex_t lock;
    /* guarded by lock */
    char **inputs;     /* owned, each too */
    FileStamp *stamps; /* owned: the inputs' when they were listed last */
    bool *folders;     /* owned: are they folders, or were they? */
    int n_inputs;
    uint64_t generation; /* of the inputs */
    bool left;           /* they were left, and no others are named yet */
    char *picture;       /* its whole path; owned; NULL: none */
    FileStamp stamp;     /* the picture's, in the state that is known */
};

typedef struct Message {
    FolderWatch *watch;
    FolderNews news;
    uint64_t generation; /* of the inputs that were listed */
} Message;

static bool is_current(FolderWatch *watch, uint64_t generation)
{
    pthread_mutex_lock(&watch->lock);
    bool current = generation == watch->generation && !watch->left;
    pthread_mutex_unlock(&watch->lock);
    return current;
}

/* The window may have got other files since the message was sent. */
static void deliver(void *data)
{
    Message *message = data;
    FolderWatch *watch = message->watch;
    if (message->news.listed && !is_current(watch, message->generation)) {
        file_list_close(&message->news.files);
        message->news.listed = false;
    }
    watch->take(watch->context, &message->news);
}

static void drop(void *data)
{
    Message *message = data;
    file_list_close(&message->news.files);
    mem_free(message->news.newest);
    mem_free(message);
}

/* Inputs. */

static void free_inputs(char **inputs, int count)
{
    for (int i = 0; i < count; i++)
        mem_free(inputs[i]);
    mem_free(inputs);
}

static char **copy_inputs(const char *const *inputs, int count)
{
    char **copy = mem_new((size_t)count + 1, sizeof *copy);
    for (int i = 0; i < count; i++)
        copy[i] = mem_dup(inputs[i]);
    return copy;
}

/* A folder's path as base/watch has it. */
static char *folder_path(const FolderWatch *watch, const char *input)
{
    char *whole = path_join(watch->folder, input);
    size_t length = strlen(whole);
    char *path =
        mem_printf("%s%s", whole, length && whole[length - 1] == '/' ? "" : "/");
    mem_free(whole);
    return path;
}

static FileStamp folder_stamp(const FolderWatch *watch, const char *input)
{
    char *path = folder_path(watch, input);
    FileStamp stamp = watch_files_stamp(path); /* zeros for a file */
    mem_free(path);
    return stamp;
}

static FileStamp *take_stamps(const FolderWatch *watch, const char *const *inputs,
                              int count)
{
    FileStamp *stamps = mem_new((size_t)count + 1, sizeof *stamps);
    for (int i = 0; i < count; i++)
        stamps[i] = folder_stamp(watch, inputs[i]);
    return stamps;
}

static bool is_folder(const FileStamp *stamp)
{
    return stamp->inode != 0;
}

/* The watch's thread. */

char *folder_watch_newest(const char *folder, const FileList *files, int64_t *ns)
{
    char *newest = NULL;
    *ns = -1;
    for (int i = 0; i < files->count; i++) {
        char *path = path_join(folder, files->paths[i]);
        FileStamp stamp = watch_files_stamp(path);
        mem_free(path);
        if (!is_folder(&stamp) || stamp.modified_ns < *ns)
            continue;
        *ns = stamp.modified_ns;
        mem_free(newest);
        newest = mem_dup(files->paths[i]);
    }
    return newest;
}

static void look_for_newest(const FolderWatch *watch, FolderNews *news)
{
    Err err;
    FileList followed;
    const char *follow = watch->follow;
    if (follow && file_list_open_in(&followed, watch->folder, &follow, 1, &err))
        news->newest = folder_watch_newest(watch->folder, &followed, &news->newest_ns);
    if (follow)
        file_list_close(&followed);
}

/* The folders have been listed in these states, unless others are watched now. Takes
 * `stamps`. */
static void note_stamps(FolderWatch *watch, FileStamp *stamps, uint64_t generation)
{
    pthread_mutex_lock(&watch->lock);
    bool same = generation == watch->generation;
    FileStamp *old = same ? watch->stamps : stamps;
    if (same)
        watch->stamps = stamps;
    for (int i = 0; same && i < watch->n_inputs; i++)
        watch->folders[i] = watch->folders[i] || is_folder(&stamps[i]);
    pthread_mutex_unlock(&watch->lock);
    mem_free(old);
}

/* Returns how many inputs are left. A folder that is gone is no file of that name. */
static int drop_gone_folders(char **inputs, const bool *folders,
                             const FileStamp *stamps, int count)
{
    int left = 0;
    for (int i = 0; i < count; i++) {
        if (folders[i] && !is_folder(&stamps[i]))
            mem_free(inputs[i]);
        else
            inputs[left++] = inputs[i];
    }
    return left;
}

/* Returns the generation of the inputs that were listed. */
static uint64_t list(FolderWatch *watch, FolderNews *news)
{
    Err err;
    pthread_mutex_lock(&watch->lock);
    int count = watch->n_inputs;
    uint64_t generation = watch->generation;
    char **inputs = copy_inputs((const char *const *)watch->inputs, count);
    bool *folders = mem_new((size_t)count + 1, sizeof *folders);
    memcpy(folders, watch->folders, (size_t)count * sizeof *folders);
    pthread_mutex_unlock(&watch->lock);
    FileStamp *stamps = take_stamps(watch, (const char *const *)inputs, count);
    count = drop_gone_folders(inputs, folders, stamps, count);
    mem_free(folders);
    note_stamps(watch, stamps, generation);
    if (!file_list_open_in(&news->files, watch->folder, (const char *const *)inputs,
                           count, &err))
        news->files = (FileList){0};
    news->listed = true;
    free_inputs(inputs, count);
    return generation;
}

static PictureNews look_at_picture(FolderWatch *watch)
{
    pthread_mutex_lock(&watch->lock);
    char *path = mem_dup(watch->picture);
    pthread_mutex_unlock(&watch->lock);
    FileStamp now = path ? watch_files_stamp(path) : (FileStamp){0};
    PictureNews news = PICTURE_SAME;
    pthread_mutex_lock(&watch->lock);
    bool still = path && strcmp(path, watch->picture) == 0;
    if (still && memcmp(&now, &watch->stamp, sizeof now) != 0) {
        news = now.inode ? PICTURE_CHANGED : PICTURE_GONE;
        watch->stamp = now;
    }
    pthread_mutex_unlock(&watch->lock);
    mem_free(path);
    return news;
}

/* News that the UI thread has not read are replaced, so what they say of the picture is
 * said again by newer ones: each kind has a key of its own. */
static void tell(FolderWatch *watch, const void *key, const FolderNews *news,
                 uint64_t generation)
{
    Message *message = mem_new(1, sizeof *message);
    *message = (Message){watch, *news, generation};
    dispatch_post_newest(watch->ui, key, &(DispatchItem){deliver, drop, message});
}

static void changed(void *context)
{
    FolderWatch *watch = context;
    FolderNews listing = {0}, picture = {.picture = look_at_picture(watch)};
    uint64_t generation = list(watch, &listing);
    look_for_newest(watch, &listing);
    tell(watch, &watch->inputs, &listing, generation);
    if (picture.picture)
        tell(watch, &watch->picture, &picture, generation);
}

/* The UI thread, or one that names other inputs. */

/* With the lock held. */
static void add_all(const FolderWatch *watch, WatchFiles *files)
{
    if (watch->picture)
        watch_files_add(files, watch->picture, watch->stamp);
    for (int i = 0; i < watch->n_inputs; i++) {
        char *path = folder_path(watch, watch->inputs[i]);
        if (watch->folders[i]) /* one that is gone may come back */
            watch_files_add(files, path, watch->stamps[i]);
        mem_free(path);
    }
}

/* With the lock held to the end: of two threads the last one sees what both have set.
 */
static void watch_all(FolderWatch *watch)
{
    WatchFiles files = {0};
    pthread_mutex_lock(&watch->lock);
    add_all(watch, &files);
    watch_set(watch->watch, &files);
    pthread_mutex_unlock(&watch->lock);
}

/* The folders are looked at without the lock: the disk may be slow. */
static void set_inputs(FolderWatch *watch, const char *const *inputs, int count)
{
    FileStamp *stamps = take_stamps(watch, inputs, count);
    pthread_mutex_lock(&watch->lock);
    free_inputs(watch->inputs, watch->n_inputs);
    mem_free(watch->stamps);
    mem_free(watch->folders);
    watch->inputs = copy_inputs(inputs, count);
    watch->stamps = stamps;
    watch->folders = mem_new((size_t)count + 1, sizeof *watch->folders);
    watch->n_inputs = count;
    for (int i = 0; i < count; i++)
        watch->folders[i] = is_folder(&watch->stamps[i]);
    watch->generation++;
    watch->left = false;
    pthread_mutex_unlock(&watch->lock);
}

void folder_watch_leave(FolderWatch *watch)
{
    pthread_mutex_lock(&watch->lock);
    watch->left = true;
    pthread_mutex_unlock(&watch->lock);
}

/* A folder without a stamp counts as one that has changed. */
void folder_watch_inputs(FolderWatch *watch, const char *const *inputs, int count)
{
    set_inputs(watch, inputs, count);
    pthread_mutex_lock(&watch->lock);
    memset(watch->stamps, 0, (size_t)watch->n_inputs * sizeof *watch->stamps);
    pthread_mutex_unlock(&watch->lock);
    watch_all(watch);
}

void folder_watch_picture(FolderWatch *watch, const char *path, FileStamp stamp)
{
    pthread_mutex_lock(&watch->lock);
    mem_free(watch->picture);
    watch->picture = path_join(watch->folder, path);
    watch->stamp = stamp;
    pthread_mutex_unlock(&watch->lock);
    watch_all(watch);
}

static void folder_watch_free(FolderWatch *watch)
{
    free_inputs(watch->inputs, watch->n_inputs);
    mem_free(watch->stamps);
    mem_free(watch->folders);
    mem_free(watch->picture);
    mem_free(watch->follow);
    mem_free(watch->folder);
    pthread_mutex_destroy(&watch->lock);
    mem_free(watch);
}

FolderWatch *folder_watch_start(const FolderWatchConfig *config, Err *err)
{
    FolderWatch *watch = mem_new(1, sizeof *watch);
    watch->ui = config->ui;
    watch->take = config->take;
    watch->context = config->context;
    watch->follow = mem_dup(config->follow);
    watch->folder = folder_working();
    pthread_mutex_init(&watch->lock, NULL);
    set_inputs(watch, config->inputs, config->n_inputs);
    watch->watch = watch_start(changed, watch, err);
    if (watch->watch) {
        watch_all(watch);
        return watch;
    }
    folder_watch_free(watch);
    return NULL;
}

void folder_watch_stop(FolderWatch *watch)
{
    if (!watch)
        return;
    watch_stop(watch->watch);
    folder_watch_free(watch);
}
