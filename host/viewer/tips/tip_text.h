/* tip_text — a note while it is written: a title, and sentences one after the other.
 *
 * Threads: a value.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_TIPS_TIP_TEXT_H
#define LUTIST_VIEWER_TIPS_TIP_TEXT_H

#include "viewer/keys/bindings.h"

typedef struct TipText {
    char title[512];
    char text[1024]; /* what is longer is cut */
    char keys[512];  /* "Less: ← Ctrl+← · More: → Ctrl+→" */
} TipText;

/* Add a sentence, with a period if it ends without a mark; "" adds nothing. */
void tip_text_add(TipText *tip, const char *sentence);
/* Add "LABEL: KEYS" to `keys`, with the keys in force of an action of that name;
 * nothing if it has none. */
void tip_text_keys(TipText *tip, const Bindings *bindings, const char *label,
                   const char *action);
/* Add "Add 0.1: Wheel up" for each key of the user's own that changes `param`. */
void tip_text_own_keys(TipText *tip, const Bindings *bindings, const char *param);
/* "In the status bar" of "in the status bar". */
void tip_text_title(TipText *tip, const char *title);

#endif
