/* attendant — watches over the calls of one thread, and interrupts one that takes too
 * long.
 *
 * The interrupt is the signal ATTENDANT_SIGNAL to that thread, which the system ignores
 * unless somebody handles it. It comes again and again until the call ends, because the
 * code may swallow it.
 * Threads: attach, begin, end and asked: the attended thread. The others: any.
 * Python:  unaware. The lock is held for a few instructions.
 */
#ifndef LUTIST_BASE_THREAD_ATTENDANT_H
#define LUTIST_BASE_THREAD_ATTENDANT_H

#include <signal.h>

#include "base/err.h"

#define ATTENDANT_SIGNAL SIGURG

typedef struct Attendant Attendant;

/* Why a call was interrupted. */
typedef enum AttendantReason {
    ATTENDANT_NONE,
    ATTENDANT_STOPPED, /* attendant_interrupt */
    ATTENDANT_LATE,    /* the limit */
} AttendantReason;

typedef struct AttendantLimit {
    int ms; /* 0: there is none */
    /* Called once, on the attendant's thread, if an interrupted call does not end. The
     * call's end waits until it returns. */
    void (*stuck)(void *context);
    void *context;
} AttendantLimit;

/* Starts its thread. Fails: ERR_ENV. */
Attendant *attendant_start(AttendantLimit limit, Err *err);
/* No call is in work. NULL is fine, here and below. */
void attendant_stop(Attendant *attendant);

/* The calling thread is attended from now on; it takes the signal. */
void attendant_attach(Attendant *attendant);
/* A call begins. */
void attendant_begin(Attendant *attendant);
/* It has ended. Was it interrupted? Without a begin: no. */
AttendantReason attendant_end(Attendant *attendant);
/* How many interrupts the call in work has had; 0: the signal means nothing. */
int attendant_asked(Attendant *attendant);
/* The limit in seconds. */
double attendant_limit(const Attendant *attendant);
/* Seconds that the call in work, or the last one, has taken. */
double attendant_seconds(Attendant *attendant);

/* Interrupt the call in work. False: none is. */
bool attendant_interrupt(Attendant *attendant);

#endif
