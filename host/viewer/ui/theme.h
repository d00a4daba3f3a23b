/* theme — the colours and distances of the window.
 *
 * All grays are neutral: a photograph is judged against its surroundings. The accent
 * marks only the item that the keyboard or the mouse holds. Distances are points,
 * multiplied by the window's scale (ui_px).
 * Threads: constants.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_UI_THEME_H
#define LUTIST_VIEWER_UI_THEME_H

#include <stdint.h>

typedef struct Color {
    uint8_t r, g, b, a; /* not multiplied by alpha; 255: opaque */
} Color;

#define THEME_GRAY(v)                                                                  \
    (Color)                                                                            \
    {                                                                                  \
        v, v, v, 255                                                                   \
    }

#define THEME_ROOM     THEME_GRAY(0x30)
#define THEME_PANEL    THEME_GRAY(0x22)
#define THEME_EDGE     THEME_GRAY(0x14)
#define THEME_RAISED   THEME_GRAY(0x32) /* buttons, boxes */
#define THEME_HOVER    THEME_GRAY(0x40)
#define THEME_PRESSED  THEME_GRAY(0x4e)
#define THEME_SUNKEN   THEME_GRAY(0x16) /* text fields, check boxes */
#define THEME_ROW      THEME_GRAY(0x2b) /* the row that has the keyboard */
#define THEME_TRACK    THEME_GRAY(0x45)
#define THEME_FILL     THEME_GRAY(0x9c)
#define THEME_KNOB     THEME_GRAY(0xd2)
#define THEME_KNOB_HOT THEME_GRAY(0xf4)
#define THEME_TEXT     THEME_GRAY(0xe0)
#define THEME_DIM      THEME_GRAY(0xa0)
#define THEME_OFF      THEME_GRAY(0x66)

#define THEME_ACCENT                                                                   \
    (Color)                                                                            \
    {                                                                                  \
        0xd8, 0xa8, 0x52, 255                                                          \
    }
#define THEME_ALARM                                                                    \
    (Color)                                                                            \
    {                                                                                  \
        0xe0, 0x6c, 0x5a, 255                                                          \
    }
#define THEME_ALARM_GROUND                                                             \
    (Color)                                                                            \
    {                                                                                  \
        0x3a, 0x24, 0x21, 255                                                          \
    }
#define THEME_BADGE                                                                    \
    (Color)                                                                            \
    {                                                                                  \
        0x18, 0x18, 0x18, 220                                                          \
    }
#define THEME_SHADE                                                                    \
    (Color)                                                                            \
    {                                                                                  \
        0, 0, 0, 150                                                                   \
    }

/* Points: everything sits on a grid of four. */
enum {
    PT_GAP = 4,
    PT_PAD = 12,
    PT_ROUND = 4,
    PT_LINE = 20,   /* a line of text with its air */
    PT_LEAD = 3,    /* between the lines of a paragraph */
    PT_BUTTON = 28, /* buttons, boxes and fields */
    PT_HEADER = 52, /* the panel's top */
    PT_STATUS = 28, /* the status bar */
    PT_PANEL = 288, /* the panel's width, if the window allows */
    PT_PANEL_LEAST = 208,
    PT_KNOB = 14,   /* a slider's knob */
    PT_TRACK = 4,   /* a slider's track */
    PT_SLIDER = 20, /* the height that takes the mouse */
    PT_CHECK = 18,  /* a check box */
};

#endif
