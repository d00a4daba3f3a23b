/* param_value — the value of one parameter, and arrays of them.
 *
 * A slider's number, a choice's index and a toggle's 0 or 1 are numbers. A file, a
 * curve and a colour are texts in one canonical form, so that equal values have equal
 * texts:
 *   file   an absolute path, or "" for none; any bytes that a path may have
 *   curve  "0,0 0.5,0.6 1,1": 2 to PARAM_POINTS points, x rising, x and y in 0 to 1
 *   colour "#rrggbb", in lower case
 * A value holds a reference to its text; whoever keeps one copies it and clears it.
 * Arrays are copied, compared and freed by the functions here.
 * Threads: texts are immutable and their counters atomic; a ParamValue itself belongs
 *          to one thread at a time.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_PARAM_VALUE_H
#define LUTIST_PIPE_PARAM_VALUE_H

#include <stdbool.h>

typedef struct ParamText ParamText;

typedef struct ParamValue {
    double number;   /* 0 where there is a text */
    ParamText *text; /* a reference; NULL: the value is a number */
} ParamValue;

/* -0 becomes 0. */
ParamValue param_number(double number);
/* `text` must be in the canonical form of its kind; it is copied. */
ParamValue param_text(const char *text);
/* Borrowed from the value; "" for a number. */
const char *param_text_of(ParamValue value);

ParamValue param_copy(ParamValue value);
void param_clear(ParamValue *value); /* zeroed memory is fine; leaves it zeroed */
bool param_equal(ParamValue a, ParamValue b);

/* New array. */
ParamValue *param_values_copy(const ParamValue *values, int count);
bool param_values_equal(const ParamValue *a, const ParamValue *b, int count);
void param_values_free(ParamValue *values, int count); /* NULL is fine */

/* Curves. */

enum { PARAM_POINTS = 32 }; /* at most */

typedef struct ParamPoint {
    double x, y;
} ParamPoint;

/* `count` points as the header demands them. */
ParamValue param_curve(const ParamPoint *points, int count);
/* Read a text such as "0,0 1,1" into `points`. Returns how many there are; 0: it is no
 * curve. */
int param_points(const char *text, ParamPoint points[PARAM_POINTS]);

/* Colours. */

/* Of 0 to 255 each. */
ParamValue param_color(const int rgb[3]);
/* Read "#rrggbb" in either case. False: it is no colour. */
bool param_rgb(const char *text, int rgb[3]);

#endif
