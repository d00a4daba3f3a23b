/* ui — one pass over the window: the widget under the mouse, and drawing.
 *
 * Immediate mode: a widget is a function that is called in every pass, looks at the
 * input, draws itself (in passes that draw), and returns what the user did to it. A
 * pass runs for each press, release, wheel step or move, so no click is lost; the last
 * one draws. Only the widget that holds the button is kept between passes.
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_UI_UI_H
#define LUTIST_VIEWER_UI_UI_H

#include <SDL.h>
#include <stdbool.h>

#include "viewer/ui/font.h"
#include "viewer/ui/shape.h"
#include "viewer/ui/theme.h"
#include "viewer/ui/trace.h"

typedef enum UiCursor {
    UI_ARROW,
    UI_HAND,  /* can be pressed */
    UI_TEXT,  /* can be typed into */
    UI_SLIDE, /* can be dragged sideways */
    UI_MOVE,  /* is being panned */
    UI_CURSORS
} UiCursor;

/* Widgets are told apart by number: a kind and an index. 0 is none. */
typedef unsigned UiId;
#define UI_ID(kind, index) ((UiId)(kind) << 16 | ((UiId)(index) + 1))

typedef struct UiInput {
    int x, y;      /* the mouse, in drawable pixels; outside: -1, -1 */
    bool moved;    /* since the pass before */
    bool down;     /* the left button */
    bool pressed;  /* went down in this pass */
    bool released; /* came up in this pass */
    int clicks;    /* with pressed: 2 is a double click */
    float wheel;   /* steps, away from the user is positive; 0 once somebody took it */
    bool coarse;   /* Shift */
} UiInput;

typedef struct Ui {
    SDL_Renderer *renderer; /* borrowed */
    Trace *trace;           /* borrowed */
    Font *font;             /* owned */
    Shapes shapes;
    SDL_Cursor *cursors[UI_CURSORS]; /* owned */
    double scale;                    /* pixels a point */
    UiInput in;
    /* of this pass */
    bool drawing;
    bool blocked;    /* something lies above: widgets see no mouse */
    UiCursor cursor; /* for the widget under the mouse */
    UiCursor shown;  /* the one that was set last */
    /* over passes */
    UiId active; /* has the button */
    int grab;    /* where in it: the press's distance from its reference point */
} Ui;

/* Fails: ERR_ENV (no font). */
bool ui_init(Ui *ui, SDL_Renderer *renderer, Trace *trace, double scale, Err *err);
void ui_term(Ui *ui);
/* Another scale. On failure the old one stays. */
bool ui_rescale(Ui *ui, double scale, Err *err);
/* The renderer has lost its textures. */
void ui_forget(Ui *ui);

void ui_begin(Ui *ui, bool drawing);
/* Sets the mouse's cursor. */
void ui_end(Ui *ui);

/* Points in pixels. */
int ui_px(const Ui *ui, double points);
SDL_Rect ui_inset(SDL_Rect rect, int by);
/* Only drawn and felt inside `rect`; NULL: the window. */
void ui_clip(Ui *ui, const SDL_Rect *rect);

/* Is the mouse over `rect`, free for widget `id`? Not when something lies above, or
 * when another one holds the button. */
bool ui_over(const Ui *ui, UiId id, SDL_Rect rect);
/* Was `rect` pressed in this pass? Then `id` holds the button until it is released. */
bool ui_press(Ui *ui, UiId id, SDL_Rect rect);
/* Was it pressed and released over `rect`? */
bool ui_click(Ui *ui, UiId id, SDL_Rect rect);

/* Drawing; nothing happens in passes that do not draw. */
void ui_rect(Ui *ui, SDL_Rect rect, SDL_Color color);
void ui_box(Ui *ui, SDL_Rect rect, SDL_Color color);
void ui_frame(Ui *ui, SDL_Rect rect, SDL_Color edge, SDL_Color ground);
void ui_shape(Ui *ui, ShapeKind kind, SDL_Rect square, SDL_Color color);

typedef enum UiAlign { UI_START, UI_MIDDLE, UI_END } UiAlign;

/* One line in the middle of `rect`'s height, cut with "…" where it does not fit.
 * Returns its width in pixels. */
int ui_text(Ui *ui, FontSize size, const char *text, SDL_Rect rect, UiAlign align,
            SDL_Color color);
/* One line that starts at `x`, cut off at the edges of `rect`. */
void ui_text_from(Ui *ui, FontSize size, const char *text, int x, SDL_Rect rect,
                  SDL_Color color);
/* Lines from the top of `rect`; at most as many as fit. Returns the height they take
 * (also in passes that do not draw). */
int ui_paragraph(Ui *ui, FontSize size, const char *text, SDL_Rect rect,
                 SDL_Color color);

#endif
