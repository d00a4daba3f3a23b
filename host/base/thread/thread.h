/* thread — a named native thread that takes no signals, and clocks.
 *
 * Signals are blocked in every thread started here, so they reach the main thread.
 * Threads: any.
 * Python:  unaware; a thread from here never enters Python on its own.
 */
#ifndef LUTIST_BASE_THREAD_THREAD_H
#define LUTIST_BASE_THREAD_THREAD_H

#include <pthread.h>
#include <stdbool.h>
#include <time.h>

#include "base/err.h"

typedef void (*thread_fn)(void *arg);

/* `name` has at most 15 characters. Fails: ERR_ENV. Join with pthread_join. */
bool thread_start(pthread_t *thread, const char *name, thread_fn fn, void *arg,
                  Err *err);

/* The same with a stack of 1 MiB, for threads in large numbers: enough for codecs and
 * pixels, not for Python. */
bool thread_start_small(pthread_t *thread, const char *name, thread_fn fn, void *arg,
                        Err *err);

/* The calling thread gives way to others of the process. */
void thread_be_nicer(int by);

/* `thread` leaves the caller's processor for another that it may use; a thread that is
 * elsewhere, or has no other, stays. Linux may let one that was woken wait behind the
 * one that woke it for milliseconds, while another processor has nothing to do. Only
 * one call for a thread at a time: it narrows the thread's processors for a moment, and
 * a second call would take that for all of them. */
void thread_part(pthread_t thread);

/* Processors that this process may use, at least 1: limits_cpus of this machine. */
int thread_cpus(void);

/* Milliseconds on a monotonic clock. */
double thread_clock_ms(void);

/* The time `ms` milliseconds from now on `clock`, for a timed wait; `ms` is 0 or more.
 */
struct timespec thread_in_ms(clockid_t clock, int ms);

#endif
