#include "viewer/app/command_line_text.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/shell_quote.h"

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

char *command_line_text(const CommandLine *state, const ParamSet *set,
                        const ParamValue *values)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    REQUIRE(out);
    fputs("lutist batch", out);
    add_image(out, state->image);
    add(out, "-o", "developed");
    add(out, "-s", state->script);
    if (state->venv)
        add(out, "--venv", state->venv);
    if (state->isolate)
        fputs(" --isolate", out);
    for (int i = 0; i < set->count; i++) {
        char *value = param_literal(&set->params[i], values[i]);
        char *pair = mem_printf("%s=%s", set->params[i].name, value);
        add(out, "-p", pair);
        mem_free(pair);
        mem_free(value);
    }
    fclose(out);
    return text;
}
