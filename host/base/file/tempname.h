/* tempname — hidden names for files that are not complete yet:
 * `.NAME.lutist-XXXXXXXXCCCC`, eight random letters and four that follow from them.
 *
 * Each is locked (flock) from its making on until its handle is closed, so that one
 * whose lock nobody holds belongs to a run that was killed.
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_BASE_FILE_TEMPNAME_H
#define LUTIST_BASE_FILE_TEMPNAME_H

#include <stdbool.h>
#include <sys/stat.h>

/* Make one for `name` in `folder`, open for reading and writing; *temp is its name
 * (mem_free). -1: errno says why, and there is no name. */
int tempname_create(int folder, const char *name, mode_t mode, char **temp);

/* Is it such a name, without folder? */
bool tempname_is(const char *name);
/* Shall that file stay? */
typedef bool (*tempname_keep_fn)(void *context, const struct stat *file);

/* Remove those of killed runs from `folder`, but for those that `keep` wants (NULL:
 * none). Where a file system has no locks, or the folder cannot be listed, they stay.
 */
void tempname_clean(int folder, tempname_keep_fn keep, void *context);

#endif
