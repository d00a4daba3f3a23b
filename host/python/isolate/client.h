/* client — a script in a child process, as its host sees it.
 *
 * A request counts only when its whole answer has arrived. A child that ends, or that
 * sends what is no answer, makes its request fail and is replaced with the next one. A
 * request can be stopped: the child gets SIGINT, which raises KeyboardInterrupt, and is
 * killed if it does not answer soon. That is so for the cancel, for the time limit, and
 * for SIGINT, SIGTERM and SIGHUP to the host.
 * Threads: owner thread only, which must live as long as the client; others may set the
 *          cancel.
 * Python:  unaware; a request blocks, so call it without the GIL.
 */
#ifndef LUTIST_PYTHON_ISOLATE_CLIENT_H
#define LUTIST_PYTHON_ISOLATE_CLIENT_H

#include "base/thread/cancel.h"
#include "base/thread/pool.h"
#include "base/watch/watch_files.h"
#include "pipe/param.h"
#include "pipe/plan/plan.h"
#include "pipe/plan/plan_summary.h"
#include "pipe/preset_list.h"

/* All zeros is fine. */
typedef struct Isolation {
    const char *program; /* the lutist to start; NULL: the installed one */
    Pool *pool;          /* borrowed: for plans; NULL: work in the calling thread */
    Cancel *cancel;      /* borrowed: stops the request in work. Whoever sets it clears
                            it before the next one; NULL: none */
    int limit_ms;        /* how long a request may take; 0: as long as it likes */
} Isolation;

typedef struct Client Client;

/* Start the child and load the script. Fails: as script_load_isolated. */
Client *client_open(const char *spec, const Isolation *how, WatchFiles *files,
                    Err *err);
/* The child has a moment to end in order. */
void client_close(Client *client);

/* Borrowed. */
ParamSet *client_params(const Client *client);
const char *client_name(const Client *client);
const char *client_path(const Client *client);
/* Did the last request fail because the child ended? */
bool client_has_died(const Client *client);

/* As script_doc and script_plan_summary (`summary` may be NULL), but err->text does not
 * have the script's name. */
char *client_doc(Client *client, Err *err);
Plan *client_plan(Client *client, const ParamValue *values, int depth, ToneCache *tones,
                  PlanSummary *summary, Err *err);

/* As script_more_files; a child that is gone has none. */
void client_more_files(Client *client, WatchFiles *files);

/* As the functions of script_presets.h; `client_preset` gives all values of a preset,
 * in a new array. */
ParamValue *client_preset(Client *client, const char *name, Err *err);
PresetList *client_presets(Client *client, Err *err);
bool client_preset_save(Client *client, const char *name, const ParamValue *values,
                        Err *err);
bool client_preset_delete(Client *client, const char *name, Err *err);

#endif
