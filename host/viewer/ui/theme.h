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

#define THEME_COLOR(r, g, b, a)                                                        \
    (Color)                                                                            \
    {                                                                                  \
        r, g, b, a                                                                     \
    }
#define THEME_GRAY(v) THEME_COLOR(v, v, v, 255)

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
#define THEME_OFF      THEME_GRAY(0x7c)

#define THEME_ACCENT       THEME_COLOR(0xd8, 0xa8, 0x52, 255)
#define THEME_ALARM        THEME_COLOR(0xe6, 0x74, 0x62, 255)
#define THEME_ALARM_GROUND THEME_COLOR(0x3a, 0x24, 0x21, 255)
#define THEME_BADGE        THEME_COLOR(0x18, 0x18, 0x18, 220)
/* The channels of a picture: in graphs, and of their numbers. */
#define THEME_RED   THEME_COLOR(0xf0, 0x78, 0x6c, 255)
#define THEME_GREEN THEME_COLOR(0x6c, 0xc8, 0x6c, 255)
#define THEME_BLUE  THEME_COLOR(0x78, 0xa4, 0xf8, 255)
/* What such graphs stand on, above a picture. */
#define THEME_CARD THEME_COLOR(0x1c, 0x1c, 0x1c, 236)
/* The room around the picture: 18 % of white's light, and white. */
#define THEME_SURROUND_GRAY  THEME_GRAY(0x76)
#define THEME_SURROUND_WHITE THEME_GRAY(0xff)
/* Lines over a picture, and what makes them seen on white. */
#define THEME_GRID       THEME_COLOR(255, 255, 255, 130)
#define THEME_GRID_SHADE THEME_COLOR(0, 0, 0, 70)
/* Marks of clipped shadows and highlights in a picture. */
#define THEME_CLIP_LOW  THEME_COLOR(0x20, 0x60, 0xff, 255)
#define THEME_CLIP_HIGH THEME_COLOR(0xff, 0x28, 0x20, 255)
#define THEME_SHADE     THEME_COLOR(0, 0, 0, 150)
/* Over what has no effect. */
#define THEME_VEIL THEME_COLOR(0x22, 0x22, 0x22, 150)

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
    PT_EDGE = 6,    /* the window's edge, where the mouse calls what is hidden */
};

#endif
