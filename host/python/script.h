/* script — pipelines in Python, for code without Python.h.
 *
 * A script is in the embedded interpreter or, isolated, in a child process that has its
 * own; both give the same bits. Each function but those that borrow takes the GIL for
 * a script in this process, turns an exception into an Err (ERR_SCRIPT with the
 * traceback in err->trace), and releases the GIL. An isolated script needs no
 * interpreter here.
 * Threads: the script thread only (interp.h), but script_params (any).
 * Python:  caller must not hold the GIL.
 */
#ifndef LUTIST_PYTHON_SCRIPT_H
#define LUTIST_PYTHON_SCRIPT_H

#include "base/watch/watch_files.h"
#include "pipe/color/color_conversion.h"
#include "pipe/param.h"
#include "pipe/plan/plan.h"
#include "pipe/plan/plan_summary.h"
#include "python/isolate/client.h"

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
/* Call the pipeline with `values` and add the files that it reads, its script among
 * them, to *files, but not those that values name. Fails as script_plan. */
bool script_files_at(Script *script, const ParamValue *values, WatchFiles *files,
                     Err *err);
/* script_load_noting in a child process (NULL *files is fine). If that ends (exit,
 * signal, memory) or is stopped (Isolation), the request in work fails: ERR_SCRIPT, or
 * ERR_CANCELLED. The next one starts another child. Fails also: ERR_ENV (no process).
 */
Script *script_load_isolated(const char *spec, const Isolation *how, WatchFiles *files,
                             Err *err);
/* Where the script is, borrowed, for the functions of script_presets.h and
 * script_stages.h; NULL: it is isolated, and it is in this process. */
struct PyPipeline *script_pipeline(const Script *script);
Client *script_client(const Script *script);
/* Did the last request fail because the script's process ended? */
bool script_has_died(const Script *script);
void script_close(Script *script); /* NULL is fine */
/* Borrowed from the script; param_set_ref to keep. */
ParamSet *script_params(const Script *script);
/* The file's name without ".py", its full path, and the name of the pipeline's
 * function. Borrowed. */
const char *script_name(const Script *script);
const char *script_path(const Script *script);
const char *script_function(const Script *script);
/* The docstring of the pipeline, or else of its file; "": there is none. The caller
 * frees it. NULL: *err is set. */
char *script_doc(const Script *script, Err *err);

/* Call the pipeline with `values` (one for each parameter) and turn its stages into a
 * plan. A script keeps the tables of its last plan of each depth, so a change
 * recomputes only the stages from there on. Fails: ERR_SCRIPT, ERR_USAGE, ERR_MEMORY.
 */
Plan *script_plan(Script *script, const ParamValue *values, int depth, Err *err);

/* The same with the stages of a conversion (NULL: none) behind the script's. */
Plan *script_plan_after(Script *script, const ParamValue *values, int depth,
                        const ColorConversion *after, Err *err);

/* script_plan with a summary of each stage; on success the caller clears *summary. */
Plan *script_plan_summary(Script *script, const ParamValue *values, int depth,
                          PlanSummary *summary, Err *err);

/* The same for `points` evenly spread values in place of a file's (plan_points.h). No
 * table is kept. */
Plan *script_plan_points(Script *script, const ParamValue *values, int points,
                         Err *err);

/* Where the bundled scripts lie; new string. */
char *script_folder(void);

#endif
