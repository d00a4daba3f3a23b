/* action — what a key or a button asks the window to do.
 *
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
    ACTION_FULLSCREEN,
    ACTION_PREVIOUS, /* an image */
    ACTION_NEXT,
    ACTION_FIRST,
    ACTION_LAST,
    ACTION_FIT,
    ACTION_ACTUAL,      /* 100 % */
    ACTION_TOGGLE_ZOOM, /* from one of these two to the other */
    ACTION_CLOSER,
    ACTION_FARTHER,
    ACTION_BEFORE,      /* toggle before and after */
    ACTION_HOLD_BEFORE, /* before, until the key comes up */
    ACTION_COPY,        /* the state as a command line */
    ACTION_RELOAD,      /* load the script again */
    ACTION_MODE_NEXT,   /* the next mode of mapping the pixels */
    ACTION_MODE_PYTHON,
    ACTION_MODE_NUMPY,
    ACTION_MODE_CTYPES,
    ACTION_MODE_SINGLE,
    ACTION_MODE_PARALLEL,
    ACTION_WHOLE,    /* toggle: map the whole image, or its visible part */
    ACTION_FOCUS_UP, /* the keyboard goes to another parameter */
    ACTION_FOCUS_DOWN,
    ACTION_LESS, /* change its value */
    ACTION_MORE,
    ACTION_RESET,
    ACTION_RESET_ALL,
    ACTION_PRESETS, /* open their menu */
    ACTION_EDIT,    /* type a value, open a menu */
    ACTION_CYCLE,   /* the next value of a toggle or a choice */
} Action;

#endif
