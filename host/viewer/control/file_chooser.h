/* file_chooser — the list of a folder's files, of which one is chosen.
 *
 * It lies above everything and takes mouse and keyboard until it is closed or a file is
 * chosen. Its first entry chooses none, where that is a choice. A folder is read by an
 * errand; until it is there the list before it stays, and keys wait.
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_CONTROL_FILE_CHOOSER_H
#define LUTIST_VIEWER_CONTROL_FILE_CHOOSER_H

#include <SDL_keycode.h>

#include "base/thread/errands.h"
#include "viewer/control/folder_list.h"
#include "viewer/ui/ui.h"
#include "viewer/widget/type_ahead.h"

enum { CHOOSER_EARLY = 16 }; /* keys that wait for a folder; more are dropped */

/* What is chosen. The texts are static. */
typedef struct ChooserKind {
    const char *pattern; /* of the files to list; copied */
    const char *none; /* the first entry, which chooses no file; NULL: there is none */
    const char *foot; /* a line below the list; NULL: the pattern */
} ChooserKind;

/* It stays where it is while an errand is on its way. */
typedef struct FileChooser {
    Errands *errands;    /* the owner's; outlive it; NULL: folders are read at once */
    const void *awaited; /* the errand whose answer counts; NULL: none */
    SDL_Keycode early[CHOOSER_EARLY]; /* keys for the folder that is being read */
    int n_early;
    int param;        /* the parameter that it belongs to; -1: closed */
    ChooserKind kind; /* its pattern is owned */
    char *chosen; /* after CHOOSER_CHOSEN: an absolute path, or "" for none; owned */
    FolderList list;
    char problem[768]; /* why a folder could not be read; "" */
    int current;       /* the entry that Enter takes, kind.none counted */
    int first;         /* the topmost entry that is seen */
    int rows;          /* entries that are seen; 0: not laid out yet */
    bool fresh;        /* the press that opened it still lasts */
    TypeAhead typed;
    Rect box; /* its row's box, kept up to date by the row */
} FileChooser;

/* CHOOSER_TYPE: the user wants to type the path; it is closed by the caller. */
typedef enum ChooserAct {
    CHOOSER_NONE,
    CHOOSER_CHOSEN,
    CHOOSER_TYPE,
    CHOOSER_CLOSED
} ChooserAct;

/* Lists the folder of `path`, if it is not "" and can be read, else `home`. `pressed`:
 * by the mouse's button, which is still down. Its errands stay. */
void file_chooser_open(FileChooser *chooser, int param, const char *path,
                       const char *home, const ChooserKind *kind, bool pressed);
void file_chooser_close(FileChooser *chooser);
bool file_chooser_is_open(const FileChooser *chooser);
/* The folder that is listed; "/" if none could be read. */
const char *file_chooser_folder(const FileChooser *chooser);

/* It stays inside the window, between the top and the end of `bounds`. `id` and the
 * number after it are its widgets. */
ChooserAct file_chooser_pass(FileChooser *chooser, Ui *ui, UiId id, Rect bounds);
ChooserAct file_chooser_key(FileChooser *chooser, SDL_Keycode key);

#endif
