/* folder — an open folder: files are made and replaced in it whatever becomes of its
 * name meanwhile.
 *
 * Threads: any; the counter is atomic.
 * Python:  unaware.
 */
#ifndef LUTIST_BASE_FILE_FOLDER_H
#define LUTIST_BASE_FILE_FOLDER_H

#include <stdbool.h>
#include <sys/stat.h>

#include "base/err.h"

typedef struct Folder Folder;

/* With `make` the folder and those above it are made where they are missing. Fails:
 * ERR_FILE; the text names the folder, not the file that was to lie in it. */
Folder *folder_open(const char *path, bool make, Err *err);
/* Is the folder there, or could folder_open make it, and then a file `name` in it
 * (NULL: of none)? As far as can be told by looking. Fails as folder_open. */
bool folder_check(const char *path, const char *name, Err *err);
Folder *folder_ref(Folder *folder);
/* Nulls *folder; NULL is fine. */
void folder_unref(Folder **folder);
/* Are there other references than the caller's? */
bool folder_is_shared(const Folder *folder);
/* Borrowed; for openat() and its kin. */
int folder_handle(const Folder *folder);
/* Device and inode in *found. */
void folder_identify(const Folder *folder, struct stat *found);
/* Wait until the names in it are on the disk, and its own where it was made here.
 * A file system that cannot do that is no failure. Fails: ERR_FILE. */
bool folder_sync(const Folder *folder, Err *err);

#endif
