#include "base/thread/interrupt.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "base/thread/thread.h"

enum { GRACE_MS = 500, EXIT_CODE = 130 };
const int INTERRUPTS[N_INTERRUPTS] = {SIGINT, SIGTERM, SIGHUP};

typedef void (*handler_fn)(int number);

static struct {
    atomic_int count;
    Cancel cancel;
    atomic_int allowed; /* the signals that do not end the process yet */
    sem_t came;         /* posted by each signal */
    _Atomic(handler_fn) before[N_INTERRUPTS]; /* the handler to call next; NULL: none */
    /* set by interrupt_watch and interrupt_limit */
    bool watching, limited;
    pthread_t thread;
    void (*notice)(void);
    pthread_mutex_t lock;
    /* guarded by lock */
    LastWord *words; /* the newest first */
} self = {.lock = PTHREAD_MUTEX_INITIALIZER};

static void handle(int number)
{
    int kept = errno;
    atomic_fetch_add(&self.count, 1);
    cancel_set(&self.cancel, CANCEL_STOPPED);
    if (self.limited)
        sem_post(&self.came);
    for (int i = 0; i < N_INTERRUPTS; i++) {
        handler_fn before = atomic_load(&self.before[i]);
        if (INTERRUPTS[i] == number && before)
            before(number);
    }
    errno = kept;
}

/* Write the buffered results, if that cannot block. */
static void flush_results(void)
{
    struct pollfd out = {.fd = STDOUT_FILENO, .events = POLLOUT};
    if (ftrylockfile(stdout) == 0 && poll(&out, 1, 0) == 1 && (out.revents & POLLOUT))
        fflush_unlocked(stdout);
}

/* The thread that ends the process if it does not end by itself. */
static void attend(void *none)
{
    (void)none;
    const struct timespec grace = {.tv_nsec = GRACE_MS * 1000000L};
    while (atomic_load(&self.count) <= atomic_load(&self.allowed)) {
        sem_wait(&self.came);
        if (self.notice)
            self.notice();
    }
    nanosleep(&grace, NULL);
    pthread_mutex_lock(&self.lock);
    for (const LastWord *word = self.words; word; word = word->next)
        word->fn(word->context);
    flush_results();
    _exit(EXIT_CODE);
}

static void install(int index)
{
    struct sigaction now, ours = {.sa_handler = handle, .sa_flags = SA_ONSTACK};
    sigaction(INTERRUPTS[index], NULL, &now);
    bool none = now.sa_handler == SIG_DFL;
    if (now.sa_handler == SIG_IGN || now.sa_handler == handle ||
        (none && !self.limited))
        return;
    atomic_store(&self.before[index], none ? NULL : now.sa_handler);
    sigaction(INTERRUPTS[index], &ours, NULL);
}

void interrupt_block(sigset_t *before)
{
    sigset_t held;
    sigemptyset(&held);
    for (int i = 0; i < N_INTERRUPTS; i++)
        sigaddset(&held, INTERRUPTS[i]);
    pthread_sigmask(SIG_BLOCK, &held, before);
}

void interrupt_unblock(const sigset_t *before)
{
    pthread_sigmask(SIG_SETMASK, before, NULL);
}

void interrupt_watch(void)
{
    self.watching = true;
    self.thread = pthread_self();
    for (int i = 0; i < N_INTERRUPTS; i++)
        install(i);
}

static bool start_limit(void (*notice)(void), Err *err)
{
    pthread_t thread;
    sem_init(&self.came, 0, 0);
    atomic_store(&self.allowed, 1);
    self.notice = notice;
    return thread_start(&thread, "lutist-signal", attend, NULL, err);
}

bool interrupt_limit(void (*notice)(void), Err *err)
{
    self.limited = self.limited || start_limit(notice, err);
    if (self.limited)
        interrupt_watch();
    return self.limited;
}

void interrupt_step_back(void)
{
    for (int i = 0; i < N_INTERRUPTS; i++) {
        struct sigaction now;
        sigaction(INTERRUPTS[i], NULL, &now);
        handler_fn before = atomic_load(&self.before[i]);
        now.sa_handler = now.sa_handler != handle ? now.sa_handler
                         : before                 ? before
                                                  : SIG_DFL;
        sigaction(INTERRUPTS[i], &now, NULL);
    }
}

void interrupt_last_word_add(LastWord *word)
{
    pthread_mutex_lock(&self.lock);
    word->next = self.words;
    self.words = word;
    pthread_mutex_unlock(&self.lock);
}

void interrupt_last_word_remove(const LastWord *word)
{
    pthread_mutex_lock(&self.lock);
    LastWord **at = &self.words;
    while (*at && *at != word)
        at = &(*at)->next;
    if (*at)
        *at = word->next;
    pthread_mutex_unlock(&self.lock);
}

void interrupt_close(int number)
{
    struct sigaction ours = {.sa_handler = handle, .sa_flags = SA_ONSTACK};
    for (int i = 0; i < N_INTERRUPTS; i++)
        if (INTERRUPTS[i] == number)
            atomic_store(&self.before[i], NULL);
    sigaction(number, &ours, NULL);
    atomic_store(&self.allowed, atomic_load(&self.count) > 0);
}

bool interrupt_is_limited(void)
{
    return self.limited;
}

void interrupt_after_fork(void)
{
    self.limited = false;
    self.words = NULL;
    pthread_mutex_init(&self.lock, NULL); /* the parent's thread may hold it */
    self.thread = pthread_self();
    interrupt_forget();
}

int interrupt_count(void)
{
    return atomic_load(&self.count);
}

Cancel *interrupt_cancel(void)
{
    bool own = self.watching && pthread_equal(self.thread, pthread_self());
    return own ? &self.cancel : NULL;
}

void interrupt_forget(void)
{
    cancel_clear(&self.cancel);
}
