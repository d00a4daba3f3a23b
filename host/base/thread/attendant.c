#include "base/thread/attendant.h"

#include <pthread.h>

#include "base/mem.h"
#include "base/thread/thread.h"

/* Between two interrupts, and how many come before `stuck`: counted, since a process
 * that was stopped, or a machine that stood still, has given the call no time. */
enum { REPEAT_MS = 50, MOST_ASKED = 20 };

struct Attendant {
    /* immutable after start; `attended` after attach */
    AttendantLimit limit;
    pthread_t thread, attended;
    pthread_mutex_t lock;
    pthread_cond_t word;  /* signalled by a begin, an interrupt and the end */
    pthread_cond_t heard; /* signalled when `stuck` has returned */
    /* guarded by lock */
    bool running, closed, told;
    bool telling; /* `stuck` is being called */
    double begun_ms, ended_ms;
    double due_ms; /* when to interrupt next; 0: not */
    int asked;
    AttendantReason reason;
};

/* Wait for a word, up to due_ms. With the lock held. */
static void wait_for_word(Attendant *attendant)
{
    double left = attendant->due_ms - thread_clock_ms();
    if (!attendant->due_ms) {
        pthread_cond_wait(&attendant->word, &attendant->lock);
        return;
    }
    struct timespec until = thread_in_ms(CLOCK_MONOTONIC, left > 0 ? (int)left + 1 : 0);
    pthread_cond_timedwait(&attendant->word, &attendant->lock, &until);
}

/* Interrupt the call in work once more. With the lock held, so that it goes on. */
static void interrupt(Attendant *attendant, double now)
{
    if (!attendant->reason)
        attendant->reason = ATTENDANT_LATE;
    attendant->asked++;
    attendant->due_ms = now + REPEAT_MS;
    pthread_kill(attendant->attended, ATTENDANT_SIGNAL);
}

/* Has a call that is late not ended either? With the lock held. */
static bool is_stuck(const Attendant *attendant)
{
    return attendant->reason == ATTENDANT_LATE && !attendant->told &&
           attendant->asked > MOST_ASKED;
}

static void attend(void *arg)
{
    Attendant *attendant = arg;
    pthread_mutex_lock(&attendant->lock);
    while (!attendant->closed) {
        wait_for_word(attendant);
        double now = thread_clock_ms();
        if (!attendant->running || !attendant->due_ms || now < attendant->due_ms)
            continue;
        interrupt(attendant, now);
        if (!is_stuck(attendant))
            continue;
        attendant->told = attendant->telling = true;
        pthread_mutex_unlock(&attendant->lock);
        attendant->limit.stuck(attendant->limit.context);
        pthread_mutex_lock(&attendant->lock);
        attendant->telling = false;
        pthread_cond_broadcast(&attendant->heard);
    }
    pthread_mutex_unlock(&attendant->lock);
}

static void attendant_free(Attendant *attendant)
{
    pthread_cond_destroy(&attendant->word);
    pthread_cond_destroy(&attendant->heard);
    pthread_mutex_destroy(&attendant->lock);
    mem_free(attendant);
}

Attendant *attendant_start(AttendantLimit limit, Err *err)
{
    Attendant *attendant = mem_new(1, sizeof *attendant);
    pthread_condattr_t clock;
    attendant->limit = limit;
    pthread_condattr_init(&clock);
    pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
    pthread_mutex_init(&attendant->lock, NULL);
    pthread_cond_init(&attendant->word, &clock);
    pthread_cond_init(&attendant->heard, NULL);
    pthread_condattr_destroy(&clock);
    if (thread_start(&attendant->thread, "lutist-attend", attend, attendant, err))
        return attendant;
    attendant_free(attendant);
    return NULL;
}

void attendant_stop(Attendant *attendant)
{
    if (!attendant)
        return;
    pthread_mutex_lock(&attendant->lock);
    attendant->closed = true;
    pthread_cond_signal(&attendant->word);
    pthread_mutex_unlock(&attendant->lock);
    pthread_join(attendant->thread, NULL);
    attendant_free(attendant);
}

void attendant_attach(Attendant *attendant)
{
    sigset_t ours;
    if (!attendant)
        return;
    attendant->attended = pthread_self();
    sigemptyset(&ours);
    sigaddset(&ours, ATTENDANT_SIGNAL);
    pthread_sigmask(SIG_UNBLOCK, &ours, NULL);
}

void attendant_begin(Attendant *attendant)
{
    if (!attendant)
        return;
    pthread_mutex_lock(&attendant->lock);
    attendant->running = true;
    attendant->asked = 0;
    attendant->reason = ATTENDANT_NONE;
    attendant->begun_ms = thread_clock_ms();
    attendant->due_ms =
        attendant->limit.ms ? attendant->begun_ms + attendant->limit.ms : 0;
    if (attendant->due_ms)
        pthread_cond_signal(&attendant->word);
    pthread_mutex_unlock(&attendant->lock);
}

AttendantReason attendant_end(Attendant *attendant)
{
    if (!attendant)
        return ATTENDANT_NONE;
    pthread_mutex_lock(&attendant->lock);
    while (attendant->telling)
        pthread_cond_wait(&attendant->heard, &attendant->lock);
    AttendantReason reason = attendant->running ? attendant->reason : ATTENDANT_NONE;
    if (attendant->running)
        attendant->ended_ms = thread_clock_ms();
    attendant->running = false;
    attendant->asked = 0;
    attendant->due_ms = 0;
    pthread_mutex_unlock(&attendant->lock);
    return reason;
}

int attendant_asked(Attendant *attendant)
{
    if (!attendant)
        return 0;
    pthread_mutex_lock(&attendant->lock);
    int asked = attendant->running ? attendant->asked : 0;
    pthread_mutex_unlock(&attendant->lock);
    return asked;
}

double attendant_limit(const Attendant *attendant)
{
    return attendant ? attendant->limit.ms / 1000.0 : 0;
}

double attendant_seconds(Attendant *attendant)
{
    if (!attendant)
        return 0;
    pthread_mutex_lock(&attendant->lock);
    double end = attendant->running ? thread_clock_ms() : attendant->ended_ms;
    double ms = end - attendant->begun_ms;
    pthread_mutex_unlock(&attendant->lock);
    return ms / 1000;
}

bool attendant_interrupt(Attendant *attendant)
{
    if (!attendant)
        return false;
    pthread_mutex_lock(&attendant->lock);
    bool running = attendant->running;
    if (running && !attendant->reason) {
        attendant->reason = ATTENDANT_STOPPED;
        attendant->due_ms = thread_clock_ms();
        pthread_cond_signal(&attendant->word);
    }
    pthread_mutex_unlock(&attendant->lock);
    return running;
}
