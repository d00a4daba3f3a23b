#include "options.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/suggest.h"

static const char *const COMMAND_NAMES[COMMANDS] = {
    NULL, "view", "batch", "run", "python", "bench", "info", "doctor",
};

enum {
    VIEW = 1 << COMMAND_VIEW,
    BATCH = 1 << COMMAND_BATCH,
    RUN = 1 << COMMAND_RUN,
    PYTHON = 1 << COMMAND_PYTHON,
    BENCH = 1 << COMMAND_BENCH,
    INFO = 1 << COMMAND_INFO,
    DOCTOR = 1 << COMMAND_DOCTOR,
    OURS = VIEW | BATCH | RUN | BENCH | INFO | DOCTOR, /* what is not Python's */
    ALL = OURS | PYTHON,
};

typedef enum OptionKind {
    KIND_FLAG,  /* bool */
    KIND_TEXT,  /* const char *, not empty */
    KIND_OUT,   /* the same: a file or folder to write, so not "-" */
    KIND_COUNT, /* int within [lo, hi] */
    KIND_SIZE,  /* uint64_t, 1 and up */
    KIND_BYTES, /* the same, with K, M or G behind it */
    KIND_PARAM, /* appended to params */
    KIND_MODE,  /* Mode */
} OptionKind;

struct OptionRow {
    char letter; /* 0: none */
    const char *name;
    OptionKind kind;
    int commands;  /* a set of 1 << Command */
    size_t offset; /* of the field in Options */
    int lo, hi;
};

#define FIELD(name) offsetof(Options, name)
static const OptionRow ROWS[] = {
    {'s', "script", KIND_TEXT, VIEW | BATCH | BENCH, FIELD(script)},
    {'p', "param", KIND_PARAM, VIEW | BATCH | BENCH | INFO, 0},
    {'t', "threads", KIND_COUNT, VIEW | BATCH | RUN | PYTHON | BENCH, FIELD(threads), 1,
     1024},
    {0, "mode", KIND_MODE, VIEW | BATCH | RUN | PYTHON, FIELD(mode)},
    {0, "venv", KIND_TEXT, ALL, FIELD(venv)},
    {'o', "output", KIND_OUT, BATCH, FIELD(output)},
    {0, "format", KIND_TEXT, BATCH, FIELD(format)},
    {0, "quality", KIND_COUNT, BATCH, FIELD(quality), 1, 100},
    {'j', "jobs", KIND_COUNT, BATCH, FIELD(jobs), 1, 1024},
    {0, "memory", KIND_BYTES, BATCH, FIELD(memory)},
    {0, "sync", KIND_TEXT, BATCH, FIELD(sync)},
    {'r', "recursive", KIND_FLAG, BATCH, FIELD(recursive)},
    {0, "overwrite", KIND_FLAG, BATCH, FIELD(overwrite)},
    {0, "fail-fast", KIND_FLAG, BATCH, FIELD(fail_fast)},
    {0, "dry-run", KIND_FLAG, BATCH, FIELD(dry_run)},
    {0, "print0", KIND_FLAG, BATCH, FIELD(print0)},
    {0, "report", KIND_OUT, BATCH, FIELD(report)},
    {0, "max-pixels", KIND_SIZE, VIEW | BATCH | INFO, FIELD(max_pixels)},
    {0, "max-metadata", KIND_BYTES, VIEW | BATCH | INFO, FIELD(max_metadata)},
    {0, "lenient", KIND_FLAG, BATCH, FIELD(lenient)},
    {0, "json", KIND_FLAG, INFO, FIELD(json)},
    {0, "json", KIND_OUT, BENCH, FIELD(json_file)},
    {0, "megapixels", KIND_COUNT, BENCH, FIELD(megapixels), 1, 4096},
    {0, "verify", KIND_FLAG, BENCH, FIELD(verify)},
    {0, "plot", KIND_OUT, BENCH, FIELD(plot)},
    {'q', "quiet", KIND_FLAG, OURS, FIELD(quiet)},
    {'v', "verbose", KIND_FLAG, OURS, FIELD(verbose)},
    {'h', "help", KIND_FLAG, ALL, FIELD(help)},
    {0, "version", KIND_FLAG, OURS, FIELD(version)},
};
enum { N_ROWS = sizeof ROWS / sizeof *ROWS };

const char *option_command_name(Command command)
{
    return COMMAND_NAMES[command] ? COMMAND_NAMES[command] : "";
}

Command option_command(const char *name)
{
    for (int i = COMMAND_VIEW; i < COMMANDS; i++)
        if (strcmp(name, COMMAND_NAMES[i]) == 0)
            return (Command)i;
    return COMMAND_NONE;
}

Command option_command_like(const char *word)
{
    const char *meant = suggest_name(word, COMMAND_NAMES, COMMANDS);
    return meant ? option_command(meant) : COMMAND_NONE;
}

