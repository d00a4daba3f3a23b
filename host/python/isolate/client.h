/* client — a script in a child process, as its host sees it.
 *
 * A request that fails because the child is gone (host_end.h) starts no other one; the
 * next request does, and loads the script in it.
 * Threads: owner thread only, which must live as long as the client; others may set the
 *          cancel.
 * Python:  unaware; a request blocks, so call it without the GIL.
 */
#ifndef LUTIST_PYTHON_ISOLATE_CLIENT_H
#define LUTIST_PYTHON_ISOLATE_CLIENT_H

#include "base/watch/watch_files.h"
#include "pipe/color/color_conversion.h"
#include "pipe/param.h"
#include "pipe/plan/plan.h"
#include "pipe/plan/plan_summary.h"
#include "pipe/preset_list.h"
#include "python/isolate/isolation.h"

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
const char *client_function(const Client *client);
/* Did the last request fail because the child ended? */
bool client_has_died(const Client *client);

/* As script_doc, and as script_plan_after and script_plan_summary together (`after` and
 * `summary` may be NULL), but err->text does not have the script's name. */
char *client_doc(Client *client, Err *err);
Plan *client_plan(Client *client, const ParamValue *values, int depth,
                  const ColorConversion *after, ToneCache *tones, PlanSummary *summary,
                  Err *err);
/* As script_plan_points. */
Plan *client_plan_points(Client *client, const ParamValue *values, int points,
                         Err *err);

/* As script_more_files; a child that is gone has none. */
void client_more_files(Client *client, WatchFiles *files);
/* As script_files_at. */
bool client_files_at(Client *client, const ParamValue *values, WatchFiles *files,
                     Err *err);

/* As the functions of script_presets.h; `client_preset` gives all values of a preset,
 * in a new array. */
ParamValue *client_preset(Client *client, const char *name, Err *err);
PresetList *client_presets(Client *client, Err *err);
bool client_preset_save(Client *client, const char *name, const ParamValue *values,
                        Err *err);
bool client_preset_delete(Client *client, const char *name, Err *err);

#endif
