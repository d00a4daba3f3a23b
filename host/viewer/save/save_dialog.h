/* save_dialog — the field over the picture in which the name for a saved picture is
 * typed, and the question whether an existing file is to be replaced.
 *
 * It takes the keyboard until it is closed. It keeps the wish that it was opened for.
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_SAVE_SAVE_DIALOG_H
#define LUTIST_VIEWER_SAVE_SAVE_DIALOG_H

#include "viewer/save/saver.h"
#include "viewer/widget/number_field.h"

typedef struct SaveDialog {
    SaveWish *wish; /* owned; NULL: it is closed */
    NumberField field;
    bool asks; /* Enter replaces the file of this name */
} SaveDialog;

typedef enum SaveAct { SAVE_NONE, SAVE_TAKEN, SAVE_CLOSED } SaveAct;

/* Takes `wish`, whose name is offered. */
void save_dialog_open(SaveDialog *dialog, SaveWish *wish);
/* The same after it was tried in vain: a file of that name exists, or `why`. */
void save_dialog_open_again(SaveDialog *dialog, SaveWish *wish, bool exists,
                            const char *why);
void save_dialog_close(SaveDialog *dialog);
bool save_dialog_is_open(const SaveDialog *dialog);
/* SAVE_TAKEN: the wish has the typed name, and what to replace. */
SaveAct save_dialog_key(SaveDialog *dialog, SDL_Keysym key);
void save_dialog_type(SaveDialog *dialog, const char *text);
/* At the top of `room`. A press beside it closes it. */
void save_dialog_pass(SaveDialog *dialog, Ui *ui, Rect room);

#endif
