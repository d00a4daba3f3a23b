/* json — strings and numbers as JSON text.
 *
 * A string's bytes that are not UTF-8 (file names may hold any) are written as the lone
 * surrogates U+DC80 to U+DCFF, as Python's "surrogateescape" does: os.fsencode gives
 * the bytes back.
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_BASE_JSON_H
#define LUTIST_BASE_JSON_H

#include <stdio.h>

/* With quotes; NULL is null. */
void json_string(FILE *file, const char *text);
/* The shortest digits that read back as `number`; null where it is not finite. */
void json_number(FILE *file, double number);

#endif
