#include "base/watch/watch.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/thread/thread.h"
#include "base/watch/watch_folders.h"

/* How long it must be quiet after a write, and how often files are polled. */
enum { QUIET_MS = 30, POLL_MS = 500 };

struct Watch {
    /* immutable after start */
    void (*changed)(void *context);
    void *context;
    int wake; /* an eventfd: there is a new list, or the end has come */
    pthread_t thread;
    pthread_mutex_t lock;
    /* guarded by lock */
    WatchFiles next;
    bool replaced, closed;
    /* the thread's */
    WatchFiles files;
    WatchFolders folders;
    double due_ms; /* when the burst of events in work is over; 0: there is none */
};

/* Something may have happened: look at the files a moment later. */
static void expect(Watch *watch)
{
    watch->due_ms = thread_clock_ms() + QUIET_MS;
}

/* Take a new list. False: the end has come. */
static bool take_word(Watch *watch)
{
    eventfd_t count;
    eventfd_read(watch->wake, &count);
    pthread_mutex_lock(&watch->lock);
    bool replaced = watch->replaced, closed = watch->closed;
    if (replaced) {
        watch_files_clear(&watch->files);
        watch->files = watch->next;
        watch->next = (WatchFiles){0};
        watch->replaced = false;
    }
    pthread_mutex_unlock(&watch->lock);
    if (!replaced || closed)
        return !closed;
    watch_folders_set(&watch->folders, &watch->files);
    if (watch_files_differ(&watch->files))
        expect(watch);
    return true;
}

/* The burst is over. A link or a folder may have been replaced, so all are watched
 * anew, before the files are looked at: no change is lost between the two. */
static void settle(Watch *watch)
{
    watch->due_ms = 0;
    watch_folders_set(&watch->folders, &watch->files);
    if (watch_files_refresh(&watch->files))
        watch->changed(watch->context);
}

/* Milliseconds until something is to be done without an event; -1: never. */
static int patience(const Watch *watch)
{
    if (!watch->due_ms)
        return watch->folders.polled ? POLL_MS : -1;
    double left = watch->due_ms - thread_clock_ms();
    return left > 0 ? (int)left + 1 : 0;
}

/* Has something happened? `idle`: poll ended without an event. */
static bool sees_change(Watch *watch, bool events, bool idle)
{
    if (events)
        return watch_folders_read(&watch->folders);
    return idle && watch_files_differ(&watch->files);
}

static void watch_thread(void *arg)
{
    Watch *watch = arg;
    struct pollfd files[2] = {{.fd = watch->wake, .events = POLLIN},
                              {.events = POLLIN}};
    do {
        files[1].fd = watch->folders.file;
        int got = poll(files, 2, patience(watch));
        bool idle = got == 0 && !watch->due_ms;
        if (sees_change(watch, got > 0 && files[1].revents, idle))
            expect(watch);
        else if (watch->due_ms && thread_clock_ms() >= watch->due_ms)
            settle(watch);
    } while (take_word(watch));
}

static void watch_free(Watch *watch)
{
    watch_files_clear(&watch->next);
    watch_files_clear(&watch->files);
    watch_folders_term(&watch->folders);
    pthread_mutex_destroy(&watch->lock);
    if (watch->wake >= 0)
        close(watch->wake);
    mem_free(watch);
}

Watch *watch_start(void (*changed)(void *context), void *context, Err *err)
{
    Watch *watch = mem_new(1, sizeof *watch);
    watch->changed = changed;
    watch->context = context;
    watch->wake = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    pthread_mutex_init(&watch->lock, NULL);
    watch_folders_init(&watch->folders);
    bool fine = watch->wake >= 0 ||
                err_set_errno(err, ERR_ENV, errno, "files cannot be watched");
    if (fine && thread_start(&watch->thread, "lutist-watch", watch_thread, watch, err))
        return watch;
    watch_free(watch);
    return NULL;
}

static void tell(Watch *watch)
{
    eventfd_write(watch->wake, 1);
}

void watch_set(Watch *watch, WatchFiles *files)
{
    pthread_mutex_lock(&watch->lock);
    watch_files_clear(&watch->next);
    watch->next = *files;
    watch->replaced = true;
    pthread_mutex_unlock(&watch->lock);
    *files = (WatchFiles){0};
    tell(watch);
}

void watch_stop(Watch *watch)
{
    if (!watch)
        return;
    pthread_mutex_lock(&watch->lock);
    watch->closed = true;
    pthread_mutex_unlock(&watch->lock);
    tell(watch);
    pthread_join(watch->thread, NULL);
    watch_free(watch);
}
