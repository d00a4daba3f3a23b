/* number_field — the field in which a value is being typed: a number, or another kind's
 * text.
 *
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_WIDGET_NUMBER_FIELD_H
#define LUTIST_VIEWER_WIDGET_NUMBER_FIELD_H

#include <SDL_keyboard.h>
#include <stddef.h>

#include "pipe/param.h"
#include "viewer/ui/ui.h"

enum { FIELD_TEXT = 4096 }; /* a path, the longest curve */

/* In place of a parameter. FIELD_NAME: the name of a preset is typed. */
enum { FIELD_CLOSED = -1, FIELD_NAME = -2 };

typedef struct NumberField {
    int param;             /* the parameter whose value is typed, or one of these */
    char text[FIELD_TEXT]; /* UTF-8 */
    size_t caret;          /* a byte offset in it */
    bool all;              /* all text is selected: typing replaces it */
    char why[800];         /* why the text is no value; "": not known */
    Rect box;              /* where it was drawn last */
    Rect row;              /* what the error must not cover; empty: the box alone */
} NumberField;

/* The meaning of a key for the field. */
typedef enum FieldKey { FIELD_GOES_ON, FIELD_ENTER, FIELD_ESCAPE, FIELD_TAB } FieldKey;

/* For parameter number `index`, which has `value`. */
void number_field_begin(NumberField *field, int index, const Param *param,
                        ParamValue value);
/* For another text. */
void number_field_begin_text(NumberField *field, int index, const char *text);
void number_field_end(NumberField *field);
bool number_field_is_open(const NumberField *field);

/* Insert text that was typed or pasted. */
void number_field_type(NumberField *field, const char *text);
/* The text as a new value of `param`. False: it is no value, and the field shows why.
 */
bool number_field_parse(NumberField *field, const Param *param, ParamValue *value);
/* Has a field a meaning of its own for this key with Ctrl? */
bool number_field_has_control(SDL_Keysym key);
FieldKey number_field_key(NumberField *field, SDL_Keysym key);
/* The field itself. */
void number_field_pass(NumberField *field, Ui *ui, Rect box);
/* The error, in a bubble beside `panel`, or inside it where the window has no room. */
void number_field_draw_why(const NumberField *field, Ui *ui, Rect panel);

#endif
