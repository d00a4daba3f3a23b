/* curve_plot — a curve in a square, whose points the mouse and the keyboard move.
 *
 * One point can be selected: the keyboard and the wheel move it. The mouse drags a
 * point, adds one where there is none, and removes one that it drags out of the square
 * or presses with its right button. Ctrl is fine and Shift coarse, as with sliders.
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_CONTROL_CURVE_PLOT_H
#define LUTIST_VIEWER_CONTROL_CURVE_PLOT_H

#include <SDL_keyboard.h>

#include "viewer/control/curve_edit.h"
#include "viewer/ui/ui.h"

/* The selection, kept between passes. */
typedef struct CurveHold {
    int param;     /* the parameter that has it; -1: none */
    int point;     /* the selected point; -1: it was dragged out of the square */
    double dx, dy; /* from the mouse to the point, while it is dragged */
} CurveHold;

typedef enum CurveAct { CURVE_NONE, CURVE_EDITED, CURVE_RESET } CurveAct;

void curve_plot_release(CurveHold *hold);
/* The selected point of parameter `param`; -1: none. */
int curve_plot_selected(const CurveHold *hold, int param, const CurveEdit *curve);

/* `param`: the number of the curve's parameter. */
CurveAct curve_plot_pass(Ui *ui, UiId id, Rect square, int param, CurveHold *hold,
                         CurveEdit *curve);
/* Select the next point; after the last none. */
void curve_plot_next(CurveHold *hold, int param, const CurveEdit *curve);
/* A key for the selected point: the arrows, Delete, Insert, Escape. False: it is not
 * for it. */
bool curve_plot_key(CurveHold *hold, CurveEdit *curve, SDL_Keysym key);

#endif
