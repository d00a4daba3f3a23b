/* widget — button, slider, check box and drop-down; menu.h is the open list.
 *
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_WIDGET_WIDGET_H
#define LUTIST_VIEWER_WIDGET_WIDGET_H

#include "viewer/ui/ui.h"

typedef enum WidgetKind {
    WIDGET_PICTURE = 1,
    WIDGET_SLIDER,
    WIDGET_NUMBER, /* the value above a slider, which can be typed */
    WIDGET_CHECK,
    WIDGET_DROPDOWN,
    WIDGET_LIST,   /* the entries of a menu */
    WIDGET_BUTTON, /* its index is its Action */
    WIDGET_HELP,
    WIDGET_CURVE,
    WIDGET_COLOR,
    WIDGET_PICKER, /* its square and its bar */
    WIDGET_FILE,
    WIDGET_CHOOSER, /* its list and its head */
    WIDGET_PRESETS,
    WIDGET_MODES,
    WIDGET_EDGE,       /* of the panel, which drags */
    WIDGET_FOLD,       /* the heading of a group; its index is the first parameter's */
    WIDGET_RESUME,     /* the mark of a stale picture */
    WIDGET_SPLIT,      /* the divider of the split view */
    WIDGET_CARD,       /* over the picture */
    WIDGET_LOOKS,      /* the script's name in the panel's head */
    WIDGET_INVITATION, /* to open pictures */
} WidgetKind;
#define WIDGET_KIND(id) ((WidgetKind)((id) >> 16))

/* Does the mouse hold a value of the look: a slider, a curve's point, a colour? */
bool widget_drags_value(const Ui *ui);
/* It lets go of that value; other widgets stay held. */
void widget_let_go(Ui *ui);

typedef enum WidgetStyle { WIDGET_PLAIN, WIDGET_LIT, WIDGET_OFF } WidgetStyle;

/* A push button. True: clicked. A WIDGET_OFF button is gray and takes no clicks. */
bool widget_button(Ui *ui, UiId id, Rect rect, const char *text, WidgetStyle style);
/* The same with a shape instead of a text. */
bool widget_shape_button(Ui *ui, UiId id, Rect rect, ShapeKind shape,
                         WidgetStyle style);

typedef enum SliderAct {
    SLIDER_NONE,
    SLIDER_MOVED,
    SLIDER_RESET,
    SLIDER_NUDGED
} SliderAct;

typedef struct Slider {
    double position; /* 0 to 1; in: the current one, out: the user's */
    double origin;   /* of the default: the track is filled from there */
    int nudge;       /* out, with SLIDER_NUDGED: wheel steps */
} Slider;

/* A press on the track jumps there, one on the knob holds it where it was taken; a
 * double click resets. With Ctrl the knob goes a tenth of the mouse's way. */
SliderAct widget_slider(Ui *ui, UiId id, Rect rect, bool focus, Slider *slider);

/* True: the box or its label was clicked. */
bool widget_check(Ui *ui, UiId id, Rect rect, const char *label, bool on);

/* True: pressed; the menu opens. */
bool widget_dropdown(Ui *ui, UiId id, Rect rect, const char *text, bool open);

#endif