static bool belongs(const OptionRow *row, Command command)
{
    return row->commands & 1 << command;
}

const OptionRow *option_long(Command command, const char *name, size_t length)
{
    for (const OptionRow *row = ROWS; row < ROWS + N_ROWS; row++)
        if (belongs(row, command) && strlen(row->name) == length &&
            strncmp(row->name, name, length) == 0)
            return row;
    return NULL;
}

const OptionRow *option_short(Command command, char letter)
{
    for (const OptionRow *row = ROWS; row < ROWS + N_ROWS; row++)
        if (belongs(row, command) && row->letter == letter)
            return row;
    return NULL;
}

const OptionRow *option_row(Command command, int index)
{
    for (const OptionRow *row = ROWS; row < ROWS + N_ROWS; row++)
        if (belongs(row, command) && index-- == 0)
            return row;
    return NULL;
}

const char *option_name(const OptionRow *row)
{
    return row->name;
}

bool option_takes_value(const OptionRow *row)
{
    return row->kind != KIND_FLAG;
}

/* A number of digits only, within [lo, hi]. */
static bool whole_number(const char *text, uint64_t lo, uint64_t hi, uint64_t *number)
{
    char *end;
    if (text[0] < '0' || text[0] > '9')
        return false;
    errno = 0;
    unsigned long long value = strtoull(text, &end, 10);
    *number = value;
    return !errno && !*end && value >= lo && value <= hi;
}

static bool take_count(const OptionRow *row, int *field, const char *text, Err *err)
{
    uint64_t number;
    if (!whole_number(text, (uint64_t)row->lo, (uint64_t)row->hi, &number))
        return err_set(err, ERR_USAGE,
                       "--%s '%s': a whole number from %d to %d is wanted", row->name,
                       text, row->lo, row->hi);
    *field = (int)number;
    return true;
}

static bool take_size(const OptionRow *row, uint64_t *field, const char *text, Err *err)
{
    uint64_t number;
    if (!whole_number(text, 1, UINT64_MAX, &number))
        return err_set(err, ERR_USAGE, "--%s '%s': a whole number, 1 and up, is wanted",
                       row->name, text);
    *field = number;
    return true;
}

/* "2G": the number, and by how many bits a unit shifts it. */
static bool take_bytes(const OptionRow *row, uint64_t *field, const char *text,
                       Err *err)
{
    static const char units[] = "KMG";
    char digits[24];
    size_t length = strcspn(text, "KMGkmg");
    const char *unit = strchr(units, toupper((unsigned char)text[length]));
    int shift = text[length] ? 10 * (int)(unit - units + 1) : 0;
    uint64_t number;
    snprintf(digits, sizeof digits, "%.*s", (int)length, text);
    if (length >= sizeof digits || (text[length] && text[length + 1]) ||
        !whole_number(digits, 1, UINT64_MAX >> shift, &number))
        return err_set(err, ERR_USAGE, "--%s '%s': a size such as 512M or 2G is wanted",
                       row->name, text);
    *field = number << shift;
    return true;
}

static bool take_param(Options *options, const char *text, Err *err)
{
    const char *equals = strchr(text, '=');
    if (!equals || equals == text)
        return err_set(err, ERR_USAGE,
                       "--param '%s': NAME=VALUE is wanted, as in -p exposure=0.5",
                       text);
    options->params[options->n_params++] = text;
    return true;
}

static bool take_mode(Mode *field, const char *text, Err *err)
{
    Err why;
    return mode_parse(text, field, &why) ||
           err_set(err, ERR_USAGE, "--%s", why.text); /* "--mode 'NAME': there are …" */
}

static bool take_text(const OptionRow *row, const char **field, const char *text,
                      Err *err)
{
    if (!*text)
        return err_set(err, ERR_USAGE, "--%s: its value is empty", row->name);
    *field = text;
    return true;
}

static bool take_out(const OptionRow *row, const char **field, const char *text,
                     Err *err)
{
    if (strcmp(text, "-") == 0)
        return err_set(
            err, ERR_USAGE,
            "--%s -: nothing is written to standard output; name a file (one "
            "that is called - is ./-)",
            row->name);
    return take_text(row, field, text, err);
}

bool option_apply(const OptionRow *row, Options *options, const char *value, Err *err)
{
    void *field = (char *)options + row->offset;
    switch (row->kind) {
    case KIND_TEXT:
        return take_text(row, field, value, err);
    case KIND_OUT:
        return take_out(row, field, value, err);
    case KIND_COUNT:
        return take_count(row, field, value, err);
    case KIND_SIZE:
        return take_size(row, field, value, err);
    case KIND_BYTES:
        return take_bytes(row, field, value, err);
    case KIND_PARAM:
        return take_param(options, value, err);
    case KIND_MODE:
        return take_mode(field, value, err);
    case KIND_FLAG:
        break;
    }
    *(bool *)field = true;
    return true;
}
