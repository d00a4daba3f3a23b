/* folder — an open folder: files are made and replaced in it even if it is renamed
 * meanwhile.
 *
 * Threads: any; the counter is atomic.
 * Python:  unaware.
 */
#ifndef LUTIST_BASE_FILE_FOLDER_H
#define LUTIST_BASE_FILE_FOLDER_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

#include "base/err.h"

typedef struct Folder Folder;

/* With `make` the folder and its missing parents are made. Fails: ERR_FILE; the text
 * names the folder, not the file that should lie in it. */
Folder *folder_open(const char *path, bool make, Err *err);
/* Make a folder of the user's own settings or data, and its missing parents: closed to
 * others. Fails as folder_open. */
bool folder_make_own(const char *path, Err *err);
/* New: the path of the working folder; "": it has none, as where it was removed. */
char *folder_working(void);
/* What folder_check has found out about the last folder. Starts zeroed. */
typedef struct FolderCheck {
    char *path, *there; /* owned: the folder, and the deepest existing one on the way */
    size_t fits;        /* names of so many bytes and fewer do */
} FolderCheck;

/* Does the folder exist, or could folder_open make it, and could a file `name` (NULL:
 * none) be made in it? Judged without writing. `last` (or NULL) is kept from one call
 * to the next, of which many are about one folder. Fails as folder_open. */
bool folder_check(const char *path, const char *name, FolderCheck *last, Err *err);
void folder_check_term(FolderCheck *last);
Folder *folder_ref(Folder *folder);
/* Nulls *folder; NULL is fine. */
void folder_unref(Folder **folder);
/* Does anybody but the caller hold a reference? */
bool folder_is_shared(const Folder *folder);
/* Borrowed; for openat() and its kin. */
int folder_handle(const Folder *folder);
/* Device and inode into *found, and the rest as it was last known: a network's file
 * system may fail to tell. */
void folder_identify(const Folder *folder, struct stat *found);
/* Wait until its names are on the disk, and its own name if it was made here. A file
 * system that cannot do so is no failure. Fails: ERR_FILE. */
bool folder_sync(const Folder *folder, Err *err);

#endif
