/* preset_list — named settings of a script: its own, and those that the user has kept.
 *
 * Each has a value for every parameter, so applying one is copying its values.
 * Threads: immutable after it was made; freed by its owner.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_PRESET_LIST_H
#define LUTIST_PIPE_PRESET_LIST_H

#include "pipe/param_value.h"

typedef struct Preset {
    char *name; /* for people, UTF-8, one line */
    bool own;   /* the user's: it can be deleted */
    ParamValue *values;
} Preset;

typedef struct PresetList {
    int count;    /* of presets */
    int n_values; /* of each: one a parameter */
    Preset *presets;
    char *problem; /* why some of the user's are not here, one line; "": all are */
} PresetList;

/* Empty, with room for `count` presets. */
PresetList *preset_list_new(int count, int n_values);
void preset_list_free(PresetList *list); /* NULL is fine */

#endif
