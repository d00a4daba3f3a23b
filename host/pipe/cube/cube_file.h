/* cube_file — a file of tables: a .cube text or a HaldCLUT picture.
 *
 * The content tells which; the name is for messages.
 * Threads: one a call.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_CUBE_CUBE_FILE_H
#define LUTIST_PIPE_CUBE_CUBE_FILE_H

#include "base/thread/cancel.h"
#include "pipe/cube/cube_tables.h"

/* Read the file at `path`; the cube is named after it. Looks at `cancel`, which may be
 * NULL. Fails: ERR_FILE "PATH: reason" or "PATH, line 7: reason", with err->code where
 * the file cannot be opened or read; ERR_MEMORY, ERR_CANCELLED. */
bool cube_file_load(const char *path, Cancel *cancel, CubeTables *out, Err *err);

#endif
