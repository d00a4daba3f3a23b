/* regular — reading a file that a user names: an ordinary one.
 *
 * A pipe would be waited for, and a device can do anything; both are refused before
 * they are opened, and again once they are.
 * Threads: pure.
 * Python:  unaware.
 */
#ifndef LUTIST_BASE_FILE_REGULAR_H
#define LUTIST_BASE_FILE_REGULAR_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/err.h"

/* Open for reading; *size, unless NULL, gets its bytes. `what` it holds is for the
 * message
 * ("the profile"). Fails: ERR_FILE "PATH: reason"; NULL then. */
FILE *regular_open(const char *path, const char *what, uint64_t *size, Err *err);

/* New: the whole of it, and a NUL; *size, unless NULL, gets its bytes without that.
 * Fails: as regular_open, ERR_MEMORY; NULL then. */
char *regular_text(const char *path, const char *what, size_t *size, Err *err);

#endif
