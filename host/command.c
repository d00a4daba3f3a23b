#include "command.h"

#include <string.h>

#include "base/text/suggest.h"

static const char *const NAMES[COMMANDS] = {
    NULL,  "view", "batch", "run",  "export", "python",
    "new", "keys", "bench", "info", "report", "doctor",
};

const char *command_name(Command command)
{
    return NAMES[command] ? NAMES[command] : "";
}

Command command_find(const char *name)
{
    for (int i = COMMAND_VIEW; i < COMMANDS; i++)
        if (strcmp(name, NAMES[i]) == 0)
            return (Command)i;
    return COMMAND_NONE;
}

Command command_like(const char *word)
{
    const char *meant = suggest_name(word, NAMES, COMMANDS);
    return meant ? command_find(meant) : COMMAND_NONE;
}
