/* server — a script's process: it loads the script and answers its host's requests.
 *
 * Requests come and answers go on the socket CHILD_SOCKET (child.h). The host may kill
 * the process at any moment; it ends by itself when the host closes the connection.
 * Threads: the process's main thread, which becomes Python's.
 * Python:  started and stopped inside.
 */
#ifndef LUTIST_PYTHON_ISOLATE_SERVER_H
#define LUTIST_PYTHON_ISOLATE_SERVER_H

#include "base/err.h"

/* `host` is the process that started this one. Fails: ERR_USAGE (there is no host). */
bool server_run(long host, Err *err);

#endif
