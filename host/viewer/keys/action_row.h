/* action_row — a row of the table of actions: what a key, a button or a wheel can ask
 * for.
 *
 * From the table come the dispatch, the help card, docs/viewer.md, `lutist keys` and
 * the names in keys.conf.
 * Threads: constants; `act` is called on the UI thread.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_KEYS_ACTION_ROW_H
#define LUTIST_VIEWER_KEYS_ACTION_ROW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "viewer/state/action.h"

struct App;

/* How an action was asked for. */
typedef struct Strike {
    Action action;        /* the row's, for rows that share a function */
    const char *argument; /* of the binding; "": none */
    bool coarse;          /* with a Shift that the binding does not have */
    bool mouse;           /* by the mouse, which is at ui.in.x, ui.in.y */
    bool up;              /* the key came up; for ACT_HOLD alone */
    double amount;        /* steps of a wheel; 1 for keys and buttons */
    uint32_t ms;          /* when, in SDL's time; 0: not by a key */
} Strike;

/* The headings of the help card, in its order: so that none is divided where the card
 * has two or three columns. */
typedef enum ActionGroup {
    ACTS_FILES,
    ACTS_PICTURE,
    ACTS_COMPARE,
    ACTS_PARAMETERS,
    ACTS_CURVES,
    ACTS_MODES,
    ACTS_LOOKS,
    ACTS_WINDOW,
    ACTION_GROUPS
} ActionGroup;

enum {
    ACT_ONCE = 0,
    ACT_REPEAT = 1, /* again and again while the key is held */
    ACT_HOLD = 2,   /* `act` is called again when the key comes up */
    ACT_SHOWN = 4,  /* while the key is held, again when the wanted picture is shown */
    ACT_AMOUNT = 8, /* parts of a wheel's steps count; the others count whole ones */
    ACT_FIELD = 16, /* it may open a field, in which one types at once */
};

typedef struct ActionRow {
    ActionGroup group;
    const char *name; /* in keys.conf; NULL: a gesture, which is help alone */
    /* Its default keys as keys.conf has them, between blanks; "key(argument)" gives the
     * action an argument. Keys after a "|" are not shown: other layouts have them, or
     * they are usual elsewhere. Of a gesture: its name for people. */
    const char *keys;
    const char *argument; /* its arguments' names, optional ones as "[NAME]"; NULL: it
                             takes none */
    int flags;            /* ACT_ flags */
    const char *help;     /* one line, without a period */
    void (*act)(struct App *app, const Strike *strike); /* NULL: a gesture */
    /* Is the argument well-formed? It is told when the binding is read. NULL: any is.
     */
    bool (*check)(const char *argument, Err *err);
    Action action; /* what buttons and `act` call it; may be ACTION_NONE */
} ActionRow;

typedef struct ActionTable {
    const ActionRow *rows;
    int count;
} ActionTable;

/* "Parameters", … */
const char *action_row_heading(ActionGroup group);
/* The index of the action of that name; -1: none. */
int action_row_find(ActionTable table, const char *name, size_t length);
/* Has the action the arguments that it needs, and none too many? */
bool action_row_check(const ActionRow *row, const char *argument, Err *err);

#endif
