#include "base/text/csv.h"

#include <string.h>

#include "base/mem.h"
#include "base/text/bom.h"

static const char SEPARATORS[] = ",;\t";

/* The first separator of the first line, outside quotes. */
static char find_separator(const char *at, const char *end)
{
    bool quoted = false;
    for (; at < end && (quoted || (*at != '\n' && *at != '\r')); at++) {
        quoted ^= *at == '"';
        if (!quoted && *at && strchr(SEPARATORS, *at))
            return *at;
    }
    return ',';
}

/* Bytes of a first line that names the separator, without its end; 0: it does not. */
static size_t naming_line(const char *at, const char *end)
{
    static const char key[] = "sep=";
    size_t size = sizeof key; /* with the separator */
    if ((size_t)(end - at) < size || strncasecmp(at, key, size - 1) != 0 ||
        !at[size - 1] || !strchr(SEPARATORS, at[size - 1]))
        return 0;
    return at + size == end || at[size] == '\r' || at[size] == '\n' ? size : 0;
}

void csv_read(CsvReader *reader, char *text, size_t size)
{
    *reader =
        (CsvReader){.at = text + bom_length(text, size), .end = text + size, .next = 1};
    *reader->end = '\0';
    size_t named = naming_line(reader->at, reader->end);
    reader->separator = find_separator(reader->at, reader->end);
    reader->at += named;
    if (named)
        reader->separator = reader->at[-1];
}

void csv_clear(CsvReader *reader)
{
    mem_free(reader->fields);
    reader->fields = NULL;
}

static bool is_end(const CsvReader *reader)
{
    return reader->at == reader->end || *reader->at == '\n' || *reader->at == '\r';
}

static bool is_space(char c, const CsvReader *reader)
{
    return (c == ' ' || c == '\t') && c != reader->separator;
}

static void pass_space(CsvReader *reader)
{
    while (reader->at < reader->end && is_space(*reader->at, reader))
        reader->at++;
}

/* The end of a line, of any kind. */
static void pass_line_end(CsvReader *reader)
{
    if (reader->at == reader->end)
        return;
    reader->at += *reader->at == '\r' && reader->at[1] == '\n' ? 2 : 1;
    reader->next++;
}

/* Behind the opening quote. Lines are counted by their LF, or their CR without one. */
static bool take_quoted(CsvReader *reader, const char **field, Err *err)
{
    char *to = reader->at;
    *field = to;
    for (;; reader->at++) {
        if (reader->at == reader->end)
            return err_set(err, ERR_USAGE, "a quote is not closed");
        if (*reader->at == '"' && *++reader->at != '"')
            break;
        if (!*reader->at)
            return err_set(err, ERR_USAGE, "a NUL byte; save the table as UTF-8");
        reader->next +=
            *reader->at == '\n' || (*reader->at == '\r' && reader->at[1] != '\n');
        *to++ = *reader->at;
    }
    pass_space(reader);
    if (!is_end(reader) && *reader->at != reader->separator)
        return err_set(err, ERR_USAGE, "text after a closing quote");
    *to = '\0'; /* at the closing quote, at the latest */
    return true;
}

/* The byte behind it still tells where the field ends, so the caller cuts it. */
static bool take_plain(CsvReader *reader, const char **field, char **end, Err *err)
{
    *field = reader->at;
    while (!is_end(reader) && *reader->at != reader->separator)
        if (!*reader->at++)
            return err_set(err, ERR_USAGE, "a NUL byte; save the table as UTF-8");
    *end = reader->at;
    while (*end > *field && is_space((*end)[-1], reader))
        (*end)--;
    return true;
}

static void add(CsvReader *reader, const char *field)
{
    reader->fields =
        mem_more(reader->fields, (size_t)reader->count, 1, sizeof *reader->fields);
    reader->fields[reader->count++] = field;
}

/* One field, and what follows it. *more: another one does. */
static bool take_field(CsvReader *reader, bool *more, Err *err)
{
    const char *field;
    char *end = NULL;
    pass_space(reader);
    bool quoted = reader->at < reader->end && *reader->at == '"';
    reader->at += quoted;
    if (quoted ? !take_quoted(reader, &field, err)
               : !take_plain(reader, &field, &end, err))
        return false;
    *more = !is_end(reader);
    if (*more)
        reader->at++;
    else
        pass_line_end(reader);
    if (end)
        *end = '\0';
    add(reader, field);
    return true;
}

static void pass_empty_lines(CsvReader *reader)
{
    for (;;) {
        char *start = reader->at;
        pass_space(reader);
        if (reader->at == reader->end)
            return;
        if (!is_end(reader)) {
            reader->at = start;
            return;
        }
        pass_line_end(reader);
    }
}

CsvToken csv_next(CsvReader *reader, Err *err)
{
    bool more = true;
    reader->count = 0;
    pass_empty_lines(reader);
    reader->line = reader->next;
    if (reader->at == reader->end)
        return CSV_END;
    while (more)
        if (!take_field(reader, &more, err)) {
            reader->at = reader->end;
            return CSV_BROKEN;
        }
    return CSV_RECORD;
}
