/* save_place — where a picture is saved, in the words of a batch's -o.
 *
 * The room host/viewer/save: names for pictures (here), the field in which one is typed
 * (save_dialog), and the thread that writes them (saver).
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_SAVE_SAVE_PLACE_H
#define LUTIST_VIEWER_SAVE_SAVE_PLACE_H

#include "base/err.h"

/* New: the template for a file beside `input`: "DIR/STEM-LOOK{ext}", and from `number`
 * 2 on "DIR/STEM-LOOK-2{ext}". {ext} is as in a batch: the input's, or ".png". */
char *save_place_free(const char *input, const char *look, int number);
/* The name of such a file, for people who type another: "STEM-LOOK.EXT"; new. */
char *save_place_suggest(const char *input, const char *look);
/* New: the template for a file of that `name`, which counts from the input's folder.
 * Without an extension it gets {ext}. NULL: ERR_USAGE (no name, a folder's, an
 * extension that cannot be written). */
char *save_place_named(const char *input, const char *name, Err *err);

#endif
