/* describe_json — what describe.h puts in lines, as JSON.
 *
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_CMD_DESCRIBE_JSON_H
#define LUTIST_CMD_DESCRIBE_JSON_H

#include "base/json.h"
#include "cmd/describe.h"

/* One object each. */
void describe_json_image(Json *json, const char *path, const Reader *reader);
void describe_json_script(Json *json, const ScriptFacts *script);
/* An object with a member a parameter: a bool for a toggle, a string for a choice, a
 * number for a slider. `params` NULL: it is empty. */
void describe_json_values(Json *json, const char *name, const ParamSet *params,
                          const ParamValue *values);

#endif
