/* printable — foreign names and messages, made safe to print.
 *
 * A file name is any bytes except '/' and NUL: it can hold newlines, a terminal's
 * escape sequences, or bytes that are not UTF-8. Messages and results show such
 * characters as escapes ("\n", "\x1b", "\u202e"); a backslash is not changed.
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_BASE_TEXT_PRINTABLE_H
#define LUTIST_BASE_TEXT_PRINTABLE_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* The most bytes that one byte of the text can become. */
enum { PRINTABLE_GROWTH = 4 };

/* Bytes of the UTF-8 sequence at `text`, 1 to 4; 0: it is not valid. Surrogates and
 * overlong forms are not valid. */
int printable_sequence(const uint8_t *text);

/* Copy `text` with escapes for control characters, characters that change the direction
 * of writing, line separators and bytes that are not UTF-8. Cut off after `size` - 1
 * bytes. `shown` and `text` are disjoint. */
void printable_escape(char *shown, size_t size, const char *text);
/* The same for the whole text, into a file. */
void printable_put(FILE *file, const char *text);

/* Shorten `text` in place to `size` bytes (64 and more) by replacing its middle with an
 * ellipsis. A path's file name and the reason after it stay. */
void printable_shorten(char *text, size_t size);

#endif
