#include "base/text/printable.h"

#include <stdbool.h>
#include <string.h>

static bool is_continuation(uint8_t byte)
{
    return (byte & 0xC0) == 0x80;
}

int printable_sequence(const uint8_t *text)
{
    if (text[0] < 0x80)
        return 1;
    if (text[0] < 0xC2 || text[0] > 0xF4 || !is_continuation(text[1]))
        return 0;
    if (text[0] < 0xE0)
        return 2;
    if (!is_continuation(text[2]))
        return 0;
    if (text[0] < 0xF0) {
        bool longer = text[0] == 0xE0 && text[1] < 0xA0;
        bool surrogate = text[0] == 0xED && text[1] > 0x9F;
        return longer || surrogate ? 0 : 3;
    }
    bool longer = text[0] == 0xF0 && text[1] < 0x90;
    bool beyond = text[0] == 0xF4 && text[1] > 0x8F;
    return longer || beyond || !is_continuation(text[3]) ? 0 : 4;
}

/* Decode a sequence of one to three bytes. */
static unsigned code_point(const uint8_t *at, int length)
{
    if (length == 1)
        return at[0];
    if (length == 2)
        return (at[0] & 0x1Fu) << 6 | (at[1] & 0x3Fu);
    return (at[0] & 0x0Fu) << 12 | (at[1] & 0x3Fu) << 6 | (at[2] & 0x3Fu);
}

/* Is the character a control, a line separator, or one that changes the direction of
 * writing? */
static bool is_hidden(unsigned code)
{
    return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x061C ||
           code == 0x200E || code == 0x200F || (code >= 0x2028 && code <= 0x202E) ||
           (code >= 0x2066 && code <= 0x2069);
}

enum { MOST_SHOWN = 8 };

/* Write the next character in its escaped form. Returns how many bytes of the text it
 * takes. */
static int show(char shown[MOST_SHOWN], const uint8_t *at)
{
    static const char letters[] = "abtnvfr"; /* 7 to 13: the C escapes */
    int length = printable_sequence(at);
    unsigned code = length >= 1 && length <= 3 ? code_point(at, length) : 0;
    if (length == 4 || (length && !is_hidden(code)))
        snprintf(shown, MOST_SHOWN, "%.*s", length, (const char *)at);
    else if (length && code >= 7 && code <= 13)
        snprintf(shown, MOST_SHOWN, "\\%c", letters[code - 7]);
    else if (length > 1)
        snprintf(shown, MOST_SHOWN, "\\u%04x", code);
    else
        snprintf(shown, MOST_SHOWN, "\\x%02x", *at);
    return length ? length : 1;
}

void printable_escape(char *shown, size_t size, const char *text)
{
    size_t used = 0;
    for (const uint8_t *at = (const uint8_t *)text; *at;) {
        char next[MOST_SHOWN];
        at += show(next, at);
        size_t length = strlen(next);
        if (used + length >= size)
            break;
        memcpy(shown + used, next, length);
        used += length;
    }
    shown[used] = '\0';
}

void printable_put(FILE *file, const char *text)
{
    for (const uint8_t *at = (const uint8_t *)text; *at;) {
        char next[MOST_SHOWN];
        at += show(next, at);
        fputs(next, file);
    }
}

/* The start of the character at this place. */
static size_t boundary(const char *text, size_t at)
{
    size_t begin = at;
    while (begin > 0 && at - begin < 3 && is_continuation((uint8_t)text[begin]))
        begin--;
    return begin;
}

void printable_shorten(char *text, size_t size)
{
    static const char ellipsis[] = "\u2026";
    size_t length = strlen(text), gap = sizeof ellipsis - 1;
    if (length < size)
        return;
    size_t head = boundary(text, size / 4);
    size_t tail = length - (size - 1 - head - gap);
    while (is_continuation((uint8_t)text[tail]))
        tail++;
    memcpy(text + head, ellipsis, gap);
    memmove(text + head + gap, text + tail, length - tail + 1);
}
