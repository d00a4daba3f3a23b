/* sidecar — the values of one picture, as they are kept beside it in PICTURE.lutist.
 *
 * A JSON object: "lutist" 1, "script" the look's name, "values" one member a parameter.
 * A slider's value is a number, any other a text as -p takes it. Members that the
 * present look does not know are kept when it is written again (sidecar_merge).
 *
 * The room host/viewer/sidecar: the text (here), the file (sidecar_file), the thread
 * that reads and writes (sidecar_keeper), and the window's side of it (sidecars).
 * Threads: pure.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_SIDECAR_SIDECAR_H
#define LUTIST_VIEWER_SIDECAR_SIDECAR_H

#include "pipe/param.h"

/* Every file of ours begins with this. */
#define SIDECAR_OPENING "{\n  \"lutist\": 1,"

typedef struct SidecarMember {
    char *name; /* owned, as all strings */
    char *json; /* the value as it stands in the file */
} SidecarMember;

typedef struct Sidecar {
    char *script; /* NULL: none is named */
    SidecarMember *values;
    int n_values;
    SidecarMember *others; /* of the object itself */
    int n_others;
} Sidecar;

/* New. Fails: ERR_FILE, saying what is wrong without the file's name. */
Sidecar *sidecar_parse(const char *text, Err *err);
void sidecar_free(Sidecar *sidecar); /* NULL is fine */

/* Put its values on `values`, by name. One that does not fit leaves the old one. */
void sidecar_apply(const Sidecar *sidecar, const ParamSet *set, ParamValue *values);
/* The text of a file; new string. */
char *sidecar_text(const char *script, const ParamSet *set, const ParamValue *values);
/* `newer`, a text of ours, with the members that only `older` has; new string. NULL:
 * `older` is none, as sidecar_parse says. */
char *sidecar_merge(const char *newer, const char *older, Err *err);

#endif
