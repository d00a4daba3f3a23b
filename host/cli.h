/* cli — the command line, parsed into Options.
 *
 * It reads argv and nothing else. Whoever uses an option checks what needs the disk:
 * does the script exist, can the format be written?
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_CLI_H
#define LUTIST_CLI_H

#include "base/err.h"
#include "options.h"

/* Is the program called as lutist-python? Then all arguments are Python's. */
bool cli_is_python(const char *program);

/* Fills *options; cli_clear frees its arrays, argv must outlive it. The parser stops at
 * --help or --version; COMMAND_NONE then means that no command was named. Fails:
 * ERR_USAGE with a hint; then nothing is owned. */
bool cli_parse(int argc, char **argv, Options *options, Err *err);
void cli_clear(Options *options);

#endif
