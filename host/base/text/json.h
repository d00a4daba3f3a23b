/* json — values written as JSON text, one after the other.
 *
 * A writer puts commas and spaces between the values. `name` is the member's name in an
 * object, and NULL in a list. Bytes of a string that are not UTF-8 (file names may hold
 * any) are written as the lone surrogates U+DC80 to U+DCFF, like Python's
 * "surrogateescape"; os.fsencode gives the bytes back.
 * Threads: one at a time for each writer.
 * Python:  unaware.
 */
#ifndef LUTIST_BASE_TEXT_JSON_H
#define LUTIST_BASE_TEXT_JSON_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* All zeros except `file`: nothing is written yet. */
typedef struct Json {
    FILE *file;  /* borrowed */
    bool more;   /* the object or list has a value already */
    bool broken; /* the next value or bracket begins a line */
    int indent;  /* of that line */
} Json;

/* An object ('{') or a list ('['). */
void json_begin(Json *json, const char *name, char bracket);
void json_end(Json *json, char bracket); /* '}' or ']' */
/* The next value or bracket begins a line, indented by so many spaces. */
void json_line(Json *json, int indent);

/* NULL is null. */
void json_text(Json *json, const char *name, const char *text);
void json_bool(Json *json, const char *name, bool value);
/* All digits. */
void json_integer(Json *json, const char *name, int64_t number);
/* The fewest digits that read back as `number`; null if it is not finite. */
void json_number(Json *json, const char *name, double number);
/* `value` is JSON text. */
void json_raw(Json *json, const char *name, const char *value);
/* With so many decimals; null if it is not finite. */
void json_rounded(Json *json, const char *name, double number, int decimals);

#endif
