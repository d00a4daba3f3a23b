/* permissions — the rights to read and write a file, carried over to the file that
 * replaces or is made from it.
 *
 * An output is never more open than its source. Rights that the new file cannot have
 * exactly (another group, an access list) are narrowed, never widened.
 * Threads: a value; any.
 * Python:  unaware.
 */
#ifndef LUTIST_BASE_FILE_PERMISSIONS_H
#define LUTIST_BASE_FILE_PERMISSIONS_H

#include <stdbool.h>
#include <sys/stat.h>

typedef struct Permissions {
    mode_t mode; /* st_mode; 0: there is no source, and nothing is narrowed */
    gid_t group;
    bool listed; /* an access list says more than the mode */
} Permissions;

/* Read the rights of an open file, which `found` describes. */
Permissions permissions_of(int file, const struct stat *found);
/* The mode to create a file of `group` with, before the umask, if it is made from such
 * a source. */
mode_t permissions_mode(const Permissions *source, gid_t group);
/* Give `file` the owner, mode, access list and user attributes of the file it will
 * replace, as far as permitted. `old` describes that file; `old_file` is its handle, -1
 * if it cannot be read. */
void permissions_keep(int file, const struct stat *old, int old_file);

#endif
