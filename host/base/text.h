/* text — names and messages from outside, made fit to be seen.
 *
 * A file name is any bytes but '/' and NUL: it can hold newlines, escape sequences of a
 * terminal, or bytes that are no UTF-8. In messages and results such characters are
 * shown as escapes ("\n", "\x1b", "\u202e"); a backslash stays as it is.
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_BASE_TEXT_H
#define LUTIST_BASE_TEXT_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* The most bytes that a byte of the text can become. */
enum { TEXT_GROWTH = 4 };

/* Bytes of the UTF-8 sequence at `text`, 1 to 4; 0: there is none. Neither surrogates
 * nor longer forms than needed are valid. */
int text_sequence(const uint8_t *text);

/* Control characters, those that change the direction of writing, line separators and
 * bytes that are no UTF-8 as escapes; cut off after `size` - 1 bytes. `shown` and
 * `text` are disjoint. */
void text_escape(char *shown, size_t size, const char *text);
/* The same of the whole text, into a file. */
void text_put(FILE *file, const char *text);

/* Make `text` fit into `size` bytes (64 and more) with its end: out of the middle of
 * what is too long a part is replaced by an ellipsis. So the reason after a long path
 * stays, and with it the file's name. In place. */
void text_shorten(char *text, size_t size);

#endif
