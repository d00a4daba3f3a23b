/* script — the embedded interpreter and the scripts in it, for code without Python.h.
 *
 * The thread that calls interp_start is the script thread: Python's main thread. Every
 * other function here must be called on it, with the GIL released; each takes the GIL,
 * turns an exception into an Err (ERR_SCRIPT with the traceback in err->trace), and
 * releases it.
 * Threads: the script thread only, but script_params (any).
 * Python:  caller must not hold the GIL.
 */
#ifndef LUTIST_PYTHON_SCRIPT_H
#define LUTIST_PYTHON_SCRIPT_H

#include "base/thread/pool.h"
#include "pipe/mode.h"
#include "pipe/param.h"
#include "pipe/plan/plan.h"
#include "pipe/plan/plan_report.h"

typedef struct InterpConfig {
    const char *venv; /* a virtual environment's folder; NULL: VIRTUAL_ENV, else none */
    const char *program; /* sys.executable; NULL: the lutist-python beside us */
    Pool *pool;   /* borrowed until interp_stop; NULL: work in the calling thread */
    Mode mode;    /* of apply() and batch() where a job asks for none */
    bool signals; /* SIGINT and SIGTERM become KeyboardInterrupt (batch, run) */
} InterpConfig;

/* Initialise Python; returns with the GIL released. Fails: ERR_ENV. */
bool interp_start(const InterpConfig *config, Err *err);
/* Finalise. Our workers must not be inside Python; flushes stdout and stderr. */
void interp_stop(void);
/* From start to end an ordinary Python command line in which `import lutist` works;
 * argv[0] is the program's name. *code is its exit code. Fails: ERR_ENV. */
bool interp_main(const InterpConfig *config, int argc, char **argv, int *code,
                 Err *err);
/* Lines "name: value" about the interpreter, its venv and NumPy, for doctor; new
 * string. */
char *interp_describe(void);

typedef struct Script Script;

/* `spec` is NAME or PATH, either with ":FUNCTION". A NAME is looked for in the user's
 * scripts (XDG data folder, lutist/scripts) and then among the bundled ones. Runs the
 * script in a fresh module. Fails: ERR_SCRIPT; ERR_USAGE (no such script). */
Script *script_load(const char *spec, Err *err);
void script_close(Script *script); /* NULL is fine */
/* Borrowed from the script; param_set_ref to keep. */
ParamSet *script_params(const Script *script);
/* For people: the name of the file without ".py", and its full path. Borrowed. */
const char *script_name(const Script *script);
const char *script_path(const Script *script);
/* What the pipeline, or else its file, says of itself, in lines; "": nothing. The
 * caller frees it. NULL: *err is set. */
char *script_doc(const Script *script, Err *err);

/* Call the pipeline with `values` (one for each parameter) and turn its stages into a
 * plan. A script keeps what its last plan of each depth was made of: after a change
 * only what hangs on it is worked out. Fails: ERR_SCRIPT, ERR_USAGE, ERR_MEMORY. */
Plan *script_plan(Script *script, const ParamValue *values, int depth, Err *err);

/* The same, and how it came about; on success the caller clears *report. */
Plan *script_plan_report(Script *script, const ParamValue *values, int depth,
                         PlanReport *report, Err *err);

/* How many interrupts (SIGINT, SIGTERM) have arrived so far. */
int script_interrupts(void);

/* Run a job file as __main__ with sys.argv = argv. *code is what sys.exit asked for, 3
 * after an uncaught exception (already printed), else 0. Fails: ERR_USAGE (cannot be
 * read). */
bool script_run_job(int argc, char **argv, int *code, Err *err);

/* Where the bundled scripts lie; new string. */
char *script_folder(void);

#endif
