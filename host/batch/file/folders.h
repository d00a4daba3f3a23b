/* folders — the folders that a batch writes to, each opened once.
 *
 * A few are kept open beside those in use. A folder that is opened again must have the
 * same device and inode; a folder that has vanished is not made again.
 * Threads: any; a lock guards the set, and is not held while the disk is waited for.
 * Python:  unaware.
 */
#ifndef LUTIST_BATCH_FILE_FOLDERS_H
#define LUTIST_BATCH_FILE_FOLDERS_H

#include "base/file/folder.h"
#include "batch/file/claims.h"

enum { FOLDERS_KEPT = 6 }; /* open handles */

typedef struct Folders Folders;

/* `sync`: names are to be on the disk when folders_sync returns. `claims` is borrowed;
 * NULL: there are no inputs. */
Folders *folders_new(bool sync, Claims *claims);
void folders_free(Folders *folders); /* NULL is fine */

/* A new reference. Made where it is missing; at its first time in this run the files
 * that killed runs have left in it are removed, but for inputs. Hold it while a file is
 * being made in it. Fails: ERR_FILE; the text names the folder. */
Folder *folders_get(Folders *folders, const char *path, Err *err);
/* When all files have their names. Fails: ERR_FILE, the first failure of any. */
bool folders_sync(Folders *folders, Err *err);

#endif
