/* number_field — the field in which a value is being typed.
 *
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_WIDGET_NUMBER_FIELD_H
#define LUTIST_VIEWER_WIDGET_NUMBER_FIELD_H

#include "viewer/ui/ui.h"

typedef struct NumberField {
    int param;     /* whose value; -1: nothing is being typed */
    char text[64]; /* UTF-8 */
    size_t caret;  /* a byte of it */
    bool all;      /* all of it is selected: typing replaces it */
    char why[768]; /* what is wrong with it; "" nothing that is known */
} NumberField;

typedef enum EditKey { EDIT_GOES_ON, EDIT_ENTER, EDIT_ESCAPE, EDIT_TAB } EditKey;

void number_field_begin(NumberField *edit, int param, const char *text);
void number_field_end(NumberField *edit);
bool number_field_is_open(const NumberField *edit);

/* What was typed, or pasted. */
void number_field_type(NumberField *edit, const char *text);
EditKey number_field_key(NumberField *edit, SDL_Keysym key);
void number_field_draw(Ui *ui, const NumberField *edit, SDL_Rect rect);
/* What is wrong, in a bubble below `rect`, inside `bounds`. */
void number_field_draw_why(Ui *ui, const NumberField *edit, SDL_Rect rect,
                           SDL_Rect bounds);

#endif
