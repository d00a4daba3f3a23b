/* describe — an image's header or a script's signature, in lines.
 *
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_CMD_INFO_DESCRIBE_H
#define LUTIST_CMD_INFO_DESCRIBE_H

#include <stdio.h>

#include "cmd/info/describe_plan.h"
#include "image/reader.h"
#include "pipe/param.h"
#include "pipe/preset_list.h"

typedef struct ScriptFacts {
    const char *name, *path;
    const char *doc; /* the script's docstring, in lines; "": none */
    const ParamSet *params;
    const PresetList *presets;
    const PlanFacts *plans; /* NULL: not asked for */
} ScriptFacts;

/* One line. */
void describe_image(FILE *file, const char *path, const Reader *reader);
/* A few lines. */
void describe_script(FILE *file, const ScriptFacts *script);

#endif
