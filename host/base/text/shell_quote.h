/* shell_quote — words as a POSIX shell writes and reads them.
 *
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_BASE_TEXT_SHELL_QUOTE_H
#define LUTIST_BASE_TEXT_SHELL_QUOTE_H

#include <stdio.h>

/* `text` as it is, or in single quotes where the shell would change it. */
void shell_quote_put(FILE *out, const char *text);

/* Read one word from *text, and move *text behind it: quotes and backslashes are taken
 * away, nothing is expanded, and an open quote ends with the text. New string; NULL:
 * only blanks are left. */
char *shell_quote_take(const char **text);

#endif
