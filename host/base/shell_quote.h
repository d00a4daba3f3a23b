/* shell_quote — a word as a POSIX shell reads it back.
 *
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_BASE_SHELL_QUOTE_H
#define LUTIST_BASE_SHELL_QUOTE_H

#include <stdio.h>

/* `text` as it is, or in single quotes where the shell would change it. */
void shell_quote_put(FILE *out, const char *text);

#endif
