#include "base/text/json.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text/printable.h"

static bool is_plain_ascii(uint8_t byte)
{
    return byte >= 0x20 && byte < 0x7F && byte != '"' && byte != '\\';
}

/* How many bytes from here on stand for themselves? */
static size_t plain_length(const uint8_t *text)
{
    const uint8_t *at = text;
    for (int length; is_plain_ascii(*at) || *at >= 0x80; at += length)
        if (!(length = printable_sequence(at)))
            break;
    return (size_t)(at - text);
}

/* A byte that does not. */
static void put_escape(FILE *file, uint8_t byte)
{
    static const char special[] = "\"\\\b\f\n\r\t";
    static const char letters[] = "\"\\bfnrt";
    const char *found = strchr(special, byte);
    if (found)
        fprintf(file, "\\%c", letters[found - special]);
    else
        fprintf(file, byte < 0x80 ? "\\u%04x" : "\\udc%02x", byte);
}

static void put_string(FILE *file, const char *text)
{
    fputc('"', file);
    for (const uint8_t *at = (const uint8_t *)text; *at;) {
        size_t plain = plain_length(at);
        fwrite(at, 1, plain, file);
        at += plain;
        if (*at)
            put_escape(file, *at++);
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
