/* key_list — the table of actions and keys in force, as lines for the help card and as
 * text.
 *
 * Threads: any; values.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_KEYS_KEY_LIST_H
#define LUTIST_VIEWER_KEYS_KEY_LIST_H

#include <stdio.h>

#include "viewer/keys/bindings.h"

/* A NULL `key` makes a heading. The last line of a list has both NULL. */
typedef struct KeyLine {
    char *key;  /* for people; owned */
    char *text; /* owned */
} KeyLine;

/* New: a line for each action that has a key, and each gesture, under their groups'
 * headings; then the user's bindings that have arguments. */
KeyLine *key_list_lines(const Bindings *bindings);
void key_list_free(KeyLine *lines);

/* As lines that keys.conf can have, with comments. */
void key_list_print(const Bindings *bindings, FILE *out);
/* A list with an object an action: its name, group, help, arguments and keys. */
void key_list_print_json(const Bindings *bindings, FILE *out);
/* As docs/viewer.md has it. */
void key_list_print_markdown(const Bindings *bindings, FILE *out);

#endif
