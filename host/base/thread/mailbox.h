/* mailbox — holds at most one message; a newer one replaces an unread older one.
 *
 * Made for slider values: the reader always gets the newest and never a backlog.
 * A message handed in belongs to the mailbox until it is taken out or replaced; then
 * to the taker, or it is dropped. A taker that works on one for long looks at
 * mailbox_cancel.
 * Threads: any on either side. Nothing is called while the lock is held.
 * Python:  unaware; mailbox_take blocks, so call it with the GIL released.
 */
#ifndef LUTIST_BASE_THREAD_MAILBOX_H
#define LUTIST_BASE_THREAD_MAILBOX_H

#include <stdbool.h>

#include "base/thread/cancel.h"

typedef struct Mailbox Mailbox;
typedef void (*mailbox_drop_fn)(void *message);

Mailbox *mailbox_new(mailbox_drop_fn drop);
/* Drops an unread message. Nobody may be waiting. NULL is fine. */
void mailbox_free(Mailbox *box);

/* Takes `message` (never NULL). After mailbox_close it is dropped at once. */
void mailbox_put(Mailbox *box, void *message);
/* Wait for a message. NULL: the box was closed. */
void *mailbox_take(Mailbox *box);
/* The message that is there, or NULL; never waits. */
void *mailbox_poll(Mailbox *box);
/* Wakes every waiter; from now on mailbox_take returns NULL. */
void mailbox_close(Mailbox *box);
/* Set while something newer waits than the message that was taken last, and for good
 * from mailbox_close on. Borrowed. */
Cancel *mailbox_cancel(Mailbox *box);

#endif
