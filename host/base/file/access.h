/* access — who may read and write a file, carried over to the file that is made of it.
 *
 * A result is never more open than its source. Rights that the new file cannot have
 * exactly (another group, an access list) are narrowed, never widened.
 * Threads: a value; any.
 * Python:  unaware.
 */
#ifndef LUTIST_BASE_FILE_ACCESS_H
#define LUTIST_BASE_FILE_ACCESS_H

#include <stdbool.h>
#include <sys/stat.h>

typedef struct Access {
    mode_t mode; /* st_mode; 0: there was no file, and nothing is narrowed */
    gid_t group;
    bool listed; /* an access list says more than the mode does */
} Access;

/* Of an open file. */
Access access_of(int file);
/* The bits to create a file of `group` with, before the umask, made of such a source.
 */
mode_t access_mode(const Access *source, gid_t group);
/* Give `file` the owner, mode, access list and user attributes of the file it is about
 * to replace, as far as permitted. `old` describes that one; `old_file` is its handle,
 * -1: it cannot be read. */
void access_keep(int file, const struct stat *old, int old_file);

#endif
