/* draw_list — one frame of the window as a list of commands.
 *
 * Widgets record the list (ui.h), the painter draws it (painter.h), the trace and tests
 * read it. It is plain data: recording needs neither a window nor a renderer. Later
 * commands are drawn above earlier ones.
 * Threads: a value; the UI thread's.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_UI_DRAW_LIST_H
#define LUTIST_VIEWER_UI_DRAW_LIST_H

#include <stddef.h>

#include "viewer/ui/rect.h"
#include "viewer/ui/shape.h"
#include "viewer/ui/text_line.h"
#include "viewer/ui/theme.h"

typedef enum DrawKind {
    DRAW_BOX,     /* a filled rectangle, with round corners where `radius` is not 0 */
    DRAW_SHAPE,   /* `shape` in the square `rect` */
    DRAW_BLEND,   /* a rectangle from `color` at its left or top to `end` */
    DRAW_CURVE,   /* the tone curve through the points of `text` in the square `rect` */
    DRAW_TEXT,    /* one line from the upper left corner of `rect` */
    DRAW_PICTURE, /* one of the painter's pictures at `place` */
    DRAW_PLACE,   /* draws nothing: where the widget that `text` names is */
    DRAW_NOTE,    /* draws nothing: a line about the frame, for the trace */
} DrawKind;

/* Coordinates of the window, not rounded to its pixels. */
typedef struct DrawPlace {
    float x, y, w, h;
} DrawPlace;

/* The mouse's cursor: what can be done where it is. */
typedef enum UiCursor {
    UI_ARROW,
    UI_HAND,       /* can be pressed */
    UI_TEXT,       /* can be typed into */
    UI_SLIDE,      /* can be dragged sideways */
    UI_SLIDE_DOWN, /* up and down */
    UI_MOVE,       /* is being panned */
    UI_CURSORS
} UiCursor;

/* The pictures that the painter holds (painter_set_picture). */
typedef enum DrawPicture {
    PICTURE_NOW,       /* the photograph */
    PICTURE_BEFORE,    /* the same before the look */
    PICTURE_PART,      /* what is under the loupe */
    PICTURE_HISTOGRAM, /* graphs: parts of them are transparent */
    PICTURE_TONES,
    PICTURES
} DrawPicture;

typedef struct DrawCommand {
    DrawKind kind;
    Rect rect;       /* drawable pixels of the window */
    Rect clip;       /* nothing is drawn outside it */
    Color color;     /* of a picture: its opacity only */
    Color end;       /* blend: at the right; `down`: at the bottom */
    bool down;       /* blend */
    int radius;      /* box; of a curve: what `rect` has around 0 to 1 */
    int thick;       /* curve: the line's width in pixels */
    ShapeKind shape; /* shape */
    FontSize size;   /* text */
    size_t text;     /* curve, text, place, note: see draw_list_text */
    DrawPlace place; /* picture */
    DrawPicture picture;
    bool smooth; /* picture: scaled with interpolation */
} DrawCommand;

typedef struct DrawList {
    DrawCommand *commands; /* owned */
    int count, capacity;
    char *texts; /* owned; one after the other, each with its NUL */
    size_t used, texts_capacity;
} DrawList;

void draw_list_term(DrawList *list);
/* Keeps the memory. */
void draw_list_clear(DrawList *list);
/* Copies `text`, which may be NULL, into the list. */
void draw_list_add(DrawList *list, DrawCommand command, const char *text);
/* Keeps the memory of `list`. */
void draw_list_copy(DrawList *list, const DrawList *from);
/* Borrowed until the list changes; "" if the command has none. */
const char *draw_list_text(const DrawList *list, const DrawCommand *command);
/* The pixels inside `clip` that a picture at `place` may reach: all of them, where it
 * is not on whole pixels and SDL may round. */
Rect draw_place_reach(DrawPlace place, Rect clip);
/* The part of a picture of `size` pixels (its w and h) at `place` that shows inside
 * `clip`: where it lies, and in *pixels which pixels it is, with a neighbour more on
 * each side that has one. Both are empty if there is none. */
DrawPlace draw_place_cut(DrawPlace place, Rect size, Rect clip, Rect *pixels);
/* Where the place of that name is; empty: it was not recorded. */
Rect draw_list_place(const DrawList *list, const char *name);

#endif
