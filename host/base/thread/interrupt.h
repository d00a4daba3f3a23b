/* interrupt — SIGINT, SIGTERM and SIGHUP: counted, handed on, and in the end obeyed.
 *
 * The handler counts a signal, sets the cancel of the call that the main thread is at,
 * and calls the handler that was there before: Python's, which makes a
 * KeyboardInterrupt of it. With a limit the second signal gives the process half a
 * second to end in order; then it ends with exit code 130, whatever its threads are
 * at: code that holds Python's lock or swallows every exception cannot be stopped
 * otherwise.
 * The state is the process's, as its signals are.
 * Threads: interrupt_watch, _limit, _step_back, _close and _after_fork on the main one;
 * the others any.
 * Python:  unaware.
 */
#ifndef LUTIST_BASE_THREAD_INTERRUPT_H
#define LUTIST_BASE_THREAD_INTERRUPT_H

#include <signal.h>
#include <stdbool.h>

#include "base/err.h"
#include "base/thread/cancel.h"

enum { N_INTERRUPTS = 3 };
extern const int INTERRUPTS[N_INTERRUPTS]; /* the numbers of these signals */

/* A signal that comes between the two waits. *before is the calling thread's mask. */
void interrupt_block(sigset_t *before);
void interrupt_unblock(const sigset_t *before);

/* Count signals and hand them on, after the handlers to hand on to were set. Signals
 * that are ignored or have no handler stay as they are. */
void interrupt_watch(void);
/* The same, and the second one ends the process. A signal without a handler is taken
 * too; `notice` of the first call, which may be NULL, is called on a thread of its own
 * after each. Fails: ERR_ENV (no thread). */
bool interrupt_limit(void (*notice)(void), Err *err);
/* The handlers as they were, for somebody who is about to set others; then watch or
 * limit again. The count and the limit stay. Between interrupt_block and _unblock. */
void interrupt_step_back(void);
/* Before the forced end `fn` is called, once, on the thread of `notice`; NULL: nothing
 * is. Waits for a call that is going on, which the process does not outlive. */
void interrupt_last_word(void (*fn)(void *context), void *context);
/* The work is done and the end has begun: with a limit, already one signal gives the
 * process half a second, and `number` has no other handler any more. */
void interrupt_close(int number);
/* In a forked child: the thread behind the limit is the parent's, so there is none, nor
 * a last word; signals are counted and handed on. The calling thread is the main one.
 */
void interrupt_after_fork(void);
/* Is there a limit? */
bool interrupt_is_limited(void);

/* How many signals have come so far. */
int interrupt_count(void);
/* Set by each signal, until interrupt_forget. NULL: the calling thread is not the one
 * that has called interrupt_watch. */
Cancel *interrupt_cancel(void);
void interrupt_forget(void);

#endif
