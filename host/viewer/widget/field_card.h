/* field_card — a card over the picture with a field in which a text is typed.
 *
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_WIDGET_FIELD_CARD_H
#define LUTIST_VIEWER_WIDGET_FIELD_CARD_H

#include "viewer/widget/number_field.h"

typedef struct FieldCard {
    const char *name; /* for the trace */
    const char *title;
    const char *hint; /* below the field; may have several lines */
    bool alarm;       /* the hint is a question or a problem */
} FieldCard;

/* At the top of `room`. Returns its place. */
Rect field_card_pass(NumberField *field, Ui *ui, Rect room, const FieldCard *card);

#endif
