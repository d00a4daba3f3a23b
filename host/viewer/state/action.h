/* action — the things that a key or a button can ask the window to do.
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
    ACTION_PREVIOUS, /* image */
    ACTION_NEXT,
    ACTION_FIRST,
    ACTION_LAST,
    ACTION_FIT,
    ACTION_ACTUAL,      /* 100 % */
    ACTION_TOGGLE_ZOOM, /* the one of these two that is not */
    ACTION_CLOSER,
    ACTION_FARTHER,
    ACTION_BEFORE,      /* toggle before and after */
    ACTION_HOLD_BEFORE, /* until the key comes up */
    ACTION_COPY,        /* the command line */
    ACTION_MODE_NEXT,   /* of mapping the pixels */
    ACTION_MODE_PYTHON,
    ACTION_MODE_NUMPY,
    ACTION_MODE_CTYPES,
    ACTION_MODE_SINGLE,
    ACTION_MODE_PARALLEL,
    ACTION_WHOLE,    /* map all of the image, or its visible part */
    ACTION_FOCUS_UP, /* the parameter that has the keyboard */
    ACTION_FOCUS_DOWN,
    ACTION_LESS, /* its value */
    ACTION_MORE,
    ACTION_RESET,
    ACTION_RESET_ALL,
    ACTION_EDIT,  /* type a value, open a list */
    ACTION_CYCLE, /* a toggle or a choice */
} Action;

#endif
