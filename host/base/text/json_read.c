#include "base/text/json_read.h"

#include <string.h>

#include "base/text/printable.h"

void json_read(JsonReader *reader, char *text)
{
    *reader = (JsonReader){.at = text, .wants_value = true};
}

static void pass_space(JsonReader *reader)
{
    reader->at += strspn(reader->at, " \t\r\n");
}

static bool take(JsonReader *reader, char wanted)
{
    bool there = *reader->at == wanted;
    reader->at += there;
    return there;
}

static bool in_object(const JsonReader *reader)
{
    return reader->depth && reader->objects >> (reader->depth - 1) & 1;
}

/* Strings. */

/* The number that four hexadecimal digits make; -1: they are none. */
static int hex4(const char *at)
{
    int code = 0;
    for (int i = 0; i < 4; i++) {
        static const char digits[] = "0123456789abcdefABCDEF";
        const char *found = at[i] ? strchr(digits, at[i]) : NULL;
        if (!found)
            return -1;
        int digit = (int)(found - digits);
        code = code << 4 | (digit < 16 ? digit : digit - 6);
    }
    return code;
}

static bool is_high(int code)
{
    return code >= 0xD800 && code < 0xDC00;
}

static bool is_low(int code)
{
    return code >= 0xDC00 && code < 0xE000;
}

/* The code point behind "\u", with the second half of a pair; -1: none. *at goes on. */
static int code_point(const char **at)
{
    int code = hex4(*at);
    if (code < 0)
        return -1;
    *at += 4;
    if (!is_high(code))
        return code;
    if ((*at)[0] != '\\' || (*at)[1] != 'u')
        return -1;
    int low = hex4(*at + 2);
    if (!is_low(low))
        return -1;
    *at += 6;
    return 0x10000 + ((code - 0xD800) << 10 | (low - 0xDC00));
}

/* NULL: it can be no part of a text. */
static char *put_utf8(char *to, int code)
{
    if (is_low(code) && code >= 0xDC80 && code <= 0xDCFF) {
        *to++ = (char)(code - 0xDC00);
        return to;
    }
    if (code <= 0 || is_low(code))
        return NULL;
    if (code < 0x80) {
        *to++ = (char)code;
        return to;
    }
    int more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    static const int heads[] = {0, 0xC0, 0xE0, 0xF0};
    *to++ = (char)(heads[more] | code >> 6 * more);
    while (more--)
        *to++ = (char)(0x80 | (code >> 6 * more & 0x3F));
    return to;
}

