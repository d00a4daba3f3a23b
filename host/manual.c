#include "manual.h"

#include <ctype.h>
#include <string.h>

#include "help_text.h"
#include "option_table.h"

/* Characters that roff would make a command, a hyphen or a curly quote of. */
static void put(FILE *out, const char *text, size_t length)
{
    static const char from[] = "\\-'`^~";
    static const char *const to[] = {"\\e", "\\-", "\\(aq", "\\(ga", "\\(ha", "\\(ti"};
    if (length && *text == '.')
        fputs("\\&", out);
    for (const char *end = text + length; text < end; text++) {
        const char *found = strchr(from, *text);
        if (found)
            fputs(to[found - from], out);
        else
            fputc(*text, out);
    }
}

static void put_text(FILE *out, const char *text)
{
    put(out, text, strlen(text));
}

/* Lines as they are, without what stands before each: "  " or "usage: ". */
static const char *put_lines(FILE *out, const char *text, size_t before)
{
    fputs(".nf\n", out);
    for (; *text && *text != '\n'; text += strcspn(text, "\n") + 1) {
        put(out, text + before, strcspn(text, "\n") - before);
        fputc('\n', out);
    }
    fputs(".fi\n", out);
    return text;
}

/* An empty line begins a paragraph. */
static void put_paragraphs(FILE *out, const char *text)
{
    for (; *text; text += strcspn(text, "\n") + 1) {
        if (*text == '\n')
            fputs(".PP", out);
        put(out, text, strcspn(text, "\n"));
        fputc('\n', out);
    }
}

static void put_option(FILE *out, const OptionRow *row)
{
    fputs(".TP\n", out);
    if (row->letter)
        fprintf(out, "\\fB\\-%c\\fR, ", row->letter);
    fputs("\\fB\\-\\-", out);
    put_text(out, row->name);
    fputs("\\fR", out);
    if (row->argument) {
        fputs(" \\fI", out);
        put_text(out, row->argument);
        fputs("\\fR", out);
    }
    fputc('\n', out);
    put_text(out, row->help);
    fputc('\n', out);
}

static void put_group(FILE *out, Command command, OptionGroup group)
{
    const OptionRow *row;
    bool any = false;
    for (int i = 0; (row = option_table_row(command, i)); i++) {
        if (row->group != group)
            continue;
        const char *heading = option_table_heading(group);
        if (!any)
            fprintf(out, ".SS %.*s\n", (int)strcspn(heading, ":"), heading);
        any = true;
        put_option(out, row);
    }
}

static void put_title(FILE *out, const char *page, const char *version)
{
    fputs(".TH ", out);
    for (; *page; page++)
        fputc(toupper((unsigned char)*page), out);
    fprintf(out, " 1 \"\" \"lutist %s\" \"User Commands\"\n", version);
}

static void print_overview(FILE *out, const char *version)
{
    put_title(out, "lutist", version);
    fputs(".SH NAME\nlutist \\- develop photographs by Python scripts\n"
          ".SH SYNOPSIS\n.nf\n",
          out);
    for (int i = COMMAND_VIEW; i < COMMANDS; i++) {
        fputs("\\fBlutist\\fR ", out);
        put_text(out, help_text((Command)i)->form);
        fputc('\n', out);
    }
    fputs(".fi\n.SH DESCRIPTION\n", out);
    put_paragraphs(out, help_text(COMMAND_NONE)->head);
    fputs(".SH COMMANDS\n", out);
    for (int i = COMMAND_VIEW; i < COMMANDS; i++)
        fprintf(out, ".TP\n\\fBlutist\\-%s\\fR(1)\n%s\n", command_name((Command)i),
                help_text((Command)i)->brief);
    fputs(".SH OPTIONS\n"
          ".TP\n\\fB\\-\\-help\\fR\nprint a summary\n"
          ".TP\n\\fB\\-\\-version\\fR\nprint the version\n",
          out);
}

void manual_print(FILE *out, Command command, const char *version)
{
    const HelpText *text = help_text(command);
    char page[32];
    if (command == COMMAND_NONE) {
        print_overview(out, version);
        return;
    }
    snprintf(page, sizeof page, "lutist-%s", command_name(command));
    put_title(out, page, version);
    fprintf(out, ".SH NAME\nlutist\\-%s \\- %s\n.SH SYNOPSIS\n", command_name(command),
            text->brief);
    const char *summary = put_lines(out, text->head, strlen("usage: "));
    fputs(".SH DESCRIPTION\n", out);
    put_paragraphs(out, summary + 1);
    fputs(".SH OPTIONS\n", out);
    for (int group = 0; group < GROUPS; group++)
        put_group(out, command, (OptionGroup)group);
    if (text->notes) {
        fputs(".SH NOTES\n", out);
        put_paragraphs(out, text->notes);
    }
    fputs(".SH EXAMPLES\n", out);
    put_lines(out, text->examples, strlen("  "));
    fputs(".SH SEE ALSO\n\\fBlutist\\fR(1)\n", out);
}
