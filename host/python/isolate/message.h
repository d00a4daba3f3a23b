/* message — a request or an answer between a host and its child, over a socket.
 *
 * A message is a head and its contents. Small contents follow on the socket; large ones
 * are in a sealed memory file whose descriptor comes with the head. A receiver copies
 * them, so nothing that the sender does later changes what was checked.
 * Threads: one at a time for each end.
 * Python:  unaware; the functions block, so call them without the GIL.
 */
#ifndef LUTIST_PYTHON_ISOLATE_MESSAGE_H
#define LUTIST_PYTHON_ISOLATE_MESSAGE_H

#include "python/isolate/wire/wire.h"

typedef enum MessageKind {
    /* requests -> their answers */
    MESSAGE_LOAD,     /* program's version, script's name -> name, path, parameters */
    MESSAGE_FILES,    /* -> files noted since the last one; also after a failed load */
    MESSAGE_FILES_AT, /* values -> files that are read at these */
    MESSAGE_DOC,      /* -> the docstring */
    MESSAGE_STAGES,   /* values -> stages */
    MESSAGE_EVAL,     /* number of a curve, inputs -> calls, results */
    MESSAGE_AGREES,   /* number of a curve, inputs, results -> are they the curve's? */
    MESSAGE_PRESET,   /* a preset's name -> values */
    MESSAGE_PRESETS,  /* -> a problem, all presets */
    MESSAGE_PRESET_SAVE,   /* name, values -> */
    MESSAGE_PRESET_DELETE, /* name -> */
    /* answers; each has the number of its request */
    MESSAGE_DONE,
    MESSAGE_FAILED, /* an error */
    MESSAGE_KINDS
} MessageKind;

typedef struct Message {
    MessageKind kind;
    uint32_t number;
    uint8_t *data; /* owned */
    size_t size;
} Message;

enum { MESSAGE_MOST = 1 << 30 }; /* bytes of the contents */

/* Called when the socket is not ready for `events` (of poll): wait a while. False: give
 * up; *err is set. NULL: wait as long as it takes. */
typedef bool (*message_wait_fn)(void *context, short events, Err *err);

typedef struct MessageEnd {
    int socket;
    message_wait_fn wait;
    void *context;
} MessageEnd;

/* Fails: as `wait`; ERR_MEMORY; ERR_SCRIPT (the other end is closed; then err->code is
 * EPIPE). */
bool message_send(const MessageEnd *end, MessageKind kind, uint32_t number,
                  const Pack *contents, Err *err);
/* message_clear frees what was received. Fails: the same; ERR_SCRIPT with the code
 * EPROTO (what came is no message). */
bool message_receive(const MessageEnd *end, Message *message, Err *err);
void message_clear(Message *message);

#endif
