/* file_opener — the list of images and folders from which a picture is opened, and the
 * field in which a path is typed instead.
 *
 * It takes mouse and keyboard until it is closed.
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_CONTROL_FILE_OPENER_H
#define LUTIST_VIEWER_CONTROL_FILE_OPENER_H

#include "viewer/control/file_chooser.h"
#include "viewer/widget/number_field.h"

typedef enum OpenerState { OPENER_CLOSED, OPENER_LISTS, OPENER_TYPES } OpenerState;

/* It stays where it is while an errand is on its way. */
typedef struct FileOpener {
    OpenerState state;
    FileChooser chooser;
    NumberField field;
    char *chosen; /* an absolute path; owned; the caller takes it; NULL: nothing yet */
    bool typed;   /* it was not chosen from the list */
} FileOpener;     /* zeroed memory is a closed one */

/* Lists the folder of `path`, which is absolute; or that folder, if it ends in "/". */
void file_opener_open(FileOpener *opener, const char *path);
void file_opener_close(FileOpener *opener);
/* Type the path, from the folder that is listed. */
void file_opener_ask(FileOpener *opener);
/* Ask again, `why` being what was wrong with a path that was typed. */
void file_opener_ask_again(FileOpener *opener, const char *path, const char *why);

/* A key; text that is typed. They may set `chosen`, and close it. */
void file_opener_key(FileOpener *opener, SDL_Keysym key);
void file_opener_type(FileOpener *opener, const char *text);
/* The list hangs from opener->chooser.box inside `bounds`, the field lies at the top of
 * `room`. A press beside them closes it. */
void file_opener_pass(FileOpener *opener, Ui *ui, Rect bounds, Rect room);

#endif
