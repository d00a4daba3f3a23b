#include "cmd/report/report_part.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/file/regular.h"
#include "base/mem.h"
#include "base/text/json_read.h"
#include "batch/batch.h"

/* No number of a report comes near it. */
static const double MOST = 1e15;

static bool read_number(const JsonReader *reader, JsonToken token, double *number)
{
    *number = token == JSON_NUMBER ? strtod(reader->text, NULL) : -1;
    return *number >= 0 && *number <= MOST;
}

/* null leaves *text as it is. */
static bool read_text(const JsonReader *reader, JsonToken token, const char **text)
{
    if (token == JSON_TEXT)
        *text = reader->text;
    return token == JSON_TEXT || token == JSON_NULL;
}

static bool read_state(const JsonReader *reader, JsonToken token, BatchState *state)
{
    int found = BATCH_SKIPPED;
    if (token != JSON_TEXT)
        return false;
    while (found >= 0 &&
           strcmp(reader->text, batch_report_word((BatchState)found)) != 0)
        found--;
    *state = (BatchState)found;
    return found >= 0;
}

/* One of "files". */

typedef struct Fields {
    const char *output;
    double ms, pixels, index;
    bool has_state, has_index;
} Fields;

static bool read_field(JsonReader *reader, const char *name, BatchItem *item,
                       Fields *fields)
{
    JsonToken token = json_next(reader);
    if (strcmp(name, "input") == 0)
        return read_text(reader, token, &item->input);
    if (strcmp(name, "output") == 0)
        return read_text(reader, token, &item->output);
    if (strcmp(name, "reason") == 0)
        return read_text(reader, token, &item->reason);
    if (strcmp(name, "note") == 0)
        return read_text(reader, token, &item->note);
    if (strcmp(name, "state") == 0)
        return fields->has_state = read_state(reader, token, &item->state);
    if (strcmp(name, "ms") == 0)
        return read_number(reader, token, &fields->ms);
    if (strcmp(name, "pixels") == 0)
        return read_number(reader, token, &fields->pixels);
    if (strcmp(name, "index") == 0)
        return fields->has_index = read_number(reader, token, &fields->index);
    if (strcmp(name, "damaged") == 0)
        item->damaged = token == JSON_TRUE;
    return json_skip(reader, token);
}

static bool read_item(JsonReader *reader, BatchItem *item, bool of_part)
{
    Fields fields = {0};
    JsonToken token;
    *item = (BatchItem){.output = "", .reason = "", .note = ""};
    while ((token = json_next(reader)) == JSON_NAME)
        if (!read_field(reader, reader->text, item, &fields))
            return false;
    if (token != JSON_OBJECT_END || !item->input || !fields.has_state ||
        (of_part && !fields.has_index) || fields.index > INT_MAX)
        return false;
    item->index = (int)fields.index;
    item->ms = fields.ms;
    item->pixels = (uint64_t)fields.pixels;
    return true;
}

static bool read_items(JsonReader *reader, ReportPart *part)
{
    JsonToken token;
    while ((token = json_next(reader)) == JSON_OBJECT) {
        part->items =
            mem_more(part->items, (size_t)part->count, 1, sizeof *part->items);
        if (!read_item(reader, &part->items[part->count++], part->part.of))
            return false;
    }
    return token == JSON_LIST_END;
}

/* The whole. */

/* `whole` is the text as it was before it was read. */
static bool read_values(JsonReader *reader, ReportPart *part, const char *whole)
{
    JsonToken token = json_next(reader);
    const char *start = reader->at - 1; /* the brace */
    bool read = token == JSON_OBJECT && !part->values && json_skip(reader, token);
    if (read)
        part->values =
            mem_printf("%.*s", (int)(reader->at - start), whole + (start - part->text));
    return read;
}

static bool read_member(JsonReader *reader, const char *name, ReportPart *part,
                        const char *whole)
{
    if (strcmp(name, "params") == 0)
        return read_values(reader, part, whole);
    JsonToken token = json_next(reader);
    if (strcmp(name, "script") == 0)
        return read_text(reader, token, &part->script);
    if (strcmp(name, "folder") == 0)
        return read_text(reader, token, &part->folder);
    if (strcmp(name, "error") == 0)
        return read_text(reader, token, &part->error);
    if (strcmp(name, "part") == 0)
        return token == JSON_TEXT && part_parse(reader->text, &part->part, NULL);
    if (strcmp(name, "ms") == 0)
        return read_number(reader, token, &part->ms);
    if (strcmp(name, "files") == 0)
        return token == JSON_LIST && read_items(reader, part);
    return json_skip(reader, token);
}

static bool read_members(ReportPart *part, const char *whole)
{
    JsonReader reader;
    JsonToken token;
    json_read(&reader, part->text);
    if (json_next(&reader) != JSON_OBJECT)
        return false;
    while ((token = json_next(&reader)) == JSON_NAME)
        if (!read_member(&reader, reader.text, part, whole))
            return false;
    return token == JSON_OBJECT_END && json_next(&reader) == JSON_END && part->values &&
           part->folder;
}

bool report_part_read(ReportPart *part, const char *path, Err *err)
{
    *part =
        (ReportPart){.path = path, .text = regular_text(path, "the report", NULL, err)};
    if (!part->text) {
        err->kind = ERR_USAGE;
        return false;
    }
    char *whole = mem_dup(part->text);
    bool read = read_members(part, whole);
    mem_free(whole);
    if (!read)
        return err_set(err, ERR_USAGE, "%s: is not a report of lutist batch", path);
    return part->part.of ||
           err_set(err, ERR_USAGE,
                   "%s: is a report of a whole batch, not of a part (--part K/N)",
                   path);
}

void report_part_clear(ReportPart *part)
{
    mem_free(part->items);
    mem_free(part->values);
    mem_free(part->text);
    *part = (ReportPart){0};
}
