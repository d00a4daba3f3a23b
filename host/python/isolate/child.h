/* child — the process in which a script runs: started, interrupted, ended, reaped.
 *
 * It is the same program, called as lutist-isolate (server.h). It has a session of its
 * own, so no signal of the terminal reaches it; it has the host's standard streams and
 * the end of one socket, and no other file of the host. It does not outlive the thread
 * that started it.
 * Threads: owner thread only, which must live as long as the child.
 * Python:  unaware.
 */
#ifndef LUTIST_PYTHON_ISOLATE_CHILD_H
#define LUTIST_PYTHON_ISOLATE_CHILD_H

#include <sys/types.h>

#include "base/err.h"

/* The name it is called by, and where its end of the socket is. */
#define CHILD_NAME "lutist-isolate"
enum { CHILD_SOCKET = 3 };

typedef struct Child {
    pid_t pid;  /* 0: there is none */
    int socket; /* the host's end */
} Child;

/* `program`: the lutist to start; NULL: the installed one. Fails: ERR_ENV. */
bool child_start(Child *child, const char *program, Err *err);
/* Has it ended? It is still there to be reaped. */
bool child_has_ended(const Child *child);
/* Raise KeyboardInterrupt in its script. */
void child_interrupt(const Child *child);
/* Kill what is left of it and its process group, and reap it. If it had ended by
 * itself, *err (NULL: not wanted) is why: ERR_SCRIPT, "the script's process ended:
 * signal 11 (segmentation fault)". */
void child_reap(Child *child, Err *err);
/* Close the connection, so that it ends in order within `limit_ms`; then reap it. */
void child_close(Child *child, int limit_ms);

#endif
