/* folders — the folders that a batch writes to, each opened once.
 *
 * A few stay open beside those in use. A folder that is opened again must have the same
 * device and inode; a folder that has vanished is not made again.
 * Threads: any; a lock guards the set, and is not held while the disk is waited for.
 * Python:  unaware.
 */
#ifndef LUTIST_BATCH_FILE_FOLDERS_H
#define LUTIST_BATCH_FILE_FOLDERS_H

#include "base/file/folder.h"
#include "batch/file/claims.h"

enum { FOLDERS_KEPT = 6 }; /* open handles */

typedef struct Folders Folders;

/* `sync`: names are on the disk when folders_sync returns. `claims` is borrowed; NULL:
 * there are no inputs. */
Folders *folders_new(bool sync, Claims *claims);
void folders_free(Folders *folders); /* NULL is fine */

/* A new reference. A missing folder is made. When a folder is first opened in this run,
 * the temporary files of killed runs are removed from it, but no input. Hold the
 * reference while a file is made in it. Fails: ERR_FILE; the text names the folder. */
Folder *folders_get(Folders *folders, const char *path, Err *err);
/* Call it when all files have their names. Fails: ERR_FILE, with the first failure of
 * any. */
bool folders_sync(Folders *folders, Err *err);

#endif
