/* module — a part of the program that is a shared object, opened when a command needs
 * it.
 *
 * The program itself links libc alone, so that --help and --version are there at once.
 * lib/lutist/commands.so has the commands, lib/lutist/viewer.so the window; each holds
 * the engine and the Python half of the host, and one process enters one of them.
 * Threads: the process's main thread only.
 * Python:  unaware; a module's extension modules find libpython through it.
 */
#ifndef LUTIST_MODULE_H
#define LUTIST_MODULE_H

#include "options.h"

/* Open the module NAME and all that it links, to see whether that is there. Fails:
 * ERR_ENV, which names what is missing. */
bool module_check(const char *name, Err *err);

/* Enter the module NAME with a command. *code is the exit code: it has told of failures
 * of its own, with a message. Fails: as module_check. */
bool module_run(const char *name, const Options *options, int *code, Err *err);

/* A module's only function for the program; module_run calls it by its name. */
__attribute__((visibility("default"))) int lutist_enter(const Options *options);

#endif
