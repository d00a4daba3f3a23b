/* help_card — the help: lines of a key and its meaning, on a card over the window, in
 * as many columns as the window has room for.
 *
 * In a window that is too small for all of it the card scrolls.
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_WIDGET_HELP_CARD_H
#define LUTIST_VIEWER_WIDGET_HELP_CARD_H

#include <SDL_keycode.h>

#include "viewer/keys/key_list.h"
#include "viewer/ui/ui.h"

typedef struct HelpCard {
    bool open;
    int scroll; /* pixels; kept inside by help_card_pass */
    int page;   /* height of the part that is seen, in pixels */
} HelpCard;

void help_card_toggle(HelpCard *card);
/* Lies over the whole window; a click closes it. */
void help_card_pass(HelpCard *card, Ui *ui, Rect window, const KeyLine *lines);
/* True: the key scrolls. */
bool help_card_key(HelpCard *card, SDL_Keycode key);

#endif
