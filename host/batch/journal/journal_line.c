#include "batch/journal/journal_line.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text/json.h"
#include "base/text/json_read.h"

JournalStamp journal_stamp(const struct stat *file)
{
    return (JournalStamp){
        .size = file->st_size,
        .mtime_ns = file->st_mtim.tv_sec * 1000000000 + file->st_mtim.tv_nsec,
        .inode = (int64_t)file->st_ino,
    };
}

bool journal_stamp_same(const JournalStamp *a, const JournalStamp *b)
{
    return a->size == b->size && a->mtime_ns == b->mtime_ns;
}

static void write_facts(Json *json, const JournalLine *line)
{
    json_integer(json, "pixels", line->pixels);
    json_integer(json, "ms", line->ms);
    if (line->note)
        json_text(json, "note", line->note);
    if (line->damaged)
        json_integer(json, "damaged", line->damaged);
}

static void write_file(Json *json, const JournalLine *line)
{
    json_text(json, "input", line->input);
    json_integer(json, "size", line->read.size);
    json_integer(json, "mtime_ns", line->read.mtime_ns);
    json_integer(json, "inode", line->read.inode);
    if (line->hash)
        json_text(json, "hash", line->hash);
    json_text(json, "output", line->output);
    if (line->reason) {
        json_text(json, "reason", line->reason);
    } else {
        json_integer(json, "output_size", line->written.size);
        json_integer(json, "output_mtime_ns", line->written.mtime_ns);
    }
    if (line->pixels)
        write_facts(json, line);
    json_text(json, "look", line->look);
}

static void write_line(FILE *file, void *context)
{
    const JournalLine *line = context;
    Json json = {.file = file};
    json_begin(&json, NULL, '{');
    json_text(&json, "state", line->end ? "end" : line->reason ? "failed" : "done");
    if (!line->end)
        write_file(&json, line);
    json_end(&json, '}');
    fputc('\n', file);
}

char *journal_line_text(const JournalLine *line)
{
    return mem_written(write_line, (void *)line);
}

/* The members of a line, by name; one of both places is NULL. */
typedef struct Member {
    const char *name;
    const char **text;
    int64_t *number;
} Member;

static bool read_number(const char *text, int64_t *number)
{
    char *end;
    errno = 0;
    long long value = strtoll(text, &end, 10);
    *number = value;
    return errno == 0 && !strchr(".eE", *end);
}

static bool read_value(JsonReader *reader, const Member *member)
{
    JsonToken token = json_next(reader);
    if (!member->name)
        return json_skip(reader, token);
    if (member->text)
        *member->text = reader->text;
    return member->text
               ? token == JSON_TEXT
               : token == JSON_NUMBER && read_number(reader->text, member->number);
}

static const Member *find(const Member *members, const char *name)
{
    while (members->name && strcmp(members->name, name) != 0)
        members++;
    return members;
}

static bool read_members(JsonReader *reader, const Member *members)
{
    JsonToken token = json_next(reader);
    if (token != JSON_OBJECT)
        return false;
    while ((token = json_next(reader)) == JSON_NAME)
        if (!read_value(reader, find(members, reader->text)))
            return false;
    return token == JSON_OBJECT_END && json_next(reader) == JSON_END;
}

/* Does the line say what its state needs? */
static bool is_whole(const JournalLine *line, const char *state)
{
    if (line->end)
        return true;
    if (!state || !line->input || !line->output || !line->look)
        return false;
    if (strcmp(state, "failed") == 0)
        return line->reason;
    return strcmp(state, "done") == 0 && !line->reason && line->written.size > 0;
}

bool journal_line_read(JournalLine *line, char *text)
{
    const char *state = NULL;
    const Member members[] = {
        {"state", &state, NULL},
        {"input", &line->input, NULL},
        {"size", NULL, &line->read.size},
        {"mtime_ns", NULL, &line->read.mtime_ns},
        {"inode", NULL, &line->read.inode},
        {"hash", &line->hash, NULL},
        {"output", &line->output, NULL},
        {"reason", &line->reason, NULL},
        {"output_size", NULL, &line->written.size},
        {"output_mtime_ns", NULL, &line->written.mtime_ns},
        {"look", &line->look, NULL},
        {"note", &line->note, NULL},
        {"pixels", NULL, &line->pixels},
        {"ms", NULL, &line->ms},
        {"damaged", NULL, &line->damaged},
        {NULL, NULL, NULL},
    };
    JsonReader reader;
    *line = (JournalLine){0};
    json_read(&reader, text);
    if (!read_members(&reader, members))
        return false;
    line->end = state && strcmp(state, "end") == 0;
    return is_whole(line, state);
}
