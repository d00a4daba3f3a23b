/* interp — the embedded interpreter: started, described and ended.
 *
 * The thread that calls interp_start is the script thread: Python's main thread.
 * Threads: the script thread only.
 * Python:  caller must not hold the GIL.
 */
#ifndef LUTIST_PYTHON_INTERP_H
#define LUTIST_PYTHON_INTERP_H

#include "base/thread/pool.h"
#include "pipe/mode.h"

typedef struct InterpConfig {
    const char *venv; /* a virtual environment's folder; NULL: VIRTUAL_ENV, else none */
    const char *program; /* sys.executable; NULL: the lutist-python beside us */
    Pool *pool; /* borrowed until interp_stop; NULL: work in the calling thread */
    Mode mode;  /* of apply() and batch() where a job asks for none */
    const char *device; /* of the mode opencl, as opencl_open; borrowed likewise */
    struct Attendant *attendant; /* of the script's code; borrowed until interp_stop;
                                  * NULL: none */
    bool signals;       /* SIGINT and SIGTERM become KeyboardInterrupt (batch, run) */
    bool interruptible; /* SIGINT alone does, as often as it comes (a host's child) */
    bool site; /* run the module site at once, as a job may expect; false: where there
                * is a virtual environment, else at the first import that needs it */
} InterpConfig;

/* Initialise Python; returns with the GIL released. Fails: ERR_ENV. */
bool interp_start(const InterpConfig *config, Err *err);
/* Finalise. Our workers must not be inside Python; flushes stdout and stderr. */
void interp_stop(void);
/* Run an ordinary Python command line in which `import lutist` works, from start to
 * end. argv[0] is the program's name. *code is its exit code. Fails: ERR_ENV. */
bool interp_main(const InterpConfig *config, int argc, char **argv, int *code,
                 Err *err);
/* Lines "name: value" about the interpreter, its venv and NumPy, for doctor; new
 * string. */
char *interp_describe(void);
/* How many interrupts (SIGINT, SIGTERM) have arrived so far. The interpreter need not
 * run. */
int interp_interrupts(void);
/* Between two requests of a host's child: write what the script has printed, and forget
 * an interrupt that no code has seen. */
void interp_settle(void);

#endif
