#include "cmd/params/param_table.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file/regular.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/text/bom.h"
#include "base/text/csv.h"
#include "base/text/json_read.h"

enum { MOST_BYTES = 256 << 20 }; /* some million rows */

static const char FILE_NAME[] = "file";

static bool fail_at(const ParamTable *table, int line, Err *err)
{
    char *reason = mem_dup(err->text);
    err_set(err, ERR_USAGE, "%s, line %d: %s", table->path, line, reason);
    mem_free(reason);
    return false;
}

bool param_table_fail(const ParamTable *table, const TableRow *row, Err *err)
{
    return fail_at(table, row->line, err);
}

static TableRow *add_row(ParamTable *table, int line)
{
    table->rows = mem_more(table->rows, (size_t)table->count, 1, sizeof *table->rows);
    TableRow *row = &table->rows[table->count++];
    *row = (TableRow){.line = line};
    return row;
}

static void add_cell(TableRow *row, const char *name, const char *text, size_t length)
{
    row->cells = mem_more(row->cells, (size_t)row->count, 1, sizeof *row->cells);
    row->cells[row->count++] = (TableCell){name, text, (int)length};
}

static bool check_row(const TableRow *row, Err *err)
{
    return (row->file && *row->file) ||
           err_set(err, ERR_USAGE, "it names no file (%s)", FILE_NAME);
}

/* CSV. */

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The name of two columns; NULL: all differ. */
static const char *find_double(const ParamTable *table)
{
    size_t count = (size_t)table->columns;
    const char *twice = NULL, **names = mem_new(count, sizeof *names);
    memcpy(names, table->header, count * sizeof *names);
    qsort(names, count, sizeof *names, by_name);
    for (size_t i = 1; i < count && !twice; i++)
        if (strcmp(names[i - 1], names[i]) == 0)
            twice = names[i];
    mem_free(names);
    return twice;
}

static bool check_header(const ParamTable *table, Err *err)
{
    int files = 0;
    for (int i = 0; i < table->columns; i++) {
        files += strcmp(table->header[i], FILE_NAME) == 0;
        if (!*table->header[i])
            return err_set(err, ERR_USAGE, "column %d has no name", i + 1);
    }
    const char *twice = find_double(table);
    if (twice)
        return err_set(err, ERR_USAGE, "two columns are named %s", twice);
    return files || err_set(err, ERR_USAGE,
                            "there is no column '%s' (the first line has the names of "
                            "the columns)",
                            FILE_NAME);
}

static bool take_header(ParamTable *table, const CsvReader *reader, Err *err)
{
    table->columns = reader->count;
    table->header = mem_new((size_t)reader->count, sizeof *table->header);
    memcpy(table->header, reader->fields,
           (size_t)reader->count * sizeof *table->header);
    return check_header(table, err);
}

/* Spreadsheets write such rows behind the last one. */
static bool is_blank(const CsvReader *reader)
{
    for (int i = 0; i < reader->count; i++)
        if (*reader->fields[i])
            return false;
    return true;
}

static bool take_record(ParamTable *table, const CsvReader *reader, Err *err)
{
    if (is_blank(reader))
        return true;
    if (reader->count != table->columns)
        return err_set(err, ERR_USAGE, "it has %d fields, and the first line %d",
                       reader->count, table->columns);
    TableRow *row = add_row(table, reader->line);
    for (int i = 0; i < reader->count; i++) {
        const char *name = table->header[i], *text = reader->fields[i];
        if (strcmp(name, FILE_NAME) == 0)
            row->file = text;
        else if (*text)
            add_cell(row, name, text, strlen(text));
    }
    return check_row(row, err);
}

static bool read_csv(ParamTable *table, size_t size, Err *err)
{
    CsvReader reader;
    CsvToken token;
    bool fine = true;
    csv_read(&reader, table->text, size);
    while (fine && (token = csv_next(&reader, err)) != CSV_END) {
        fine = token == CSV_RECORD;
        if (fine)
            fine = table->header ? take_record(table, &reader, err)
                                 : take_header(table, &reader, err);
    }
    if (!fine)
        fail_at(table, reader.line, err);
    csv_clear(&reader);
    return fine;
}

/* JSON. */

typedef struct JsonTable {
    ParamTable *table;
    JsonReader reader;
    const char *whole; /* the text as it was, for the numbers of lines */
    size_t counted;    /* bytes of it, and so many lines */
    int line;
} JsonTable;

