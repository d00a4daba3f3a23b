#include "cmd/complete/answers.h"

#include <string.h>

#include "help_text.h"

static void print_commands(FILE *out)
{
    for (int i = COMMAND_VIEW; i < COMMANDS; i++)
        fprintf(out, "%s\t%s\n", command_name((Command)i),
                help_text((Command)i)->brief);
}

static void print_options(FILE *out, Command command)
{
    const OptionRow *row;
    for (int i = 0; (row = option_table_row(command, i)); i++) {
        if (row->letter)
            fprintf(out, "-%c\t%s\n", row->letter, row->help);
        fprintf(out, "--%s\t%s\n", row->name, row->help);
    }
}

static void print_arguments(FILE *out, const Line *line)
{
    bool first = line->n_args == 0;
    switch (line->command) {
    case COMMAND_RUN:
        fputs(first ? "\t*.py\n" : "\t*\n", out);
        break;
    case COMMAND_INFO:
        fputs("\t*\n", out);
        answers_scripts(out, line);
        break;
    case COMMAND_EXPORT:
        if (first)
            answers_scripts(out, line);
        break;
    case COMMAND_NEW:
        fputs("\t/\n", out);
        break;
    case COMMAND_BENCH:
        fputs(first ? "kernels\t\ntables\t\nmodes\t\nbatch\t\nviewer\t\n" : "\t*\n",
              out);
        break;
    case COMMAND_REPORT:
        fputs(first ? "merge\t\n" : "\t*.json\n", out);
        break;
    case COMMAND_KEYS:
    case COMMAND_DOCTOR:
        break;
    default:
        fputs("\t*\n", out);
    }
}

void answers_print(FILE *out, const Line *line)
{
    if (line->row)
        answers_values(out, line);
    else if (line->help)
        print_commands(out);
    else if (!line->free && line->word[0] == '-')
        print_options(out, line->command);
    else
        print_arguments(out, line);
    if (!line->row && !line->named && line->word[0] != '-')
        print_commands(out);
}
