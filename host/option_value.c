#include "option_value.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"

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
    bool good = whole_number(text, (uint64_t)row->lo, (uint64_t)row->hi, &number);
    if (!good && row->range)
        return err_set(err, ERR_USAGE, "--%s '%s': must be %s", row->name, text,
                       row->range);
    if (!good)
        return err_set(err, ERR_USAGE,
                       "--%s '%s': must be a whole number from %d to %d", row->name,
                       text, row->lo, row->hi);
    *field = (int)number;
    return true;
}

static bool take_quality(const OptionRow *row, int *field, const char *text, Err *err)
{
    bool kept = strcmp(text, "keep") == 0;
    if (kept)
        *field = OPTION_KEEP;
    return kept || take_count(row, field, text, err);
}

static bool take_size(const OptionRow *row, uint64_t *field, const char *text, Err *err)
{
    uint64_t number;
    if (!whole_number(text, 1, UINT64_MAX, &number))
        return err_set(err, ERR_USAGE, "--%s '%s': must be a whole number, 1 or more",
                       row->name, text);
    *field = number;
    return true;
}

static bool take_bytes(const OptionRow *row, uint64_t *field, const char *text,
                       Err *err)
{
    return limits_parse(text, field) ||
           err_set(err, ERR_USAGE, "--%s '%s': must be a size such as 512M or 2G",
                   row->name, text);
}

static bool take_param(Options *options, const char *text, Err *err)
{
    const char *equals = strchr(text, '=');
    if (!equals || equals == text)
        return err_set(err, ERR_USAGE,
                       "--param '%s': must be NAME=VALUE, such as -p exposure=0.5",
                       text);
    options->params[options->n_params++] = text;
    return true;
}

static bool take_item(const OptionRow *row, OptionList *list, const char *text,
                      Err *err)
{
    if (!*text)
        return err_set(err, ERR_USAGE, "--%s: its value is empty", row->name);
    list->texts[list->count++] = text;
    return true;
}

static bool take_word(const OptionRow *row, const char **field, const char *text,
                      Err *err)
{
    if (*text && strcmp(text, row->word) != 0)
        return err_set(err, ERR_USAGE, "--%s '%s': must be '%s' or nothing", row->name,
                       text, row->word);
    *field = text;
    return true;
}

static bool take_mode(Mode *field, const char *text, Err *err)
{
    Err why;
    return mode_parse(text, field, &why) ||
           err_set(err, ERR_USAGE, "--%s",
                   why.text); /* "--mode 'NAME' is unknown; use …" */
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

bool option_value_apply(const OptionRow *row, Options *options, const char *value,
                        Err *err)
{
    void *field = (char *)options + row->offset;
    switch (row->kind) {
    case KIND_TEXT:
        return take_text(row, field, value, err);
    case KIND_OUT:
        return take_out(row, field, value, err);
    case KIND_COUNT:
        return take_count(row, field, value, err);
    case KIND_QUALITY:
        return take_quality(row, field, value, err);
    case KIND_SIZE:
        return take_size(row, field, value, err);
    case KIND_BYTES:
        return take_bytes(row, field, value, err);
    case KIND_PARAM:
        return take_param(options, value, err);
    case KIND_WORD:
        return take_word(row, field, value, err);
    case KIND_LIST:
        return take_item(row, field, value, err);
    case KIND_MODE:
        return take_mode(field, value, err);
    case KIND_FLAG:
        break;
    }
    *(bool *)field = true;
    return true;
}
