#include "viewer/ui/text_line.h"

#include <stdio.h>
#include <string.h>

char *text_line_clean(const char *text, char *out)
{
    size_t used = 0;
    for (; *text && used < TEXT_LINE_BYTES - 1; text++) {
        bool control = (unsigned char)*text < ' ' || *text == 0x7f;
        out[used++] = (char)(control ? ' ' : *text);
    }
    if (*text)
        while (used > 0 && (out[used - 1] & 0xc0) == 0x80)
            used--;
    if (*text && used > 0 && (out[used - 1] & 0xc0) == 0xc0)
        used--;
    out[used] = '\0';
    return out;
}

int text_line_height(const TextMeasure *measure, FontSize size)
{
    return measure->height(measure->font, size);
}

int text_line_width(const TextMeasure *measure, FontSize size, const char *text)
{
    char line[TEXT_LINE_BYTES];
    return measure->width(measure->font, size, text_line_clean(text, line));
}

/* The byte after the first `count` characters. */
static size_t bytes_of(const char *text, int count)
{
    size_t at = 0;
    for (; text[at] && count > 0; count--)
        do
            at++;
        while ((text[at] & 0xc0) == 0x80);
    return at;
}

/* How many bytes of `line` fit. */
static size_t fitting(const TextMeasure *measure, FontSize size, const char *line,
                      int width)
{
    int count = width > 0 ? measure->count(measure->font, size, line, width) : 0;
    return bytes_of(line, count);
}

char *text_line_fit(const TextMeasure *measure, FontSize size, const char *text,
                    int width, char *out)
{
    static const char dots[] = "…";
    text_line_clean(text, out);
    if (text_line_width(measure, size, out) <= width)
        return out;
    int dots_width = text_line_width(measure, size, dots);
    size_t end = fitting(measure, size, out, width - dots_width);
    while (end > 0 && out[end - 1] == ' ')
        end--;
    if (end > TEXT_LINE_BYTES - sizeof dots)
        end = 0;
    memcpy(out + end, dots, sizeof dots);
    if (text_line_width(measure, size, out) > width)
        out[0] = '\0';
    return out;
}

/* Where the last part of `line` starts that is at most `width` wide. */
static size_t tail_of(const TextMeasure *measure, FontSize size, const char *line,
                      int width)
{
    size_t from = 0;
    while (line[from] && text_line_width(measure, size, line + from) > width)
        from += bytes_of(line + from, 1);
    return from;
}

char *text_line_fit_middle(const TextMeasure *measure, FontSize size, const char *text,
                           int width, char *out)
{
    static const char dots[] = "…";
    char line[TEXT_LINE_BYTES], both[2 * TEXT_LINE_BYTES];
    text_line_clean(text, line);
    int room = width - text_line_width(measure, size, dots);
    if (room <= 0 || text_line_width(measure, size, line) <= width)
        return text_line_fit(measure, size, text, width, out);
    size_t from = tail_of(measure, size, line, room / 2);
    int left = room - text_line_width(measure, size, line + from);
    size_t end = fitting(measure, size, line, left);
    snprintf(both, sizeof both, "%.*s%s%s", (int)end, line, dots, line + from);
    return text_line_fit(measure, size, both, width, out);
}

/* The best place to break a line, at most `end` bytes from its start. */
static size_t break_at(const char *line, size_t end)
{
    for (size_t at = end; at > 0; at--)
        if (line[at] == ' ')
            return at;
    for (size_t at = end; at > end / 2; at--)
        if (strchr("/,.:;-_", line[at - 1]))
            return at;
    return end ? end : bytes_of(line, 1);
}

char *text_line_wrap(const TextMeasure *measure, FontSize size, const char **text,
                     int width, bool last, char *out)
{
    while (**text == ' ')
        ++*text;
    if (!**text)
        return NULL;
    text_line_clean(*text, out);
    bool fits = text_line_width(measure, size, out) <= width;
    if (last || (fits && strlen(*text) < TEXT_LINE_BYTES)) {
        *text += strlen(*text);
        return text_line_fit(measure, size, out, width, out);
    }
    size_t end = break_at(out, fitting(measure, size, out, width));
    *text += end;
    out[end] = '\0';
    return out;
}
