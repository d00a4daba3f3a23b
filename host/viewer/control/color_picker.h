/* color_picker — the picker that a colour's row opens: a square of saturation and
 * value, and a bar of hues.
 *
 * It lies above everything and takes mouse and keyboard until it is closed. What is
 * picked counts at once. Ctrl is fine and Shift coarse, as with sliders.
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_CONTROL_COLOR_PICKER_H
#define LUTIST_VIEWER_CONTROL_COLOR_PICKER_H

#include <SDL_keyboard.h>

#include "viewer/control/color_mix.h"
#include "viewer/ui/ui.h"

typedef struct ColorPicker {
    int param;     /* the parameter that it belongs to; -1: closed */
    ColorMix mix;  /* the colour; closed: the last, whose hue the next gray has */
    bool bar;      /* the keyboard moves the hue */
    bool fresh;    /* the press that opened it still lasts */
    double dx, dy; /* from the mouse to the mark, while that is dragged */
    Rect box;      /* the swatch, kept up to date by its row */
} ColorPicker;

typedef enum PickerAct { PICKER_NONE, PICKER_PICKED, PICKER_CLOSED } PickerAct;

/* `pressed`: by the mouse's button, which is still down. */
void color_picker_open(ColorPicker *picker, int param, const int rgb[3], bool pressed);
void color_picker_close(ColorPicker *picker);
bool color_picker_is_open(const ColorPicker *picker);

/* It stays inside `bounds`. `id` and the number after it are its widgets. With
 * PICKER_PICKED rgb is the new colour. */
PickerAct color_picker_pass(ColorPicker *picker, Ui *ui, UiId id, Rect bounds,
                            int rgb[3]);
PickerAct color_picker_key(ColorPicker *picker, SDL_Keysym key, int rgb[3]);

#endif
