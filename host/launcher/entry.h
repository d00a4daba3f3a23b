/* entry — what a module does around its command.
 *
 * lutist_enter (module.h) sets the log level, runs the command and tells of its
 * failure.
 * Threads: the process's main thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_LAUNCHER_ENTRY_H
#define LUTIST_LAUNCHER_ENTRY_H

#include "options.h"

/* Each module has its own: true with *code set to the exit code; or false with *err
 * set, which becomes the exit code and is told. */
bool entry_command(const Options *options, int *code, Err *err);

#endif
