/* bindings — which stroke does what: the table's default keys, and after them the
 * user's bindings.
 *
 * Threads: a value; the UI thread's.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_KEYS_BINDINGS_H
#define LUTIST_VIEWER_KEYS_BINDINGS_H

#include "viewer/keys/action_row.h"
#include "viewer/keys/stroke.h"

enum { BINDING_IGNORE = -1 };

typedef struct Binding {
    Stroke stroke;
    int row;        /* in the table; BINDING_IGNORE: the stroke does nothing */
    char *argument; /* owned; "": none */
    bool hidden;    /* the help leaves it out */
    bool own;       /* the user's */
} Binding;

typedef struct Bindings {
    ActionTable table; /* borrowed */
    Binding *list;     /* owned; of two for a stroke the last counts */
    int count, room;
} Bindings;

/* The table's default keys. */
void bindings_init(Bindings *bindings, ActionTable table);
void bindings_term(Bindings *bindings);
/* A binding of the user, which counts instead of those before it; the argument is
 * copied. */
void bindings_add(Bindings *bindings, Stroke stroke, int row, const char *argument);

/* What `stroke` does; NULL: nothing. A stroke with Shift that is not bound counts as
 * the character it makes, or as the key without Shift; *coarse tells that. */
const Binding *bindings_find(const Bindings *bindings, Stroke stroke, bool *coarse);
/* Has the user taken away what it would do? */
bool bindings_is_ignored(const Bindings *bindings, Stroke stroke);
/* Does another of the same stroke count instead of the binding at `index`? */
bool bindings_is_hidden_by_other(const Bindings *bindings, int index);

/* New: the keys in force of a row for people, "n  Page Down"; "": none. */
char *bindings_labels(const Bindings *bindings, int row);

#endif
