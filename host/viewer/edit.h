/* edit — the field in which a value is being typed.
 *
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_EDIT_H
#define LUTIST_VIEWER_EDIT_H

#include "viewer/ui.h"

typedef struct Edit {
    int param;     /* whose value; -1: nothing is being typed */
    char text[64]; /* UTF-8 */
    size_t caret;  /* a byte of it */
    bool all;      /* all of it is selected: typing replaces it */
    char why[768]; /* what is wrong with it; "" nothing that is known */
} Edit;

typedef enum EditKey { EDIT_GOES_ON, EDIT_ENTER, EDIT_ESCAPE, EDIT_TAB } EditKey;

void edit_begin(Edit *edit, int param, const char *text);
void edit_end(Edit *edit);
bool edit_is_open(const Edit *edit);

/* What was typed, or pasted. */
void edit_type(Edit *edit, const char *text);
EditKey edit_key(Edit *edit, SDL_Keysym key);
void edit_draw(Ui *ui, const Edit *edit, SDL_Rect rect);
/* What is wrong, in a bubble below `rect`, inside `bounds`. */
void edit_draw_why(Ui *ui, const Edit *edit, SDL_Rect rect, SDL_Rect bounds);

#endif
