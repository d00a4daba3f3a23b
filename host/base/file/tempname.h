/* tempname — hidden names for incomplete files: `.NAME.lutist-XXXXXXXXCCCC`, eight
 * random letters and four that are their check sum.
 *
 * Each file is locked (flock) until its handle is closed. A file without a lock was
 * left by a killed run.
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_BASE_FILE_TEMPNAME_H
#define LUTIST_BASE_FILE_TEMPNAME_H

#include <stdbool.h>
#include <sys/stat.h>

/* Create a file for `name` in `folder`, open for reading and writing; *temp is its name
 * (mem_free), and *made describes it. -1: see errno; *temp is not set. */
int tempname_create(int folder, const char *name, mode_t mode, char **temp,
                    struct stat *made);

/* Is it a temporary name, without folder? */
bool tempname_is(const char *name);
/* Must this file be kept? */
typedef bool (*tempname_keep_fn)(void *context, const struct stat *file);

/* Remove the files of killed runs from `folder`, except those that `keep` (NULL: none)
 * keeps. If the file system has no locks, or the folder cannot be listed, all stay. */
void tempname_clean(int folder, tempname_keep_fn keep, void *context);

#endif
