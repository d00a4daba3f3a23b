/* script_presets — a script's named settings: listed, applied, kept and deleted.
 *
 * A script declares some itself; the user's own are in a JSON file of the data folder
 * (lutist/presets/SCRIPT.json), which is replaced as a whole and never when it is
 * damaged. Each function takes the GIL and turns an exception into an Err.
 * Threads: the script thread only (interp.h).
 * Python:  caller must not hold the GIL.
 */
#ifndef LUTIST_PYTHON_SCRIPT_PRESETS_H
#define LUTIST_PYTHON_SCRIPT_PRESETS_H

#include "pipe/preset_list.h"
#include "python/script.h"

/* A setting: the defaults, then the preset of that name (NULL: none), then texts
 * "NAME=VALUE". New array, param_values_free. Fails: ERR_USAGE naming the wrong part,
 * with a hint. */
ParamValue *script_settings(Script *script, const char *preset,
                            const char *const *texts, int count, Err *err);

/* The script's presets, then the user's own. New list. Fails: ERR_SCRIPT (the script's
 * are wrong); where the user's cannot be read the list says why. */
PresetList *script_presets(Script *script, Err *err);
/* Keep `values` (one for each parameter) among the user's own, in place of one of that
 * name. Fails: ERR_USAGE (no name); ERR_SCRIPT (the file is damaged or cannot be
 * written; one line). */
bool script_preset_save(Script *script, const char *name, const ParamValue *values,
                        Err *err);
/* Fails as script_preset_save; ERR_USAGE: the user has none of that name. */
bool script_preset_delete(Script *script, const char *name, Err *err);

#endif
