/* sidecar_file — PICTURE.lutist on the disk.
 *
 * It is read and replaced as a whole. A link there is neither read nor replaced, and
 * neither is a file that is not ours.
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_SIDECAR_SIDECAR_FILE_H
#define LUTIST_VIEWER_SIDECAR_SIDECAR_FILE_H

#include "base/err.h"

/* The whole text; new string. NULL without *err: there is no such file; with it,
 * ERR_FILE "PATH: reason". */
char *sidecar_file_read(const char *picture, Err *err);
/* Fails: ERR_FILE or ERR_USAGE "PATH: reason". */
bool sidecar_file_write(const char *picture, const char *text, Err *err);

#endif
