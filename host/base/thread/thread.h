/* thread — a named native thread that takes no signals, and the machine's clock.
 *
 * Signals are blocked in every thread started here, so that they reach the main one.
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

/* The same with a stack of 1 MiB, for one of many threads: enough for codecs and
 * pixels, not for Python. */
bool thread_start_small(pthread_t *thread, const char *name, thread_fn fn, void *arg,
                        Err *err);

/* Processors that this process may use, at least 1: limits_cpus of this machine. */
int thread_cpus(void);

/* Milliseconds on a clock that never goes back. */
double thread_clock_ms(void);

/* The time on `clock` in so many milliseconds, 0 and up: where a timed wait ends. */
struct timespec thread_in_ms(clockid_t clock, int ms);

#endif
