/* action — what a button, or the panel's keys, ask the window to do.
 *
 * The names of all actions, and their keys, are in action/action_table.c. An action has
 * a number here if code asks for it.
 * Threads: constants.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_STATE_ACTION_H
#define LUTIST_VIEWER_STATE_ACTION_H

typedef enum Action {
    ACTION_NONE,
    ACTION_QUIT,
    ACTION_ESCAPE, /* close what is open, stop a slow mode, leave full screen */
    ACTION_HELP,
    ACTION_PREVIOUS, /* an image */
    ACTION_NEXT,
    ACTION_FIRST,
    ACTION_LAST,
    ACTION_FIT,
    ACTION_ACTUAL,      /* 100 % */
    ACTION_TOGGLE_ZOOM, /* from one of these two to the other */
    ACTION_CLOSER,
    ACTION_FARTHER,
    ACTION_SPLIT,       /* before left, after right */
    ACTION_SPLIT_ABOVE, /* before above, after below */
    ACTION_BEFORE,      /* toggle before and after */
    ACTION_OPEN,        /* other pictures */
    ACTION_SAVE,        /* the picture, beside its file */
    ACTION_COPY,        /* the state as a command line */
    ACTION_FOCUS_UP,    /* the keyboard goes to another parameter */
    ACTION_FOCUS_DOWN,
    ACTION_LESS, /* change its value */
    ACTION_MORE,
    ACTION_RESET,
    ACTION_RESET_ALL,
    ACTION_PRESETS, /* open their menu */
    ACTION_EDIT,    /* type a value, open a menu */
    ACTION_CYCLE,   /* the next value of a toggle or a choice */
    ACTION_FOLD,    /* fold a group of parameters, or unfold it */
} Action;

#endif
