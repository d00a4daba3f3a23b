/* folder_list — what a folder has for a file parameter: its folders, and the files that
 * match a pattern.
 *
 * Hidden entries are left out. Folders come first, "..", the way up, before them; names
 * are in the order of file_list.h.
 * Threads: owner thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_CONTROL_FOLDER_LIST_H
#define LUTIST_VIEWER_CONTROL_FOLDER_LIST_H

#include "base/err.h"

typedef struct FolderEntry {
    char *name; /* owned */
    bool folder;
} FolderEntry;

typedef struct FolderList {
    char *path;           /* of the folder, absolute; owned; NULL: none was read */
    FolderEntry *entries; /* owned */
    int count;
} FolderList; /* zeroed memory is a closed one */

/* Read the folder `path`, which is absolute. `pattern`: as "*.cube *.tif", case does
 * not matter. Fails: ERR_FILE (the folder cannot be read); *list stays as it was. */
bool folder_list_read(FolderList *list, const char *path, const char *pattern,
                      Err *err);
void folder_list_close(FolderList *list);
/* The entry of that name; -1: none. */
int folder_list_find(const FolderList *list, const char *name);
/* Would a file of this name be listed? */
bool folder_list_matches(const char *name, const char *pattern);
/* The file that is `step` files after the one called `name` (before it for a negative
 * step), or the last on that way. A name that is not listed counts as between its
 * neighbours; "" is before the first, and for a step back behind the last. -1: there is
 * no other file. */
int folder_list_step(const FolderList *list, const char *name, int step);
/* New: the path of an entry; of ".." the folder above. */
char *folder_list_path(const FolderList *list, int entry);

#endif
