#include "cmd/complete/line.h"

#include <string.h>

/* The option with a value that a word names; *value: where that begins in the word, or
 * NULL: it is the next word. NULL: another word. */
static const OptionRow *option_of(Command command, const char *word, const char **value)
{
    const OptionRow *row = NULL;
    if (strncmp(word, "--", 2) == 0) {
        size_t length = strcspn(word, "=");
        row = option_table_long(command, word + 2, length - 2);
        *value = word[length] ? word + length + 1 : NULL;
    } else if (command != COMMAND_PYTHON) {
        while (*++word && (row = option_table_short(command, *word)) && !row->argument)
            ;
        *value = *word && word[1] ? word + 1 : NULL;
    }
    return row && row->argument ? row : NULL;
}

static void note_value(Line *line, const OptionRow *row, const char *value)
{
    if (strcmp(row->name, "script") == 0)
        line->script = value;
    if (strcmp(row->name, "venv") == 0)
        line->venv = value;
}

static void note_argument(Line *line, const char *word)
{
    Command command = line->named ? COMMAND_NONE : command_find(word);
    line->help = line->help || (!line->named && strcmp(word, "help") == 0);
    line->named = true;
    if (command) {
        line->command = command;
        return;
    }
    if (line->n_args++ == 0)
        line->first = word;
    line->free =
        line->free || line->command == COMMAND_RUN || line->command == COMMAND_PYTHON;
}

static bool is_option(const Line *line, const char *word)
{
    return !line->free && word[0] == '-' && word[1];
}

/* The option whose value is the next word, or NULL. */
static const OptionRow *read_word(Line *line, const char *word)
{
    const char *value = NULL;
    const OptionRow *row = NULL;
    if (!is_option(line, word))
        note_argument(line, word);
    else if (strcmp(word, "--") == 0)
        line->free = true;
    else
        row = option_of(line->command, word, &value);
    if (row && value)
        note_value(line, row, value);
    return row && !value && row->kind != KIND_WORD ? row : NULL;
}

Line line_read(const char *const *words, int count)
{
    Line line = {.command = COMMAND_VIEW, .word = count ? words[count - 1] : ""};
    const OptionRow *waits = NULL;
    for (int i = 0; i < count - 1; i++) {
        if (waits)
            note_value(&line, waits, words[i]);
        waits = waits ? NULL : read_word(&line, words[i]);
    }
    line.row = waits;
    line.value = line.word;
    if (!waits && is_option(&line, line.word)) {
        line.row = option_of(line.command, line.word, &line.value);
        if (!line.value)
            line.row = NULL;
    }
    return line;
}
