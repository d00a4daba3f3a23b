#include "pipe/setting_words.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text/shell_quote.h"

void setting_words_put(FILE *out, const ParamSet *set, const ParamValue *values)
{
    for (int i = 0; i < set->count; i++) {
        char *value = param_literal(&set->params[i], values[i]);
        char *pair = mem_printf("%s=%s", set->params[i].name, value);
        fputs(" -p ", out);
        shell_quote_put(out, pair);
        mem_free(pair);
        mem_free(value);
    }
}

typedef struct Setting {
    const ParamSet *set;
    const ParamValue *values;
} Setting;

static void write_setting(FILE *out, void *context)
{
    const Setting *setting = context;
    setting_words_put(out, setting->set, setting->values);
}

char *setting_words(const ParamSet *set, const ParamValue *values)
{
    char *text = mem_written(write_setting, &(Setting){set, values});
    if (text[0])
        memmove(text, text + 1, strlen(text));
    return text;
}

static void note_other(SettingRead *read, const char *name)
{
    size_t used = strlen(read->others);
    snprintf(read->others + used, sizeof read->others - used, "%s%s", used ? ", " : "",
             name);
}

/* `pair` is "NAME=VALUE". */
static void take(const char *pair, const ParamSet *set, ParamValue *values,
                 SettingRead *read)
{
    ParamValue value;
    Err err = {0};
    char *name = mem_printf("%.*s", (int)strcspn(pair, "="), pair);
    int index = param_find(set, name);
    if (index < 0) {
        note_other(read, name);
    } else if (param_read(&set->params[index], pair + strlen(name) + 1, &value, &err)) {
        param_clear(&values[index]);
        values[index] = value;
        read->taken++;
    } else if (!read->err.kind) {
        read->err = err;
    }
    mem_free(name);
}

/* The pair that `word` holds itself, or that the next one is; new string. NULL: it is
 * no parameter's. */
static char *pair_of(const char *word, const char **text)
{
    if (strcmp(word, "-p") == 0 || strcmp(word, "--param") == 0)
        return shell_quote_take(text);
    if (strncmp(word, "--param=", 8) == 0)
        return mem_dup(word + 8);
    return strncmp(word, "-p", 2) == 0 ? mem_dup(word + 2) : NULL;
}

bool setting_words_read(const char *text, const ParamSet *set, ParamValue *values,
                        SettingRead *read)
{
    bool any = false;
    char *word;
    *read = (SettingRead){0};
    while ((word = shell_quote_take(&text))) {
        char *pair = pair_of(word, &text);
        if (pair && strchr(pair, '=')) {
            take(pair, set, values, read);
            any = true;
        }
        mem_free(pair);
        mem_free(word);
    }
    return any;
}
