/* history — the states of the look that undo and redo go through.
 *
 * The room host/viewer/edit: what the user does to the look as a whole: undo and redo
 * (here), copies of it kept and shown (edit). A state is a script with its values as
 * words (pipe/setting_words.h), so it outlives a reload, another image and another
 * look. The oldest states are forgotten beyond HISTORY_STATES and HISTORY_BYTES.
 * Threads: a value; the UI thread's.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_EDIT_HISTORY_H
#define LUTIST_VIEWER_EDIT_HISTORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { HISTORY_STATES = 500, HISTORY_BYTES = 2 << 20 };

typedef struct LookState {
    char *script; /* NAME or PATH[:FUNCTION]; owned; NULL: no state */
    char *words;  /* "-p NAME=VALUE …"; owned */
} LookState;

/* Copies. */
LookState look_state_new(const char *script, const char *words);
void look_state_clear(LookState *state); /* leaves it zeroed */
bool look_state_is(const LookState *state, const char *script, const char *words);

typedef struct History {
    LookState states[HISTORY_STATES]; /* the oldest first */
    int count;
    int at;           /* the present one; of no meaning while there is none */
    size_t bytes;     /* of all texts */
    uint64_t gesture; /* that made the present one; 0: no other change may join it */
} History;

/* A zeroed History is empty. */
void history_clear(History *history);
/* The look is now like this. A change by the same `gesture` (a drag, a held key) as the
 * one before joins its step; 0 joins none. No change is no step. What could be redone
 * is forgotten. */
void history_note(History *history, const char *script, const char *words,
                  uint64_t gesture);
/* The present state came out like this, because the script has changed meanwhile. */
void history_settle(History *history, const char *script, const char *words);
/* Is there a state to go back to (`step` -1), or forward (1)? */
bool history_has(const History *history, int step);
/* The state to go to, borrowed until the next call; NULL: there is none. */
const LookState *history_undo(History *history);
const LookState *history_redo(History *history);

#endif
