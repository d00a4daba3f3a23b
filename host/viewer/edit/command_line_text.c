#include "viewer/edit/command_line_text.h"

#include <stdio.h>

#include "base/mem.h"
#include "base/text/shell_quote.h"
#include "pipe/setting_words.h"

static void add(FILE *out, const char *flag, const char *text)
{
    fprintf(out, " %s ", flag);
    shell_quote_put(out, text);
}

/* A name that starts with '-' would be read as a flag. */
static void add_image(FILE *out, const char *image)
{
    char *safe = mem_printf("%s%s", image[0] == '-' ? "./" : "", image);
    fputc(' ', out);
    shell_quote_put(out, safe);
    mem_free(safe);
}

typedef struct Command {
    const CommandLine *state;
    const ParamSet *set;
    const ParamValue *values;
} Command;

static void put(FILE *out, void *context)
{
    const Command *command = context;
    const CommandLine *state = command->state;
    fputs("lutist batch", out);
    add_image(out, state->image);
    add(out, "-o", "developed");
    add(out, "-s", state->script);
    if (state->venv)
        add(out, "--venv", state->venv);
    if (state->isolate)
        fputs(" --isolate", out);
    setting_words_put(out, command->set, command->values);
}

char *command_line_text(const CommandLine *state, const ParamSet *set,
                        const ParamValue *values)
{
    return mem_written(put, &(Command){state, set, values});
}
