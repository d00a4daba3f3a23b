#include "base/text/json.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text/printable.h"

static void put_ascii(FILE *file, char c)
{
    static const char special[] = "\"\\\b\f\n\r\t";
    static const char letters[] = "\"\\bfnrt";
    const char *found = c ? strchr(special, c) : NULL;
    if (found)
        fprintf(file, "\\%c", letters[found - special]);
    else if ((uint8_t)c < 0x20 || c == 0x7F)
        fprintf(file, "\\u%04x", (unsigned)c);
    else
        fputc(c, file);
}

static void put_string(FILE *file, const char *text)
{
    fputc('"', file);
    for (const uint8_t *at = (const uint8_t *)text; *at;) {
        int length = printable_sequence(at);
        if (length == 1)
            put_ascii(file, (char)*at);
        else if (length)
            fwrite(at, 1, (size_t)length, file);
        else
            fprintf(file, "\\udc%02x", *at);
        at += length ? length : 1;
    }
    fputc('"', file);
}

/* Write the comma and space before the next value. */
static void put_gap(Json *json, bool comma)
{
    if (comma)
        fputc(',', json->file);
    if (json->broken)
        fprintf(json->file, "\n%*s", json->indent, "");
    else if (comma)
        fputc(' ', json->file);
    json->broken = false;
}

/* Write everything before a value. */
static void put_name(Json *json, const char *name)
{
    put_gap(json, json->more);
    json->more = true;
    if (!name)
        return;
    put_string(json->file, name);
    fputs(": ", json->file);
}

void json_begin(Json *json, const char *name, char bracket)
{
    put_name(json, name);
    fputc(bracket, json->file);
    json->more = false;
}

void json_end(Json *json, char bracket)
{
    put_gap(json, false);
    fputc(bracket, json->file);
    json->more = true;
}

void json_line(Json *json, int indent)
{
    json->broken = true;
    json->indent = indent;
}

void json_text(Json *json, const char *name, const char *text)
{
    put_name(json, name);
    if (text)
        put_string(json->file, text);
    else
        fputs("null", json->file);
}

void json_bool(Json *json, const char *name, bool value)
{
    put_name(json, name);
    fputs(value ? "true" : "false", json->file);
}

void json_integer(Json *json, const char *name, int64_t number)
{
    put_name(json, name);
    fprintf(json->file, "%lld", (long long)number);
}

void json_raw(Json *json, const char *name, const char *value)
{
    put_name(json, name);
    fputs(value, json->file);
}

/* "50", not "5e+01". */
static bool is_plain(double number)
{
    return fabs(number) >= 1e-4 && fabs(number) < 1e15;
}

void json_number(Json *json, const char *name, double number)
{
    char digits[32] = "null";
    put_name(json, name);
    for (int precision = 1; precision <= 17 && isfinite(number); precision++) {
        snprintf(digits, sizeof digits, "%.*g", precision, number);
        if (strtod(digits, NULL) == number &&
            !(is_plain(number) && strchr(digits, 'e')))
            break;
    }
    fputs(digits, json->file);
}

void json_rounded(Json *json, const char *name, double number, int decimals)
{
    put_name(json, name);
    if (isfinite(number))
        fprintf(json->file, "%.*f", decimals, number);
    else
        fputs("null", json->file);
}
