/* option_table — every option of every command: parser, help, manual and completion
 * read this table.
 *
 * One row is one option: its names, the commands that have it, the field of Options
 * that it fills, and its text in the help.
 * A new option needs a row, its field in options.h, and its use by the command in cmd/;
 * batch has a copy of its fields in batch_options.h, for lutist.batch() too.
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_OPTION_TABLE_H
#define LUTIST_OPTION_TABLE_H

#include <stddef.h>

#include "options.h"

typedef enum OptionKind {
    KIND_FLAG,    /* bool */
    KIND_TEXT,    /* const char *, not empty */
    KIND_OUT,     /* the same: a file or folder to write, so not "-" */
    KIND_COUNT,   /* int within [lo, hi] */
    KIND_SIZE,    /* uint64_t, 1 and up */
    KIND_BYTES,   /* the same, with K, M or G behind it */
    KIND_QUALITY, /* KIND_COUNT, or OPTION_KEEP */
    KIND_PARAM,   /* appended to params */
    KIND_WORD,    /* const char *: the row's only word, or "" where that is left out */
    KIND_LIST,    /* const char *, appended to an OptionList */
    KIND_MODE,    /* Mode */
} OptionKind;

/* The headings of the help, in its order. */
typedef enum OptionGroup {
    GROUP_INPUT,
    GROUP_LOOK,
    GROUP_OUTPUT,
    GROUP_WORK,
    GROUP_GENERAL,
    GROUPS
} OptionGroup;

typedef struct OptionRow {
    char letter; /* 0: none */
    const char *name;
    const char *argument; /* as the help names it; NULL: the option takes none */
    OptionKind kind;
    OptionGroup group;
    int commands;  /* a set of 1 << Command */
    size_t offset; /* of the field in Options */
    int lo, hi;
    const char *help;
    const char *word;    /* KIND_WORD */
    const char *range;   /* KIND_COUNT: in place of "a whole number from lo to hi" */
    const char *choices; /* values, with spaces between, that completion offers */
} OptionRow;

/* The option --NAME of `command`, where NAME is the first `length` bytes of `name`;
 * NULL: the command has none of that name. */
const OptionRow *option_table_long(Command command, const char *name, size_t length);
const OptionRow *option_table_short(Command command, char letter);
/* The options of a command one by one; NULL after the last. */
const OptionRow *option_table_row(Command command, int index);

/* "Input:", … */
const char *option_table_heading(OptionGroup group);

#endif
