/* interrupt — SIGINT, SIGTERM and SIGHUP: counted and passed on; the second one ends
 * the process.
 *
 * The handler counts a signal, sets the cancel of the main thread's current call, and
 * calls the handler installed before: Python's, which raises KeyboardInterrupt. With a
 * limit the second signal gives the process half a second to end in order. Then it ends
 * with exit code 130, whatever its threads do, because code that holds Python's lock or
 * swallows every exception cannot be stopped otherwise. The state belongs to the
 * process, as its signals do.
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

/* Wait for a signal without missing one between check and wait. *before is the calling
 * thread's mask. */
void interrupt_block(sigset_t *before);
void interrupt_unblock(const sigset_t *before);

/* Count signals and pass them on to the handlers installed now. Signals that are
 * ignored or have no handler stay so. */
void interrupt_watch(void);
/* The same, and the second signal ends the process. A signal without a handler is
 * handled too. `notice` of the first call (NULL: none) is called after each signal, on
 * a thread of its own. Fails: ERR_ENV (no thread). */
bool interrupt_limit(void (*notice)(void), Err *err);
/* Restore the earlier handlers for code that installs others; then watch or limit
 * again. The count and the limit stay. Call it between interrupt_block and _unblock. */
void interrupt_step_back(void);
/* Called once before the forced end, on the thread of `notice`. The caller's storage.
 */
typedef struct LastWord {
    void (*fn)(void *context);
    void *context;
    struct LastWord *next; /* in the list of all */
} LastWord;
void interrupt_last_word_add(LastWord *word);
/* Nothing happens to one that was not added. Waits for a call in progress, which the
 * process does not outlive. */
void interrupt_last_word_remove(const LastWord *word);
/* The work is done and the process ends: with a limit, one signal now gives it half a
 * second, and `number` has no other handler any more. */
void interrupt_close(int number);
/* In a forked child, which lacks the parent's thread: there is no limit and no last
 * word; signals are counted and passed on. The calling thread is the main one. */
void interrupt_after_fork(void);
/* Is there a limit? */
bool interrupt_is_limited(void);

/* How many signals have arrived. */
int interrupt_count(void);
/* Set by each signal until interrupt_forget. NULL: the calling thread has not called
 * interrupt_watch. */
Cancel *interrupt_cancel(void);
void interrupt_forget(void);

#endif
