#include "help.h"

#include <string.h>

#include "help_text.h"
#include "option_table.h"

enum { TEXT_COLUMN = 25, WIDTH = 80 };

/* Print `text` from the column in work on, its further lines below TEXT_COLUMN. */
static void print_wrapped(FILE *out, const char *text)
{
    for (int column = TEXT_COLUMN; *text;) {
        int length = (int)strcspn(text, " ");
        if (column > TEXT_COLUMN && column + 1 + length > WIDTH) {
            fprintf(out, "\n%*s", TEXT_COLUMN, "");
            column = TEXT_COLUMN;
        }
        bool first = column == TEXT_COLUMN;
        fprintf(out, "%s%.*s", first ? "" : " ", length, text);
        column += length + !first;
        text += length + (text[length] == ' ');
    }
    fputc('\n', out);
}

/* "  -o, --output OUT       a folder, …" */
static void print_option(FILE *out, const OptionRow *row)
{
    char label[64];
    const char letter[] = {'-', row->letter, ',', '\0'};
    int width = snprintf(label, sizeof label, "  %-3s --%s%s%s ",
                         row->letter ? letter : "", row->name, row->argument ? " " : "",
                         row->argument ? row->argument : "");
    if (width <= TEXT_COLUMN)
        fprintf(out, "%-*s", TEXT_COLUMN, label);
    else
        fprintf(out, "%.*s\n%*s", width - 1, label, TEXT_COLUMN, "");
    print_wrapped(out, row->help);
}

static void print_group(FILE *out, Command command, OptionGroup group)
{
    const OptionRow *row;
    bool any = false;
    for (int i = 0; (row = option_table_row(command, i)); i++) {
        if (row->group != group)
            continue;
        if (!any)
            fprintf(out, "\n%s\n", option_table_heading(group));
        any = true;
        print_option(out, row);
    }
}

static void print_overview(FILE *out)
{
    const char *before = "usage:";
    for (int i = COMMAND_VIEW; i < COMMANDS; i++, before = "      ") {
        const HelpText *text = help_text((Command)i);
        fprintf(out, "%s lutist %-25s%s\n", before, text->form, text->brief);
    }
    fprintf(out,
            "\n%s\n"
            "  --help       print this text\n"
            "  --version    print the version\n",
            help_text(COMMAND_NONE)->head);
}

void help_print(FILE *out, Command command)
{
    const HelpText *text = help_text(command);
    if (command == COMMAND_NONE) {
        print_overview(out);
        return;
    }
    fputs(text->head, out);
    for (int group = 0; group < GROUPS; group++)
        print_group(out, command, (OptionGroup)group);
    if (text->notes)
        fprintf(out, "\n%s", text->notes);
    fprintf(out, "\nExamples:\n%s", text->examples);
}
