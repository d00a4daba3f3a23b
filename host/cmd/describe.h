/* describe — an image's header or a script's signature, as lines or as JSON.
 *
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_CMD_DESCRIBE_H
#define LUTIST_CMD_DESCRIBE_H

#include <stdbool.h>
#include <stdio.h>

#include "cmd/describe_plan.h"
#include "image/reader.h"
#include "pipe/param.h"

typedef struct ScriptFacts {
    const char *name, *path;
    const char *doc; /* what the script says of itself, in lines; "": nothing */
    const ParamSet *params;
    const PlanFacts *plans; /* NULL: not asked for */
} ScriptFacts;

/* JSON: one object without a newline. Else one line, or a few for a script. */
void describe_image(FILE *file, const char *path, const Reader *reader, bool json);
void describe_script(FILE *file, const ScriptFacts *script, bool json);
/* "true" or "false" for PARAM_TOGGLE, a string for a choice, a number for a slider. */
void describe_value(FILE *file, const Param *param, ParamValue value);

#endif
