/* ui — one pass over the window: the widget under the mouse, and recording the frame.
 *
 * Immediate mode: a widget is a function that is called in every pass, looks at the
 * input, records its drawing (in passes that record), and returns what the user did to
 * it. A pass runs for each press, release, wheel step or move, so no click is lost; the
 * last one records. Only the widget that holds the button is kept between passes.
 * Neither a window nor a renderer is needed.
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_UI_UI_H
#define LUTIST_VIEWER_UI_UI_H

#include "viewer/ui/draw_list.h"

/* Widgets are told apart by number: a kind and an index. 0 is none. */
typedef unsigned UiId;
#define UI_ID(kind, index) ((UiId)(kind) << 16 | ((UiId)(index) + 1))

typedef struct UiInput {
    int x, y;      /* the mouse, in drawable pixels; outside: -1, -1 */
    bool moved;    /* since the pass before */
    bool down;     /* the left button */
    bool pressed;  /* went down in this pass */
    bool released; /* came up in this pass */
    bool second;   /* the right button went down in this pass */
    bool middle;   /* the middle button is down, and moves the picture */
    int clicks;    /* with pressed: presses in a row, close in time and place */
    float wheel;   /* steps, away from the user is positive; 0 once somebody took it */
    bool coarse, fine; /* Shift, Ctrl */
} UiInput;

typedef struct Ui {
    TextMeasure measure;
    double scale; /* pixels a point */
    UiInput in;
    /* of this pass */
    DrawList list; /* what was recorded; owned */
    Rect window, clip;
    bool recording;
    bool blocked;    /* something lies above: widgets see no mouse */
    UiCursor cursor; /* for the widget under the mouse */
    Rects told;      /* what says something over the picture: no message covers it */
    /* over passes */
    UiId active; /* has the button */
    int grab;    /* where in it: the press's distance from its reference point */
    double slip_x, slip_y; /* how far the mouse is ahead of it after fine drags */
    int at_x, at_y;        /* the mouse in the pass before */
    UiId struck;           /* was pressed last; a second press makes a double click */
    bool twice;            /* the last press made a double click */
} Ui;

typedef struct UiHand {
    double x, y;
} UiHand;

void ui_init(Ui *ui, TextMeasure measure, double scale);
void ui_term(Ui *ui);

void ui_begin(Ui *ui, Rect window, bool recording);
/* The presses, moves and wheel steps of the input are used up. */
void ui_end(Ui *ui);

/* Points in pixels. */
int ui_px(const Ui *ui, double points);
/* Drawing and the mouse count only inside `rect`, until the next call. Returns the clip
 * before. */
Rect ui_clip(Ui *ui, Rect rect);

/* Is the mouse over `rect`, and free for widget `id`? It is not free when something
 * lies above, or when another widget holds the button. */
bool ui_over(const Ui *ui, UiId id, Rect rect);
/* Was `rect` pressed in this pass? Then `id` holds the button until it is released. */
bool ui_press(Ui *ui, UiId id, Rect rect);
/* Was it pressed and released over `rect`? */
bool ui_click(Ui *ui, UiId id, Rect rect);
/* Where the widget that holds the button follows the mouse to, in pixels: with Ctrl a
 * tenth of its way. Once a pass. */
UiHand ui_hand(Ui *ui);
/* After a ui_press that returned true: was the press before it on the same widget, and
 * the pair a double click? */
bool ui_is_double(const Ui *ui);

/* Record a command; does nothing in passes that do not record. */
void ui_rect(Ui *ui, Rect rect, Color color);
void ui_box(Ui *ui, Rect rect, Color color); /* with the theme's round corners */
void ui_round(Ui *ui, Rect rect, int radius, Color color);
void ui_frame(Ui *ui, Rect rect, Color edge, Color ground);
void ui_shape(Ui *ui, ShapeKind kind, Rect square, Color color);
/* From one colour at the left to another at the right; `down`: from top to bottom. */
void ui_blend(Ui *ui, Rect rect, Color from, Color to, bool down);
/* The curve through `points` (param_value.h), whose 0 to 1 is `unit`, a square. */
void ui_curve(Ui *ui, Rect unit, const char *points, Color color);
/* A bar along `track` for a list of `length`, of which `seen` from `from` on are seen;
 * nothing if all of it is. */
void ui_scroll_bar(Ui *ui, Rect track, int length, int from, int seen);
/* One of the painter's pictures. */
void ui_picture(Ui *ui, DrawPicture picture, DrawPlace place, bool smooth,
                uint8_t opacity);
/* For the trace: where a widget is, and a line about the frame. */
void ui_place(Ui *ui, const char *name, Rect rect);
void ui_note(Ui *ui, const char *kind, const char *text);

typedef enum UiAlign { UI_START, UI_MIDDLE, UI_END } UiAlign;

int ui_text_width(const Ui *ui, FontSize size, const char *text);
/* One line in the middle of `rect`'s height, cut with "…" where it does not fit.
 * Returns its width in pixels. */
int ui_text(Ui *ui, FontSize size, const char *text, Rect rect, UiAlign align,
            Color color);
/* One line that starts at `x`, cut off at the edges of `rect`. */
void ui_text_from(Ui *ui, FontSize size, const char *text, int x, Rect rect,
                  Color color);
/* Wrapped lines from the top of `rect`, as many as fit. Returns their height, in every
 * pass. */
int ui_paragraph(Ui *ui, FontSize size, const char *text, Rect rect, Color color);
/* The height that ui_paragraph would return. */
int ui_paragraph_height(const Ui *ui, FontSize size, const char *text, Rect rect);

#endif
