/* keys_file — keys.conf, in which the user binds keys: one line `key action
 * [argument]`.
 *
 * A `#` at a line's start begins a comment, and so does one between blanks. `key
 * ignore` (or `key unbind`) takes a key's action away. Of two lines for one key the
 * last counts. A line that is wrong is told, and the others count.
 * Threads: any; values.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_KEYS_KEYS_FILE_H
#define LUTIST_VIEWER_KEYS_KEYS_FILE_H

#include "viewer/keys/bindings.h"

typedef struct KeysFault {
    int line;   /* from 1; 0: the whole file */
    char *text; /* owned: what is wrong, and what to do */
} KeysFault;

typedef struct KeysFaults {
    KeysFault *list; /* owned; the first ones */
    int count;       /* of all */
} KeysFaults;        /* zeroed memory is an empty one */

enum { KEYS_FAULTS = 100 }; /* that are kept */

/* New: $XDG_CONFIG_HOME/lutist/keys.conf, or that of ~/.config; NULL: there is no home
 * folder. */
char *keys_file_path(void);
/* Bind what the file says. A missing file is an empty one. */
void keys_file_load(const char *path, Bindings *bindings, KeysFaults *faults);
/* The same of `size` bytes, whatever they are. */
void keys_file_parse(const char *text, size_t size, Bindings *bindings,
                     KeysFaults *faults);
void keys_file_clear(KeysFaults *faults);
/* New: "keys.conf:3: what is wrong"; `name`: the file's. */
char *keys_file_tell(const char *name, const KeysFault *fault);

#endif
