/* client_request — a request of the client to its child, for the client's own files.
 *
 * Threads: as client.h.
 * Python:  unaware.
 */
#ifndef LUTIST_PYTHON_ISOLATE_CLIENT_REQUEST_H
#define LUTIST_PYTHON_ISOLATE_CLIENT_REQUEST_H

#include "python/isolate/message.h"

struct Client; /* client.h */

/* Ask the child, which is started where there is none. Takes `contents`. On success the
 * caller reads *answer and ends with client_finish. Fails: as client_plan. */
bool client_request(struct Client *client, MessageKind kind, Pack *contents,
                    Message *answer, Err *err);
/* Clears *answer. `good`: it was what it should be; else the child is given up. Returns
 * `good`. */
bool client_finish(struct Client *client, Message *answer, bool good, Err *err);

#endif
