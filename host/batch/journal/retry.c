#include "batch/journal/retry.h"

#include <stdlib.h>
#include <string.h>

#include "base/file/regular.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/text/json_read.h"
#include "batch/journal/journal.h"

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void add(Retry *retry, char *input)
{
    retry->inputs =
        mem_more(retry->inputs, (size_t)retry->count, 1, sizeof *retry->inputs);
    retry->inputs[retry->count++] = input;
}

/* Sorted, each once. */
static void settle(Retry *retry)
{
    int kept = 0;
    if (retry->count)
        qsort(retry->inputs, (size_t)retry->count, sizeof *retry->inputs, by_text);
    for (int i = 0; i < retry->count; i++) {
        if (kept && strcmp(retry->inputs[kept - 1], retry->inputs[i]) == 0)
            mem_free(retry->inputs[i]);
        else
            retry->inputs[kept++] = retry->inputs[i];
    }
    retry->count = kept;
}

/* A journal: the last line of an input counts. */

typedef struct Latest {
    char **inputs; /* owned: "+PATH" done, "-PATH" failed, in the order of the lines */
    int count;
} Latest;

static void take_line(void *context, const JournalLine *line)
{
    Latest *latest = context;
    if (line->end)
        return;
    latest->inputs =
        mem_more(latest->inputs, (size_t)latest->count, 1, sizeof *latest->inputs);
    latest->inputs[latest->count++] =
        mem_printf("%c%s", line->reason ? '-' : '+', line->input);
}

/* By path, then by age: the addresses are those of an array in the order of age. */
static int by_path(const void *a, const void *b)
{
    char *const *x = *(char *const *const *)a, *const *y = *(char *const *const *)b;
    int order = strcmp(*x + 1, *y + 1);
    return order ? order : (x > y) - (x < y);
}

static void add_latest(Retry *retry, const Latest *latest)
{
    size_t count = (size_t)latest->count;
    char ***sorted = mem_new(count + 1, sizeof *sorted);
    for (size_t i = 0; i < count; i++)
        sorted[i] = &latest->inputs[i];
    qsort(sorted, count, sizeof *sorted, by_path);
    for (size_t i = 0; i < count; i++) {
        bool last = i + 1 == count || strcmp(*sorted[i] + 1, *sorted[i + 1] + 1) != 0;
        if (last && **sorted[i] == '-')
            add(retry, mem_dup(*sorted[i] + 1));
    }
    mem_free(sorted);
}

static bool read_journal(Retry *retry, const char *path, Err *err)
{
    Latest latest = {0};
    Journal *journal = NULL;
    if (!journal_open_to_read(&journal, path, err))
        return false;
    bool read = !journal || journal_each(journal, take_line, &latest, err) >= 0;
    journal_close(journal);
    add_latest(retry, &latest);
    for (int i = 0; i < latest.count; i++)
        mem_free(latest.inputs[i]);
    mem_free(latest.inputs);
    return read;
}

/* A report. */

/* One of "files"; its strings lie in the text. */
static bool read_file(JsonReader *reader, const char **failed)
{
    const char *input = NULL, *state = NULL;
    JsonToken token = json_next(reader);
    if (token != JSON_OBJECT)
        return false;
    while ((token = json_next(reader)) == JSON_NAME) {
        const char *name = reader->text;
        token = json_next(reader);
        if (token == JSON_TEXT && strcmp(name, "input") == 0)
            input = reader->text;
        else if (token == JSON_TEXT && strcmp(name, "state") == 0)
            state = reader->text;
        else if (!json_skip(reader, token))
            return false;
    }
    *failed = state && strcmp(state, "failed") == 0 ? input : NULL;
    return token == JSON_OBJECT_END && input && state;
}

/* Behind the bracket; each file is an object. */
static bool read_files(JsonReader *reader, Retry *retry, const char *folder)
{
    for (;;) {
        JsonReader before = *reader;
        const char *failed;
        if (json_next(reader) == JSON_LIST_END)
            return true;
        *reader = before;
        if (!read_file(reader, &failed))
            return false;
        if (failed)
            add(retry, path_join(folder, failed));
    }
}

/* "folder" stands before "files". */
static bool read_report(Retry *retry, char *text)
{
    JsonReader reader;
    const char *folder = NULL;
    json_read(&reader, text);
    if (json_next(&reader) != JSON_OBJECT)
        return false;
    while (json_next(&reader) == JSON_NAME) {
        bool is_folder = strcmp(reader.text, "folder") == 0;
        bool is_files = strcmp(reader.text, "files") == 0;
        JsonToken token = json_next(&reader);
        if (is_folder && token == JSON_TEXT)
            folder = reader.text;
        if (is_files && folder && token == JSON_LIST)
            return read_files(&reader, retry, folder);
        if (!json_skip(&reader, token))
            return false;
    }
    return false;
}

static bool read_either(Retry *retry, const char *path, Err *err)
{
    char *text = regular_text(path, "the report", NULL, err);
    if (!text)
        return false;
    bool journal = strncmp(text, JOURNAL_HEAD, strlen(JOURNAL_HEAD)) == 0;
    bool read = journal ? read_journal(retry, path, err) : read_report(retry, text);
    if (!read && !journal)
        err_set(err, ERR_USAGE, "%s: is neither a lutist report nor a journal", path);
    mem_free(text);
    return read;
}

bool retry_read(Retry *retry, const char *path, Err *err)
{
    *retry = (Retry){0};
    bool read = read_either(retry, path, err);
    settle(retry);
    if (read)
        return true;
    retry_clear(retry);
    return err_of_option(err);
}

bool retry_wants(const Retry *retry, const char *input)
{
    return retry->count && bsearch(&input, retry->inputs, (size_t)retry->count,
                                   sizeof *retry->inputs, by_text);
}

void retry_clear(Retry *retry)
{
    for (int i = 0; i < retry->count; i++)
        mem_free(retry->inputs[i]);
    mem_free(retry->inputs);
    *retry = (Retry){0};
}
