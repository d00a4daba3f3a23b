/* script — pipelines in the embedded interpreter, for code without Python.h.
 *
 * Each function but the three that borrow takes the GIL, turns an exception into an Err
 * (ERR_SCRIPT with the traceback in err->trace), and releases the GIL.
 * Threads: the script thread only (interp.h), but script_params (any).
 * Python:  caller must not hold the GIL.
 */
#ifndef LUTIST_PYTHON_SCRIPT_H
#define LUTIST_PYTHON_SCRIPT_H

#include "base/watch/watch_files.h"
#include "pipe/param.h"
#include "pipe/plan/plan.h"
#include "pipe/plan/plan_summary.h"

typedef struct Script Script;

/* A script's change of the working folder, the umask or the environment is undone
 * before the functions here return. `spec` is NAME or PATH, either with ":FUNCTION". A
 * NAME is looked for in the user's scripts (XDG data folder, lutist/scripts) and then
 * among the bundled ones. Runs the script in a fresh module. Fails: ERR_SCRIPT;
 * ERR_USAGE (no such script). */
Script *script_load(const char *spec, Err *err);
/* The same. *files gets the files that the look depends on, also where the load fails:
 * the script's, its own modules', and those of lutist.data(). */
Script *script_load_noting(const char *spec, WatchFiles *files, Err *err);
/* Add the files that have been noted since the load, or since the last call, to *files.
 */
void script_more_files(Script *script, WatchFiles *files);
void script_close(Script *script); /* NULL is fine */
/* Borrowed from the script; param_set_ref to keep. */
ParamSet *script_params(const Script *script);
/* The file's name without ".py", and its full path. Borrowed. */
const char *script_name(const Script *script);
const char *script_path(const Script *script);
/* The docstring of the pipeline, or else of its file; "": there is none. The caller
 * frees it. NULL: *err is set. */
char *script_doc(const Script *script, Err *err);

/* Call the pipeline with `values` (one for each parameter) and turn its stages into a
 * plan. A script keeps the tables of its last plan of each depth, so a change
 * recomputes only the stages from there on. Fails: ERR_SCRIPT, ERR_USAGE, ERR_MEMORY.
 */
Plan *script_plan(Script *script, const ParamValue *values, int depth, Err *err);

/* The same, with a summary of each stage; on success the caller clears *summary. */
Plan *script_plan_summary(Script *script, const ParamValue *values, int depth,
                          PlanSummary *summary, Err *err);

/* Where the bundled scripts lie; new string. */
char *script_folder(void);

#endif
