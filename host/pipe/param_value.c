#include "pipe/param_value.h"

#include <math.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct ParamText {
    atomic_int refs;
    char *text; /* owned */
};

ParamValue param_number(double number)
{
    return (ParamValue){.number = number == 0 ? 0 : number};
}

/* Takes `text`. */
static ParamValue take_text(char *text)
{
    ParamText *shared = mem_new(1, sizeof *shared);
    atomic_init(&shared->refs, 1);
    shared->text = text;
    return (ParamValue){.text = shared};
}

ParamValue param_text(const char *text)
{
    return take_text(mem_dup(text));
}

const char *param_text_of(ParamValue value)
{
    return value.text ? value.text->text : "";
}

ParamValue param_copy(ParamValue value)
{
    if (value.text)
        atomic_fetch_add(&value.text->refs, 1);
    return value;
}

void param_clear(ParamValue *value)
{
    ParamText *text = value->text;
    *value = (ParamValue){0};
    if (!text || atomic_fetch_sub(&text->refs, 1) > 1)
        return;
    mem_free(text->text);
    mem_free(text);
}

bool param_equal(ParamValue a, ParamValue b)
{
    if (!a.text || !b.text)
        return a.text == b.text && a.number == b.number;
    return a.text == b.text || strcmp(a.text->text, b.text->text) == 0;
}

ParamValue *param_values_copy(const ParamValue *values, int count)
{
    ParamValue *copy = mem_new((size_t)count, sizeof *copy);
    for (int i = 0; i < count; i++)
        copy[i] = param_copy(values[i]);
    return copy;
}

bool param_values_equal(const ParamValue *a, const ParamValue *b, int count)
{
    for (int i = 0; i < count; i++)
        if (!param_equal(a[i], b[i]))
            return false;
    return true;
}

void param_values_free(ParamValue *values, int count)
{
    for (int i = 0; values && i < count; i++)
        param_clear(&values[i]);
    mem_free(values);
}

/* Curves. */

/* The fewest digits that read back the same. */
static void put_number(FILE *out, double number)
{
    char digits[32];
    for (int precision = 1; precision <= 17; precision++) {
        snprintf(digits, sizeof digits, "%.*g", precision, number);
        if (strtod(digits, NULL) == number)
            break;
    }
    fputs(digits, out);
}

typedef struct Points {
    const ParamPoint *points;
    int count;
} Points;

static void put_points(FILE *out, void *context)
{
    const Points *of = context;
    for (int i = 0; i < of->count; i++) {
        if (i)
            fputc(' ', out);
        put_number(out, of->points[i].x);
        fputc(',', out);
        put_number(out, of->points[i].y);
    }
}

ParamValue param_curve(const ParamPoint *points, int count)
{
    char *text = mem_written(put_points, &(Points){points, count});
    ParamValue value = param_text(text);
    mem_free(text);
    return value;
}

/* A number from 0 to 1, without -0. False: there is none. */
static bool read_number(const char **at, double *number)
{
    char *end;
    double value = strtod(*at, &end);
    bool gap = **at == ' ' || **at == '\t'; /* which strtod skips */
    if (gap || end == *at || !(value >= 0 && value <= 1))
        return false;
    *number = value == 0 ? 0 : value;
    *at = end;
    return true;
}

static bool read_point(const char **at, ParamPoint *point)
{
    static const char blank[] = " \t";
    if (!read_number(at, &point->x) || *(*at)++ != ',' || !read_number(at, &point->y))
        return false;
    size_t gap = strspn(*at, blank);
    *at += gap;
    return gap || !**at;
}

int param_points(const char *text, ParamPoint points[PARAM_POINTS])
{
    /* strtod reads more: hexadecimal digits, "nan" */
    if (text[strspn(text, "0123456789.+-eE, \t")])
        return 0;
    const char *at = text + strspn(text, " \t");
    int count = 0;
    for (; *at; count++) {
        if (count == PARAM_POINTS || !read_point(&at, &points[count]))
            return 0;
        if (count && !(points[count].x > points[count - 1].x))
            return 0;
    }
    return count >= 2 ? count : 0;
}

/* Colours. */

ParamValue param_color(const int rgb[3])
{
    return take_text(mem_printf("#%02x%02x%02x", rgb[0], rgb[1], rgb[2]));
}

bool param_rgb(const char *text, int rgb[3])
{
    static const char digits[] = "0123456789abcdefABCDEF";
    if (text[0] != '#' || strspn(text + 1, digits) != 6 || text[7])
        return false;
    long number = strtol(text + 1, NULL, 16);
    for (int c = 0; c < 3; c++)
        rgb[c] = (int)(number >> (16 - 8 * c) & 0xff);
    return true;
}