/* The next token; json->line is that of its beginning, also where it is broken. */
static JsonToken next(JsonTable *json)
{
    size_t at = (size_t)(json->reader.at - json->table->text);
    at += strspn(json->whole + at, ", \t\r\n");
    for (; json->counted < at; json->counted++)
        json->line += json->whole[json->counted] == '\n';
    return json_next(&json->reader);
}

/* NULL: null, or *err is set. */
static const char *value_text(const JsonTable *json, JsonToken token, const char *name,
                              Err *err)
{
    if (token == JSON_TEXT || token == JSON_NUMBER)
        return json->reader.text;
    if (token == JSON_TRUE || token == JSON_FALSE)
        return token == JSON_TRUE ? "on" : "off";
    if (token != JSON_NULL)
        err_set(err, ERR_USAGE,
                token == JSON_BROKEN
                    ? "%s: this is not JSON"
                    : "%s: must be a text, a number, true, false or null",
                name);
    return NULL;
}

static bool take_member(JsonTable *json, TableRow *row, Err *err)
{
    const char *name = json->reader.text;
    JsonToken token = next(json);
    const char *text = value_text(json, token, name, err);
    if (strcmp(name, FILE_NAME) == 0 && token == JSON_TEXT)
        row->file = text;
    else if (text)
        add_cell(row, name, text,
                 token == JSON_NUMBER ? (size_t)(json->reader.at - text)
                                      : strlen(text));
    return text || token == JSON_NULL;
}

/* Behind the brace. */
static bool take_object(JsonTable *json, Err *err)
{
    TableRow *row = add_row(json->table, json->line);
    JsonToken token;
    while ((token = next(json)) == JSON_NAME)
        if (!take_member(json, row, err))
            return false;
    if (token != JSON_OBJECT_END)
        return err_set(err, ERR_USAGE, "this is not JSON");
    return check_row(row, err);
}

static bool take_list(JsonTable *json, Err *err)
{
    if (next(json) != JSON_LIST)
        return err_set(err, ERR_USAGE, "must be a list of objects");
    for (;;) {
        JsonToken token = next(json);
        if (token == JSON_LIST_END)
            break;
        if (token != JSON_OBJECT)
            return err_set(err, ERR_USAGE,
                           token == JSON_BROKEN || token == JSON_END
                               ? "this is not JSON"
                               : "must be a list of objects");
        if (!take_object(json, err))
            return false;
    }
    return next(json) == JSON_END ||
           err_set(err, ERR_USAGE, "something follows the list");
}

static bool read_json(ParamTable *table, size_t size, Err *err)
{
    char *whole = mem_try(size + 1, 1, err);
    if (!whole)
        return false;
    memcpy(whole, table->text, size);
    JsonTable json = {.table = table, .whole = whole, .line = 1};
    bool fine = !memchr(whole, '\0', size) ||
                err_set(err, ERR_USAGE, "a NUL byte; save the table as UTF-8");
    json_read(&json.reader, table->text + bom_length(table->text, size));
    fine = fine && take_list(&json, err);
    if (!fine)
        fail_at(table, json.line, err);
    mem_free(whole);
    return fine;
}

/* The file. */

static bool read_text(ParamTable *table, uint64_t *size, Err *err)
{
    FILE *file = regular_open(table->path, "the table", size, err);
    if (!file)
        return false;
    if (*size <= MOST_BYTES)
        table->text = mem_try(*size + 1, 1, err);
    else
        err_set(err, ERR_USAGE, "%s: a table has at most 256 MiB", table->path);
    if (table->text)
        *size = fread(table->text, 1, *size, file);
    bool read = table->text && !ferror(file);
    if (table->text && !read)
        err_set_errno(err, ERR_FILE, errno, "%s", table->path);
    fclose(file);
    return read;
}

bool param_table_read(ParamTable *table, const char *path, Err *err)
{
    uint64_t size;
    *table = (ParamTable){.path = path};
    bool json = path_ext_is(path, "json");
    bool read = read_text(table, &size, err) &&
                (json ? read_json(table, size, err) : read_csv(table, size, err));
    if (read && !table->count)
        read = err_set(err, ERR_USAGE, "%s: has no row", path);
    if (read)
        return true;
    param_table_clear(table);
    return err_of_option(err);
}

void param_table_clear(ParamTable *table)
{
    for (int i = 0; i < table->count; i++)
        mem_free(table->rows[i].cells);
    mem_free(table->rows);
    mem_free(table->header);
    mem_free(table->text);
    *table = (ParamTable){0};
}