/* What a backslash at *at - 1 stands for, put at `to`; NULL: broken. */
static char *unescape(const char **at, char *to)
{
    static const char letters[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
    char letter = **at;
    const char *found = letter ? strchr(letters, letter) : NULL;
    *at += letter != '\0';
    if (found) {
        *to++ = values[found - letters];
        return to;
    }
    if (letter != 'u')
        return NULL;
    int code = code_point(at);
    return code < 0 ? NULL : put_utf8(to, code);
}

/* Behind the opening quote. What is decoded is never longer than its code. */
static bool read_string(JsonReader *reader)
{
    const char *at = reader->at;
    char *to = reader->at;
    reader->text = to;
    while (to && *at != '"') {
        uint8_t byte = (uint8_t)*at;
        int length = printable_sequence((const uint8_t *)at);
        if (byte < 0x20 || !length)
            return false;
        if (byte == '\\') {
            at++;
            to = unescape(&at, to);
            continue;
        }
        memmove(to, at, (size_t)length);
        to += length;
        at += length;
    }
    if (!to)
        return false;
    *to = '\0';
    reader->at = (char *)at + 1;
    return true;
}

/* Values. */

static char *pass_digits(char *at)
{
    return at + strspn(at, "0123456789");
}

/* The end of a number as RFC 8259, section 6, has it; NULL: it is none. */
static char *number_end(char *at)
{
    if (*at == '-')
        at++;
    char *whole = at;
    at = pass_digits(at);
    if (at == whole || (*whole == '0' && at != whole + 1))
        return NULL;
    if (*at == '.') {
        char *fraction = ++at;
        at = pass_digits(at);
        if (at == fraction)
            return NULL;
    }
    if (*at == 'e' || *at == 'E') {
        at += at[1] == '+' || at[1] == '-' ? 2 : 1;
        char *exponent = at;
        at = pass_digits(at);
        if (at == exponent)
            return NULL;
    }
    return at;
}

static JsonToken read_number(JsonReader *reader)
{
    char *end = number_end(reader->at);
    if (!end)
        return JSON_BROKEN;
    reader->text = reader->at;
    reader->at = end;
    return JSON_NUMBER;
}

static JsonToken read_word(JsonReader *reader)
{
    const struct {
        const char *word;
        JsonToken token;
    } words[] = {{"true", JSON_TRUE}, {"false", JSON_FALSE}, {"null", JSON_NULL}};
    for (int i = 0; i < 3; i++) {
        size_t length = strlen(words[i].word);
        if (strncmp(reader->at, words[i].word, length) == 0) {
            reader->at += length;
            return words[i].token;
        }
    }
    return JSON_BROKEN;
}

static JsonToken begin(JsonReader *reader, bool object)
{
    if (reader->depth == JSON_DEPTH)
        return JSON_BROKEN;
    uint64_t bit = (uint64_t)1 << reader->depth++;
    reader->objects = object ? reader->objects | bit : reader->objects & ~bit;
    reader->any = false;
    reader->wants_value = false;
    reader->at++;
    return object ? JSON_OBJECT : JSON_LIST;
}

static JsonToken finish(JsonReader *reader)
{
    JsonToken token = in_object(reader) ? JSON_OBJECT_END : JSON_LIST_END;
    reader->depth--;
    reader->any = true;
    reader->at++;
    return token;
}

static JsonToken read_value(JsonReader *reader)
{
    char first = *reader->at;
    if (first == '{' || first == '[')
        return begin(reader, first == '{');
    reader->wants_value = false;
    reader->any = true;
    if (first == '"') {
        reader->at++;
        return read_string(reader) ? JSON_TEXT : JSON_BROKEN;
    }
    return first == '-' || (first >= '0' && first <= '9') ? read_number(reader)
                                                          : read_word(reader);
}

static JsonToken read_name(JsonReader *reader)
{
    if (!take(reader, '"') || !read_string(reader))
        return JSON_BROKEN;
    pass_space(reader);
    if (!take(reader, ':'))
        return JSON_BROKEN;
    reader->wants_value = true;
    return JSON_NAME;
}

/* Between two values, or before the first one of a list or an object. */
static JsonToken read_between(JsonReader *reader)
{
    if (*reader->at == (in_object(reader) ? '}' : ']'))
        return finish(reader);
    if (reader->any) {
        if (!take(reader, ','))
            return JSON_BROKEN;
        pass_space(reader);
    }
    return in_object(reader) ? read_name(reader) : read_value(reader);
}

static JsonToken read_token(JsonReader *reader)
{
    pass_space(reader);
    if (reader->wants_value)
        return read_value(reader);
    if (reader->depth)
        return read_between(reader);
    return *reader->at ? JSON_BROKEN : JSON_END;
}

/* A broken text stays so: a value is wanted, and none comes. */
JsonToken json_next(JsonReader *reader)
{
    JsonToken token = read_token(reader);
    if (token == JSON_BROKEN) {
        char *end = reader->at + strlen(reader->at);
        *reader = (JsonReader){.at = end, .text = "", .wants_value = true};
    }
    return token;
}

bool json_skip(JsonReader *reader, JsonToken token)
{
    if (token != JSON_OBJECT && token != JSON_LIST)
        return token != JSON_BROKEN && token != JSON_END;
    int outside = reader->depth - 1;
    while (reader->depth > outside && token != JSON_BROKEN)
        token = json_next(reader);
    return token != JSON_BROKEN;
}
