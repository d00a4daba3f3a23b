/* script_names — the scripts that a NAME stands for: the user's and the bundled ones.
 *
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_PYTHON_CHOICE_SCRIPT_NAMES_H
#define LUTIST_PYTHON_CHOICE_SCRIPT_NAMES_H

typedef struct ScriptNames {
    char **names; /* owned, each too */
    int count;
} ScriptNames;

/* The user's in alphabetical order, then the bundled ones that none of the user's
 * hides. A folder that cannot be read has none. */
ScriptNames script_names_list(void);
void script_names_clear(ScriptNames *names);

#endif
