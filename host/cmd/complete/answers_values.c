#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd/complete/answers.h"
#include "python/choice/script_names.h"
#include "python/interp.h"
#include "python/script.h"
#include "python/script_presets.h"

/* The words of a list with spaces between, each behind what the typed word has in front
 * of its value. */
static void print_words(FILE *out, const Line *line, const char *words)
{
    for (; *words; words += strspn(words, " ")) {
        int length = (int)strcspn(words, " ");
        fprintf(out, "%.*s%.*s\t\n", (int)(line->value - line->word), line->word,
                length, words);
        words += length;
    }
}

static void print_param_values(FILE *out, const Line *line, const Param *param)
{
    const char *files = param->pattern && *param->pattern ? param->pattern : "*";
    int length = (int)(strchr(line->value, '=') + 1 - line->word);
    for (int i = 0; i < param->n_choices; i++)
        fprintf(out, "%.*s%s\t\n", length, line->word, param->choices[i]);
    for (int i = 0; param->kind == PARAM_TOGGLE && i < 2; i++)
        fprintf(out, "%.*s%s\t\n", length, line->word, i ? "off" : "on");
    while (param->kind == PARAM_FILE && *files) {
        fprintf(out, "\t%.*s\n", (int)strcspn(files, " "), files);
        files += strcspn(files, " ");
        files += strspn(files, " ");
    }
}

static void print_params(FILE *out, const Line *line, const ParamSet *params)
{
    const char *equals = strchr(line->value, '=');
    for (int i = 0; i < params->count; i++) {
        const Param *param = &params->params[i];
        size_t length = strlen(param->name);
        if (!equals)
            fprintf(out, "%.*s%s=\t%s\n", (int)(line->value - line->word), line->word,
                    param->name, *param->help ? param->help : param->label);
        else if ((size_t)(equals - line->value) == length &&
                 strncmp(line->value, param->name, length) == 0)
            print_param_values(out, line, param);
    }
}

static void print_presets(FILE *out, const Line *line, Script *script)
{
    Err err;
    PresetList *list = script_presets(script, &err);
    for (int i = 0; list && i < list->count; i++)
        fprintf(out, "%.*s%s\t\n", (int)(line->value - line->word), line->word,
                list->presets[i].name);
    preset_list_free(list);
}

/* The script of the line: -s NAME, its default, or an argument. */
static const char *script_of(const Line *line)
{
    if (line->script)
        return line->script;
    bool option = option_table_long(line->command, "script", strlen("script")) != NULL;
    return option ? "exposure" : line->first;
}

static void ask_script(FILE *out, const Line *line)
{
    Err err;
    InterpConfig config = {.venv = line->venv};
    const char *spec = script_of(line);
    if (!spec || !interp_start(&config, &err))
        return;
    Script *script = script_load(spec, &err);
    if (script && line->row->kind == KIND_PARAM)
        print_params(out, line, script_params(script));
    else if (script)
        print_presets(out, line, script);
    script_close(script);
    interp_stop();
}

/* Looks of the virtual environment's packages, of which only the names are read. */
static void print_installed(FILE *out, const Line *line)
{
    static char program[] = "lutist", option[] = "-c",
                code[] = "from lutist.script.installed import entries\n"
                         "for name in entries()[0]: print(name + '\\t')";
    InterpConfig config = {.venv = line->venv};
    int status;
    Err err;
    if (!line->venv && !getenv("VIRTUAL_ENV"))
        return;
    fflush(out);
    dup2(fileno(out), STDOUT_FILENO);
    interp_main(&config, 3, (char *[]){program, option, code, NULL}, &status, &err);
}

void answers_scripts(FILE *out, const Line *line)
{
    ScriptNames names = script_names_list();
    fputs("\t*.py\n", out);
    for (int i = 0; i < names.count; i++)
        fprintf(out, "%.*s%s\t\n", (int)(line->value - line->word), line->word,
                names.names[i]);
    script_names_clear(&names);
    print_installed(out, line);
}

/* Files and folders, by what the help calls the value: FILE, FILE.icc, DIR. */
static void print_files(FILE *out, const OptionRow *row)
{
    const char *file = strstr(row->argument, "FILE");
    if (strcmp(row->argument, "DIR") == 0)
        fputs("\t/\n", out);
    else if (strcmp(row->argument, "TABLE") == 0)
        fputs("\t*.csv\n\t*.json\n", out);
    else if (file)
        fprintf(out, "\t*%s\n", file + strlen("FILE"));
    else if (row->kind == KIND_OUT)
        fputs("\t*\n", out);
}

void answers_values(FILE *out, const Line *line)
{
    const OptionRow *row = line->row;
    print_files(out, row);
    if (row->choices)
        print_words(out, line, row->choices);
    if (strcmp(row->name, "script") == 0)
        answers_scripts(out, line);
    else if (row->kind == KIND_PARAM || strcmp(row->name, "preset") == 0)
        ask_script(out, line);
}
