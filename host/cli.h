/* cli — the command line, turned into a struct of options.
 *
 * Pure: looks at argv and nothing else. What needs the disk (is the script there, can
 * the format be written) is checked by those who use it.
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_CLI_H
#define LUTIST_CLI_H

#include "base/err.h"
#include "options.h"

/* Is the program called as lutist-python? Then all arguments are Python's. */
bool cli_is_python(const char *program);

/* Fills *options; cli_clear frees its arrays, argv must outlive it. After --help or
 * --version the rest is not looked at; COMMAND_NONE then means that no command was
 * named. Fails: ERR_USAGE with a hint; then nothing is owned. */
bool cli_parse(int argc, char **argv, Options *options, Err *err);
void cli_clear(Options *options);

#endif
