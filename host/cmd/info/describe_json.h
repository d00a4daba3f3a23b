/* describe_json — the output of describe.h as JSON.
 *
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_CMD_INFO_DESCRIBE_JSON_H
#define LUTIST_CMD_INFO_DESCRIBE_JSON_H

#include "base/text/json.h"
#include "cmd/info/describe.h"

/* One object each. */
void describe_json_image(Json *json, const char *path, const Reader *reader);
void describe_json_script(Json *json, const ScriptFacts *script);
/* An object with a member a parameter: a bool for a toggle, a string for a choice, a
 * number for a slider. Empty if `params` is NULL. */
void describe_json_values(Json *json, const char *name, const ParamSet *params,
                          const ParamValue *values);

#endif
